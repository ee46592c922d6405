namespace Succesmeter.Forecasts;

/// <summary>Whether a newly fitted model takes the place of the one that serves.</summary>
/// <param name="Promoted">The challenger serves from now on.</param>
/// <param name="Reason">A code: <c>better</c>, <c>too-few-failures</c>, <c>too-soon</c>, <c>not-shown-better</c>.</param>
/// <param name="Gain">Brier score of the champion minus the challenger's, on outcomes later than all that the challenger was fitted to; null where it was not compared.</param>
public sealed record Promotion(bool Promoted, string Reason, PairedDifference? Gain)
{
    /// <summary>Failures carry the news where nine in ten succeed.</summary>
    public const int NewFailuresNeeded = 15;

    public const int MostPerYear = 2;

    /// <param name="outOfTime">What both said of campaigns that ended after the challenger's training data, and what came.</param>
    /// <param name="newFailures">Since the last refit.</param>
    /// <param name="promotedBefore">When earlier challengers were promoted.</param>
    /// <param name="asOf">Now, on the campaign clock.</param>
    public static Promotion Of(
        IReadOnlyCollection<(double Champion, double Challenger, bool Happened)> outOfTime, int newFailures, IEnumerable<DateTimeOffset> promotedBefore, DateTimeOffset asOf)
    {
        if (newFailures < NewFailuresNeeded)
            return new Promotion(false, "too-few-failures", null);
        if (!MayPromote(promotedBefore, asOf))
            return new Promotion(false, "too-soon", null);
        if (outOfTime.Count < 2)
            return new Promotion(false, "not-shown-better", null);

        double[] gains = [.. outOfTime.Select(static x => Squared(x.Champion, x.Happened) - Squared(x.Challenger, x.Happened))];
        var gain = PairedDifference.OfMean(gains, 1);
        return gain.Low > 0 ? new Promotion(true, "better", gain) : new Promotion(false, "not-shown-better", gain);
    }

    /// <summary>Nobody gets used to a model that changes more often.</summary>
    public static bool MayPromote(IEnumerable<DateTimeOffset> promotedBefore, DateTimeOffset asOf) =>
        promotedBefore.Count(at => at > asOf.AddYears(-1) && at <= asOf) < MostPerYear;

    /// <summary>What one answer adds to the Brier score.</summary>
    internal static double Squared(double probability, bool happened) => Math.Pow(probability - (happened ? 1 : 0), 2);
}
