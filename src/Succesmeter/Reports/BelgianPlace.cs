namespace Succesmeter.Reports;

/// <summary>Where in Belgium a postcode lies: a municipality of Brussels, elsewhere a province (or the German-speaking municipalities of Liège).</summary>
/// <param name="Code">As it stands in reports: <c>molenbeek</c>.</param>
/// <param name="Region">brussels, flanders, wallonia.</param>
/// <param name="Community">Of language: bilingual, dutch, french, german.</param>
public sealed record BelgianPlace(string Code, string Dutch, string French, string Region, string Community);
