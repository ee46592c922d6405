using Succesmeter.Forecasts;

namespace Succesmeter.Models;

/// <summary>The last time that somebody or something decided which model serves.</summary>
public sealed record ModelDecision
{
    public required DateTimeOffset At { get; init; }

    /// <summary>A code of <see cref="Promotion"/>, or <c>released</c>, <c>served-by-hand</c>, <c>unreadable</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The version that served before.</summary>
    public required string Champion { get; init; }

    /// <summary>The version that was put against it; null where none was fitted.</summary>
    public string? Challenger { get; init; }

    public required bool Promoted { get; init; }

    /// <summary>Failures that were new.</summary>
    public int? NewFailures { get; init; }

    /// <summary>Own campaigns that the challenger was fitted to.</summary>
    public int? FittedTo { get; init; }

    /// <summary>Later ones that both were judged on.</summary>
    public int? JudgedOn { get; init; }

    /// <summary>Brier score of the champion on those.</summary>
    public double? ChampionBrier { get; init; }

    public double? ChallengerBrier { get; init; }

    /// <summary>The first minus the second, with its 95 % interval.</summary>
    public PairedDifference? Gain { get; init; }

    public const string Released = "released";

    public const string ServedByHand = "served-by-hand";

    public const string Unreadable = "unreadable";
}
