namespace Succesmeter.Networks;

/// <summary>A link as it is kept from run to run: with what decides when it is refreshed, and therefore never served.</summary>
/// <param name="Union">Donors of either campaign when it was shown, exactly.</param>
public sealed record KeptLink(string One, string Other, int Shared, int Union);
