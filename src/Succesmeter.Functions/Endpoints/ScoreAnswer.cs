namespace Succesmeter.Functions.Endpoints;

/// <summary>A score. It is a function of the campaign's snapshots, `asOf` and the model; it is stored as it is served, so this is its shape and nothing that is written.</summary>
/// <param name="Elapsed">Share of the time from launch to end, from 0.</param>
/// <param name="Horizon">declared, assumed: without an end that the platform declares, 60 days after launch stand in.</param>
/// <param name="Why">What moved the probability most, in log-odds.</param>
/// <param name="Comparables">Finished campaigns whose curves were nearest.</param>
internal sealed record ScoreAnswer(
    string Campaign,
    DateTimeOffset AsOf,
    string Model,
    double? Elapsed,
    string Horizon,
    FinancialAnswer Financial,
    SocialAnswer Social,
    EmergenceAnswer Emergence,
    IReadOnlyList<WhyAnswer> Why,
    IReadOnlyList<ComparableAnswer> Comparables,
    IReadOnlyList<AdviceAnswerPiece> Advice);

/// <param name="Probability">That the goal is reached; null where `confidence` abstains for want of data.</param>
/// <param name="BaseRate">Of campaigns still open at this elapsed time.</param>
/// <param name="Status">reached, on-track, uncertain, behind, unlikely, ended.</param>
/// <param name="Confidence">ok, low, abstain.</param>
/// <param name="Reason">Of a confidence that is not ok.</param>
/// <param name="FinalRatio">Final amount over goal.</param>
/// <param name="PacePerDay">In the campaign's currency.</param>
internal sealed record FinancialAnswer(
    double? Probability, double? BaseRate, int? BaseRateN, string Status, string Confidence, string? Reason, QuantilesAnswer? FinalRatio, InstantsAnswer? ReachesGoalAt, double? PacePerDay, double? NeededPerDay);

internal sealed record QuantilesAnswer(double? P10, double? P50, double? P90);

internal sealed record InstantsAnswer(DateTimeOffset? P10, DateTimeOffset? P50, DateTimeOffset? P90);

/// <param name="Meter">0 to 100, the mean of percentiles; nothing is sorted by it.</param>
/// <param name="Interval">Of the meter.</param>
/// <param name="Reason">Why there is no meter.</param>
internal sealed record SocialAnswer(
    int? Meter, IReadOnlyList<double?>? Interval, string? Reason, IReadOnlyList<IndicatorAnswer> Indicators, IReadOnlyList<CompassAnswer> Compass, SocialForecastAnswer? Forecast);

/// <param name="Bounds">Between which the value lies where it is not observed.</param>
/// <param name="Observability">observed, declared, bounded, unobservable.</param>
/// <param name="Beside">Another figure that helps to read it.</param>
internal sealed record IndicatorAnswer(
    string Name,
    double? Value,
    IReadOnlyList<double?>? Bounds,
    string? Unit,
    int? N,
    int? Percentile,
    IReadOnlyList<int>? Interval,
    string? ReferenceName,
    int? ReferenceN,
    string Observability,
    double? Trend,
    string? Reason,
    SideFigureAnswer? Beside);

internal sealed record SideFigureAnswer(string Name, double? Value, string? Unit);

/// <param name="Position">From -1 to 1.</param>
internal sealed record CompassAnswer(string Name, double? Position, IReadOnlyList<double?>? Interval, string? Reason);

/// <param name="Basis">describes, until it was shown to foretell.</param>
/// <param name="Outcomes">Finished campaigns of the platform that it was tried on.</param>
internal sealed record SocialForecastAnswer(QuantilesAnswer FinalBackers, string Basis, int Outcomes, string? Reason);

/// <param name="BranchingRatio">Gifts that each gift brings about.</param>
/// <param name="Verdict">self-sustaining, waves, pushed, cannot-tell.</param>
/// <param name="Observability">observed, declared, bounded, unobservable.</param>
internal sealed record EmergenceAnswer(
    DateTimeOffset? AsOf,
    double? BranchingRatio,
    IReadOnlyList<double?>? Interval,
    double? HalfLifeHours,
    int Contributions,
    double? TimeResolutionHours,
    double? ShareThatFollowed,
    string Verdict,
    string Observability,
    string? Reason);

/// <param name="Effect">In log-odds of the model before it is calibrated.</param>
internal sealed record WhyAnswer(string Feature, double? Value, double? Effect);

/// <param name="Stands">How many finished campaigns this curve stands for.</param>
/// <param name="Ratios">Of pledged to goal, at equal steps of its time.</param>
internal sealed record ComparableAnswer(string Name, int Stands, double? ReachedShare, IReadOnlyList<double> Ratios);

/// <summary>One piece of advice: seen together elsewhere, never tried here.</summary>
/// <param name="Association">Always true, so that nobody takes it for a cause.</param>
/// <param name="Trigger">The figures that called for it.</param>
internal sealed record AdviceAnswerPiece(string Code, string Evidence, bool Association, ComparedAnswer? Compared, IReadOnlyDictionary<string, double?> Trigger);

/// <param name="Difference">Of the shares that reached their goal.</param>
internal sealed record ComparedAnswer(double? Difference, IReadOnlyList<double?> Interval, int Did, int DidNot);
