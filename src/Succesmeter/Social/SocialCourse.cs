using System.Collections.Immutable;

namespace Succesmeter.Social;

/// <summary>A finished campaign as a reference for others: what it set out for, and how it looked on the days of the tables.</summary>
/// <param name="Name">Distinct; sets the order in which sums are taken.</param>
/// <param name="GoalEuro">Launch goal, above zero.</param>
/// <param name="PlannedDays">From launch to the declared or assumed end.</param>
/// <param name="Looks">One for each of <see cref="FittedReferences.Days"/> on which it was seen, in order of time.</param>
public sealed record SocialCourse(string Name, double GoalEuro, double PlannedDays, ImmutableArray<SocialLook> Looks);
