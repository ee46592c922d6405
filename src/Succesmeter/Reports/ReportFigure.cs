namespace Succesmeter.Reports;

/// <summary>One figure of one period, as anybody may see it.</summary>
/// <param name="Period"><c>2026</c>, <c>2026-Q1</c>; <c>all</c> where it is of no period.</param>
/// <param name="Figure">A code of <see cref="ReportDefinitions"/>.</param>
/// <param name="By">What it is divided by: category, place, language, funding, region, community, municipality, cohort; null for the whole.</param>
/// <param name="Group">Of the division; <c>other</c> gathers the groups that are too small, together.</param>
/// <param name="Value">Null where it is not shown.</param>
/// <param name="N">How many the value rests on; null where it is not shown.</param>
/// <param name="Low">Lower end of the 90 % interval, where there is one.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Unit">campaigns, share, donors, givers, needs, people, ratio, communities, or an ISO 4217 currency.</param>
/// <param name="Reason">Why there is no value: a code of docs/report.md.</param>
public sealed record ReportFigure(
    string Period, string Figure, string? By, string? Group, double? Value, int? N, double? Low, double? High, string Unit, string? Reason);

/// <summary>Why a figure is not shown.</summary>
public static class ReportReasons
{
    /// <summary>It rests on fewer than five, or would give away another that does. One code for both, so that nobody can tell which is which.</summary>
    public const string FewerThanFive = "fewer-than-5";

    /// <summary>Derived from donors' other gifts, of which there are too few (docs/network.md: small numbers).</summary>
    public const string TooFewDonors = "too-few-to-show";

    /// <summary>The network was not read yet, or what is needed lies longer ago than pseudonyms are kept.</summary>
    public const string NotKnown = "donors-not-known";
}
