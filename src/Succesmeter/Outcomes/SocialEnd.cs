using System.Collections.Immutable;
using Succesmeter.Features;

namespace Succesmeter.Outcomes;

/// <summary>How a campaign ended apart from money, and what was known of its backers before: targets of docs/preregistration.md. Nothing here is of a person.</summary>
public sealed record SocialEnd
{
    /// <summary>Backers as last shown, or gifts where no backers are counted; null where neither was seen at the end.</summary>
    public int? FinalBackers { get; init; }

    /// <summary>At launch, a quarter, half and three quarters of the time, whether or not the goal was in by then.</summary>
    public ImmutableArray<BackersLook> Looks { get; init; } = [];

    /// <summary>Null where no comments were ever listed.</summary>
    public CommentOutcome? Comments { get; init; }

    /// <summary>Identified donors have accounts, so that they are the same people elsewhere; with names alone Y1 and Y2 are used in no test.</summary>
    public bool DonorsHaveAccounts { get; init; }
}

/// <summary>The features of one instant.</summary>
/// <param name="ElapsedShare">Of the time, as planned then.</param>
/// <param name="Features">As <see cref="FundingFeatures.Values"/> gave them, from nothing later than the instant.</param>
public sealed record BackersLook(double ElapsedShare, ImmutableArray<double> Features)
{
    internal FundingFeatures Seen() => FundingFeatures.Kept(Features.AsSpan());
}

/// <summary>Y3: backers' comments written up to the end, and the holder's answers within 72 hours.</summary>
/// <param name="Due">Comments that had had their 72 hours when the list was last seen.</param>
/// <param name="Answered">Of them, surely answered in time.</param>
/// <param name="Perhaps">Of them, surely or perhaps.</param>
/// <param name="IsObserved">Roles and replies were seen, through 72 hours after the end; otherwise the counts bound it.</param>
public sealed record CommentOutcome(int Due, int Answered, int Perhaps, bool IsObserved)
{
    /// <summary>Null where it was not observed or nothing was asked.</summary>
    public double? Share => IsObserved && Due > 0 ? (double)Answered / Due : null;
}
