namespace Succesmeter.Networks;

/// <summary>A figure of one campaign beside the same of random platforms on which every donor and every campaign has as many gifts.</summary>
/// <param name="Observed">As it is.</param>
/// <param name="Expected">Mean over the random platforms and the observed one, which is one of them; so it is never zero where something was observed.</param>
/// <param name="AtLeast">Share of them that reach the observed figure: a one-sided p-value (Davison and Hinkley 1997, section 4.2).</param>
/// <param name="Draws">Random platforms.</param>
/// <param name="IsSampled">Observed and drawn on a random sample of donors.</param>
public sealed record TieNull(double Observed, double Expected, double AtLeast, int Draws, bool IsSampled);
