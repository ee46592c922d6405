using Succesmeter.Campaigns;
using Succesmeter.Outcomes;

namespace Succesmeter.Aftercare;

/// <summary>When a holder is asked what became of the project: once at three, once at twelve months after the end of the campaign.</summary>
/// <param name="Months">3 or 12, the name of the wave.</param>
/// <param name="OpensAfterMonths">Calendar months after the end from which an answer is taken.</param>
/// <param name="ClosesAfterMonths">Calendar months after the end from which none is taken any more.</param>
public sealed record Wave(int Months, int OpensAfterMonths, int ClosesAfterMonths)
{
    public static readonly Wave Three = new(3, 2, 6);

    public static readonly Wave Twelve = new(12, 11, 18);

    public static IReadOnlyList<Wave> All { get; } = [Three, Twelve];

    public static Wave? Of(int months) => All.FirstOrDefault(wave => wave.Months == months);

    /// <summary>The wave that is open at an instant; no two ever are. Null between them, before the first and after the last.</summary>
    public static Wave? At(DateTimeOffset ended, DateTimeOffset now) => All.FirstOrDefault(wave => wave.IsOpen(ended, now));

    /// <summary>When the campaign was over; null for one that runs, was cancelled, has no end or no goal: nobody is asked about those.</summary>
    public static DateTimeOffset? EndOf(CampaignListing listing) => FinishedCampaign.IsOver(listing) ? FinishedCampaign.EndOf(listing) : null;

    public DateTimeOffset OpensAt(DateTimeOffset ended) => ended.AddMonths(OpensAfterMonths);

    public DateTimeOffset ClosesAt(DateTimeOffset ended) => ended.AddMonths(ClosesAfterMonths);

    public bool IsOpen(DateTimeOffset ended, DateTimeOffset now) => OpensAt(ended) <= now && now < ClosesAt(ended);
}
