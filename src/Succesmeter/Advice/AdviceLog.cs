using System.Collections.Immutable;
using Succesmeter.Campaigns;

namespace Succesmeter.Advice;

/// <summary>What became of the advice to one campaign.</summary>
/// <param name="Campaign">Whose.</param>
/// <param name="Agreed">The holder agreed that it counts in the test of steering; null where nobody asked.</param>
/// <param name="Entries">In order of day and code.</param>
public sealed record AdviceLog(CampaignId Campaign, bool? Agreed, ImmutableArray<AdviceEntry> Entries);

/// <summary>One piece of advice on one day; a later answer of that day replaces an earlier one.</summary>
/// <param name="Day">In UTC, by which the lot is drawn.</param>
/// <param name="Code">One of <see cref="AdviceCodes"/>.</param>
public sealed record AdviceEntry(DateOnly Day, string Code)
{
    /// <summary>Which place the lot gave it, from 1; null where the answer came when that was not known any more.</summary>
    public int? Place { get; init; }

    /// <summary>Among how many; null with <see cref="Place"/>.</summary>
    public int? Of { get; init; }

    public required AdviceAnswer Answer { get; init; }

    public required DateTimeOffset AnsweredAt { get; init; }
}

/// <summary>What became of a piece of advice.</summary>
public enum AdviceAnswer
{
    /// <summary>It was on a screen, and nothing more is known.</summary>
    Shown,
    Done,
    DoesNotFit,
}
