using System.Collections.Immutable;

namespace Succesmeter.Reports;

/// <summary>What is kept of a platform's report from run to run: what is shown, and the exact numbers that decide when a figure about donors may change. Only <see cref="Shown"/> is served.</summary>
public sealed record KeptReport(PlatformReport Shown, ImmutableArray<KeptDonors> Donors)
{
    /// <summary>Whether it says the same; records compare arrays by reference.</summary>
    public bool Says(KeptReport other) =>
        Shown with { Figures = [] } == other.Shown with { Figures = [] } && Shown.Figures.SequenceEqual(other.Shown.Figures) && Donors.SequenceEqual(other.Donors);
}
