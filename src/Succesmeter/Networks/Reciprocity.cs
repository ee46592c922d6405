using Succesmeter.Social;

namespace Succesmeter.Networks;

/// <summary>Other holders' campaigns that a holder backed in the 24 months before the own launch (Colombo, Franzoni and Rossi-Lamastra 2015). Never in the meter.</summary>
public static class Reciprocity
{
    /// <summary>
    /// The same of one campaign as it may be shown: rounded down to five, since it is derived from a person's other gifts; 0 = under five, which is not told.
    /// A holder with five or more is known to have an account whatever the other holders' names are.
    /// </summary>
    /// <param name="graph">Of the platform.</param>
    /// <param name="holders">Of the same ledger.</param>
    /// <param name="campaign">Its number.</param>
    /// <param name="launchedAt">Null = not known.</param>
    /// <returns>Null where nothing can be told.</returns>
    public static int? Shown(DonorGraph graph, CampaignHolders holders, int campaign, DateTimeOffset? launchedAt)
    {
        if (holders.Of(campaign) is not { } holder || Of(graph, holder.Donor, isOneAccountSpace: true, holder.Own, launchedAt).Value is not { } backed)
            return null;

        var shown = (int)backed - ((int)backed % SmallNumbers.Step);
        return shown > 0 || holders.IsOneAccountSpace ? shown : null;
    }

    /// <param name="graph">Of the platform.</param>
    /// <param name="holder">The holder's number as a donor; null = known not to have given.</param>
    /// <param name="isOneAccountSpace">Holders and donors carry the same account ids. Without that nothing can be told.</param>
    /// <param name="ownCampaigns">By their numbers; gifts to them do not count.</param>
    /// <param name="launchedAt">Gifts at or after it do not count.</param>
    public static Measure Of(DonorGraph graph, int? holder, bool isOneAccountSpace, IReadOnlySet<int> ownCampaigns, DateTimeOffset? launchedAt)
    {
        if (!isOneAccountSpace)
            return Measure.Unobservable(TieReasons.HolderNotInAccountSpace);
        if (launchedAt is not { } launch)
            return Measure.Unobservable(TieReasons.LaunchUnknown);

        var backed = 0;
        if (holder is { } donor)
        {
            var (until, since) = (DonorGraph.MinuteOf(launch), DonorGraph.MinuteOf(launch.AddMonths(-PriorGifts.Months)));
            var campaigns = graph.CampaignsOf(donor);
            var first = graph.FirstMinutesOf(donor);
            var last = graph.LastMinutesOf(donor);
            for (var i = 0; i < campaigns.Length; i++)
                backed += !ownCampaigns.Contains(campaigns[i]) && first[i] < until && last[i] >= since ? 1 : 0;
        }

        return new Measure(backed, backed, backed, backed, Observability.Observed, IsComparable: false);
    }
}
