namespace Succesmeter.Social;

/// <summary>Where a set of reference tables comes from, in words and numbers.</summary>
/// <param name="Name">As it stands in a score.</param>
/// <param name="Source">Who published what.</param>
/// <param name="Campaigns">How many the tables were derived from.</param>
/// <param name="From">First launch.</param>
/// <param name="Until">Last launch.</param>
/// <param name="Currency">Of the goals, before they were turned into euros.</param>
/// <param name="Selection">Which campaigns of the source.</param>
/// <param name="Derivation">How the tables were made.</param>
/// <param name="Limits">What they cannot show.</param>
public sealed record ReferenceCard(
    string Name, string Source, int Campaigns, DateOnly From, DateOnly Until, string Currency, string Selection, string Derivation, string Limits);
