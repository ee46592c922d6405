using System.Collections.Immutable;

namespace Succesmeter.Forecasts;

/// <summary>A finished campaign of a platform, with what the model had said while it was open.</summary>
/// <param name="ReachedAtShare">When it reached its goal, as a share of its time; null where it did not.</param>
/// <param name="Said">At different instants; empty where the campaign was never scored.</param>
public sealed record PlatformOutcome(double? ReachedAtShare, ImmutableArray<SaidThen> Said);

/// <param name="ElapsedShare">Of the campaign's time, at the instant.</param>
/// <param name="LogOdds">The calibrated log-odds, without any platform's shift: see <see cref="Forecast.LogOdds"/>.</param>
public readonly record struct SaidThen(double ElapsedShare, double LogOdds);
