using Succesmeter.Campaigns;
using Succesmeter.Forecasts;

namespace Succesmeter.Models;

/// <summary>How the served model stands on one platform.</summary>
/// <param name="Platform">Which.</param>
/// <param name="Version">Of its <see cref="PlatformModel"/> on the shelf.</param>
/// <param name="Shift">In log-odds.</param>
/// <param name="Outcomes">Finished campaigns that it was fitted to.</param>
/// <param name="Failures">Of these.</param>
/// <param name="Drift">Of all recent probabilities.</param>
/// <param name="DriftShown">Of those that anybody could read.</param>
/// <param name="DriftHidden">Of those that few could read.</param>
public sealed record PlatformStanding(
    PlatformId Platform, string Version, double Shift, int Outcomes, int Failures, Drift Drift, Drift DriftShown, Drift DriftHidden);
