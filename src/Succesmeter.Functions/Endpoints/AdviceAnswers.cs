using System.ComponentModel.DataAnnotations;
using Succesmeter.Advice;
using Succesmeter.Campaigns;

namespace Succesmeter.Functions.Endpoints;

/// <summary>What holder or coach says of advice. Either part may be missing.</summary>
/// <param name="Code">Of the piece. With <c>shown</c> it takes an answer back; <c>shown</c> without it is about all that the score gave.</param>
/// <param name="Answer">shown, done, does-not-fit.</param>
/// <param name="AsOf">Of the score that gave it.</param>
/// <param name="Consent">The holder agrees, or no longer does, that this campaign counts in the test of steering.</param>
internal sealed record AdviceWord(string? Code, [AllowedValues("shown", "done", "does-not-fit", null)] string? Answer, DateTimeOffset? AsOf, bool? Consent);

internal sealed record AdviceLogAnswer(string Campaign, bool? Consent, IReadOnlyList<AdviceEntryAnswer> Items)
{
    public static AdviceLogAnswer Of(AdviceLog log) => new(
        log.Campaign.ToString(),
        log.Agreed,
        [.. log.Entries.Select(static entry => new AdviceEntryAnswer(entry.Day, entry.Code, entry.Place, entry.Of, Text(entry.Answer), entry.AnsweredAt))]);

    public static bool TryAnswer(string text, out AdviceAnswer answer)
    {
        foreach (var known in Enum.GetValues<AdviceAnswer>())
            if (Text(known) == text)
            {
                answer = known;
                return true;
            }

        answer = default;
        return false;
    }

    private static string Text(AdviceAnswer answer) => answer switch
    {
        AdviceAnswer.Done => "done",
        AdviceAnswer.DoesNotFit => "does-not-fit",
        _ => "shown",
    };
}

/// <param name="Day">In UTC.</param>
/// <param name="Place">That the lot gave it, from 1; null where that was not known.</param>
/// <param name="Of">Among how many.</param>
internal sealed record AdviceEntryAnswer(DateOnly Day, string Code, int? Place, int? Of, string Answer, DateTimeOffset AnsweredAt);

/// <summary>The test of steering on one platform: how often pieces of advice that the lot put first are done, beside later ones of the same day.</summary>
/// <param name="Campaigns">Whose holder agreed and that had two pieces or more on some day.</param>
/// <param name="Difference">Of the shares done; null under 20 campaigns.</param>
/// <param name="Interval">90 %.</param>
internal sealed record SteeringAnswer(string Platform, int Campaigns, int First, int FirstDone, int Later, int LaterDone, double? Difference, IReadOnlyList<double>? Interval)
{
    public static SteeringAnswer Of(PlatformId platform, SteeringTest test) => new(
        platform.Value,
        test.Campaigns,
        test.First,
        test.FirstDone,
        test.Later,
        test.LaterDone,
        Figures.Rounded(test.Difference),
        test is { Low: { } low, High: { } high } ? [Figures.Rounded(low), Figures.Rounded(high)] : null);
}
