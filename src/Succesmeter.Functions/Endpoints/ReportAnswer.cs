using Succesmeter.Reports;

namespace Succesmeter.Functions.Endpoints;

/// <summary>A platform's report, as clients read it.</summary>
/// <param name="Zone">In which years and quarters begin; null before the first report was made.</param>
/// <param name="Through">When the newest period in it ended; null while none is over.</param>
/// <param name="Limits">What it cannot say.</param>
/// <param name="Definitions">Of each figure.</param>
/// <param name="Places">Names of the places among groups.</param>
/// <param name="Figures">By periods.</param>
internal sealed record ReportAnswer(
    string Platform,
    string? Zone,
    DateTimeOffset? Through,
    IReadOnlyList<string> Limits,
    IReadOnlyList<ReportDefinition> Definitions,
    IReadOnlyList<PlaceAnswer> Places,
    IReadOnlyList<ReportFigure> Figures)
{
    public static ReportAnswer Of(PlatformReport report) => new(
        report.Platform.Value,
        report.Zone,
        report.Through,
        ReportDefinitions.Limits,
        ReportDefinitions.All,
        [.. BelgianPlaces.All.Select(static place => new PlaceAnswer(place.Code, place.Dutch, place.French, place.Region, place.Community))],
        report.Figures);
}

internal sealed record PlaceAnswer(string Code, string Nl, string Fr, string Region, string Community);
