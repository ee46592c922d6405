using Succesmeter.Forecasts;
using Succesmeter.Models;

namespace Succesmeter.Functions.Endpoints;

/// <summary>The models that are kept, as clients read them.</summary>
/// <param name="Serving">The version that serves; hosts take it up within a minute.</param>
/// <param name="Refits"><c>possible</c>, or why no challenger can be fitted on this host; then only the platforms' shifts move.</param>
/// <param name="Items">Newest first.</param>
/// <param name="Last">The last decision about which model serves; null while there was none.</param>
/// <param name="Platforms">What the served model was taught by each platform.</param>
internal sealed record ModelsAnswer(
    string Serving, string Refits, IReadOnlyList<ModelAnswer> Items, DecisionAnswer? Last, IReadOnlyList<PlatformAnswer> Platforms)
{
    public static ModelsAnswer Of(ModelLedger ledger, string? whyNoRefit) => new(
        ledger.Serving,
        whyNoRefit ?? "possible",
        [.. ledger.Kept.Select(kept => ModelAnswer.Of(kept, ledger.Serving))],
        ledger.Last is { } last ? DecisionAnswer.Of(last) : null,
        [.. ledger.Platforms.Select(static on => new PlatformAnswer(on.Platform.Value, on.Version, on.Outcomes, on.Failures, Figures.Rounded(on.Shift)))]);
}

/// <param name="Origin">shipped, fitted-here.</param>
/// <param name="Campaigns">Own finished campaigns that its further trees were fitted to.</param>
/// <param name="Through">The end of the newest of them.</param>
internal sealed record ModelAnswer(
    string Name, string Version, bool Serves, string Origin, int Trees, DateTimeOffset? PromotedAt, string? Continues, int? Campaigns, int? Failures, DateTimeOffset? Through)
{
    public static ModelAnswer Of(KeptModel kept, string serving) => new(
        kept.Name, kept.Version, kept.Version == serving, kept.IsShipped ? "shipped" : "fitted-here", kept.Trees, kept.PromotedAt, kept.Continues, kept.Campaigns, kept.Failures, kept.Through);
}

/// <param name="Gain">Brier score of the champion minus the challenger's on outcomes later than all that the challenger was fitted to.</param>
/// <param name="Interval">Of the gain, 95 %.</param>
internal sealed record DecisionAnswer(
    DateTimeOffset At,
    string Reason,
    bool Promoted,
    string Champion,
    string? Challenger,
    int? NewFailures,
    int? FittedTo,
    int? JudgedOn,
    double? ChampionBrier,
    double? ChallengerBrier,
    double? Gain,
    IReadOnlyList<double>? Interval)
{
    public static DecisionAnswer Of(ModelDecision last) => new(
        last.At,
        last.Reason,
        last.Promoted,
        last.Champion,
        last.Challenger,
        last.NewFailures,
        last.FittedTo,
        last.JudgedOn,
        Figures.Rounded(last.ChampionBrier),
        Figures.Rounded(last.ChallengerBrier),
        Figures.Rounded(last.Gain?.Value),
        last.Gain is { } gain ? [Figures.Rounded(gain.Low), Figures.Rounded(gain.High)] : null);
}

/// <param name="N">Finished campaigns that the shift was fitted to.</param>
/// <param name="Shift">Added to all log-odds on this platform.</param>
internal sealed record PlatformAnswer(string Platform, string Version, int N, int Failures, double Shift);

/// <summary>How recent probabilities came true on one platform, said about half of each campaign's time.</summary>
internal sealed record DriftAnswer(string Platform, DriftFigures All, DriftFigures Shown, DriftFigures Hidden)
{
    public static DriftAnswer Of(PlatformStanding on) => new(on.Platform.Value, DriftFigures.Of(on.Drift), DriftFigures.Of(on.DriftShown), DriftFigures.Of(on.DriftHidden));
}

/// <param name="N">Finished campaigns.</param>
/// <param name="Forecast">Their mean probability; null below twenty, where it would come close to one campaign's.</param>
/// <param name="Happened">The share that reached its goal.</param>
/// <param name="Z">About normal while probabilities are right.</param>
/// <param name="Drifts">Further off than chance explains.</param>
internal sealed record DriftFigures(int N, double? Forecast, double? Happened, double? Z, bool Drifts)
{
    public static DriftFigures Of(Drift drift) => drift.N < Drift.Fewest
        ? new(drift.N, null, null, null, false)
        : new(drift.N, Figures.Rounded(drift.Forecast), Figures.Rounded(drift.Happened), Figures.Rounded(drift.Z), drift.Drifts);
}
