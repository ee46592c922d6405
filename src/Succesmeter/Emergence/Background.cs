using System.Numerics;

namespace Succesmeter.Emergence;

/// <summary>
/// What brings gifts besides gifts, as a rate that is constant within each of many short spans. Its logarithm is a sum of terms: level, trend, rhythm, launch, deadline and
/// logged actions, each with a normal prior, so that few gifts leave a plausible background and not a wild one.
/// </summary>
internal sealed class Background
{
    /// <summary>Hours between two cuts. A rhythm that stands still for three hours passes for following once gifts are many: then the cuts are closer.</summary>
    private static double SpanHours(int gifts) => Math.Clamp(270.0 / Math.Max(gifts, 1), 1, 3);

    private const int MostSpans = 4000;

    /// <summary>Actions with terms of their own; a holder who acts more often is followed by the last ones.</summary>
    private const int MostActions = 24;

    /// <summary>An action within so many hours of the one before is one with it.</summary>
    private const double SameActionHours = 1;

    /// <summary>A term's shape is log(1 + peak·e^(−t/τ)): with coefficient 1 a rate that jumps to 21 times the usual and falls back exponentially.</summary>
    private const double Peak = 20;

    private static ReadOnlySpan<double> LaunchHours => [24, 48, 96];

    private static ReadOnlySpan<double> DeadlineHours => [12, 48];

    private static ReadOnlySpan<double> ActionHours => [3, 8, 24];

    private readonly double[] columns;

    private Background(double[] edges, int terms)
    {
        Speeds = new double[terms];
        Edges = edges;
        Terms = terms;
        Stride = (terms + 1 + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        Features = new double[Spans * Stride];
        columns = new double[Spans * terms];
        PriorMean = new double[terms];
        PriorPrecision = new double[terms];
    }

    /// <summary>Hours since the watch began; one more than there are spans.</summary>
    public double[] Edges { get; }

    public int Spans => Edges.Length - 1;

    public int Terms { get; }

    /// <summary>From one span's row of <see cref="Features"/> to the next: the terms and room for one more column, in whole vectors.</summary>
    public int Stride { get; }

    public double[] Features { get; }

    /// <summary>The same by column: one term's feature in each span.</summary>
    public ReadOnlySpan<double> FeaturesOf(int term) => columns.AsSpan(term * Spans, Spans);

    public double[] PriorMean { get; }

    public double[] PriorPrecision { get; }

    public double Hours => Edges[^1];

    /// <summary>How fast each term's shape changes: 2π/period or 1/τ, per hour; zero for level and trend.</summary>
    private double[] Speeds { get; }

    /// <summary>
    /// How much of each term's change followers repeat: a slow one in full, a fast one hardly, since they come spread over the kernel. √|ĝ(ω)| with ĝ(ω) = β/(β + iω) the kernel's transform;
    /// the root is what made the branching ratio nearly unbiased in simulations (docs/emergence.md).
    /// </summary>
    public double RepeatedShare(int term, double decay) => Math.Sqrt(decay / Math.Sqrt((decay * decay) + (Speeds[term] * Speeds[term])));

    /// <param name="watch">From when to when, and what happened; gifts are not looked at.</param>
    /// <param name="gifts">How many there are, for the prior of the level.</param>
    public static Background Of(GiftTimeline watch, int gifts) => Of(watch, gifts, SpanHours(gifts), cutAtActions: true);

    /// <summary>The same in even spans of a given length, for gifts that are only counted.</summary>
    public static Background InSpansOf(double hours, GiftTimeline watch, int gifts) => Of(watch, gifts, hours, cutAtActions: false);

    private static Background Of(GiftTimeline watch, int gifts, double spanHours, bool cutAtActions)
    {
        var start = watch.WatchedFrom;
        var hours = Math.Max((watch.AsOf - start).TotalHours, 1e-3);
        var launch = (watch.LaunchedAt - start).TotalHours;
        var end = (watch.EndsAt - start)?.TotalHours;
        var actions = Distinct(watch.Actions, start, hours);
        var background = new Background(
            Cuts(hours, cutAtActions ? actions : [], spanHours), 3 + Rhythm.Waves + (actions.Count * ActionHours.Length) + LaunchHours.Length + (end is null ? 0 : DeadlineHours.Length));
        background.Fill(start, watch.Zone, launch, end, actions, gifts);
        return background;
    }

    /// <returns>For each instant (hours, in order) the span that holds it.</returns>
    public int[] SpansOf(ReadOnlySpan<double> instants)
    {
        var spans = new int[instants.Length];
        var span = 0;
        for (var i = 0; i < instants.Length; i++)
        {
            while (span < Spans - 1 && instants[i] >= Edges[span + 1])
                span++;
            spans[i] = span;
        }

        return spans;
    }

    private void Fill(DateTimeOffset start, TimeZoneInfo zone, double launch, double? end, List<double> actions, int gifts)
    {
        var planned = Math.Max((end ?? Hours) - launch, 24);
        var next = 0;
        Prior(1, 1, Rhythm.Speed(0));
        for (var wave = 0; wave < Rhythm.Waves; wave++)
            Prior(0, Rhythm.Spread[wave], Rhythm.Speed(wave));
        for (var action = 0; action < actions.Count; action++)
            foreach (var decay in ActionHours)
                Prior(0.5, 1, 1 / decay);
        Prior(Math.Log(Math.Max(gifts, 1) / Hours) - 0.5, 3, 0);
        Prior(0, 1, 0);
        foreach (var decay in LaunchHours)
            Prior(0.3, 0.8, 1 / decay);
        if (end is not null)
            foreach (var rise in DeadlineHours)
                Prior(0.3, 0.8, 1 / rise);

        for (var span = 0; span < Spans; span++)
        {
            var (from, to) = (Edges[span], Edges[span + 1]);
            var middle = (from + to) / 2;
            var row = Features.AsSpan(span * Stride, Terms);
            var hour = Rhythm.HourOfWeek(start.AddHours(middle), zone);
            row[0] = Rhythm.Usual(hour);
            Rhythm.Write(hour, row[1..]);
            var term = 1 + Rhythm.Waves;
            foreach (var action in actions)
                foreach (var decay in ActionHours)
                    row[term++] = Pulse(from - action, to - action, decay);
            row[term++] = 1;
            row[term++] = 2 * (middle - launch) / planned;
            foreach (var decay in LaunchHours)
                row[term++] = Pulse(from - launch, to - launch, decay);
            if (end is { } at)
                foreach (var rise in DeadlineHours)
                    row[term++] = Pulse(at - to, at - from, rise);
            for (term = 0; term < Terms; term++)
                columns[(term * Spans) + span] = row[term];
        }

        void Prior(double mean, double spread, double speed)
        {
            (PriorMean[next], PriorPrecision[next], Speeds[next]) = (mean, 1 / (spread * spread), speed);
            next++;
        }
    }

    /// <summary>log(1 + peak × the mean of e^(−t/τ) over a span), where nothing happens before t = 0.</summary>
    private static double Pulse(double from, double to, double decay)
    {
        if (to <= 0)
            return 0;

        var since = Math.Max(from, 0);
        if (since > 40 * decay)
            return 0;

        return Math.Log(1 + (Peak * decay * (Math.Exp(-since / decay) - Math.Exp(-to / decay)) / Math.Max(to - from, 1e-9)));
    }

    private static List<double> Distinct(IReadOnlyList<DateTimeOffset> actions, DateTimeOffset start, double hours)
    {
        var distinct = new List<double>();
        foreach (var at in actions.Select(action => (action - start).TotalHours).Where(at => at > -10 * ActionHours[^1] && at < hours).Order())
            if (distinct.Count == 0 || at - distinct[^1] >= SameActionHours)
                distinct.Add(at);

        return distinct.Count <= MostActions ? distinct : distinct[^MostActions..];
    }

    /// <summary>Every few hours, and at each action, whose first hours are the steepest.</summary>
    private static double[] Cuts(double hours, List<double> actions, double spanHours)
    {
        var width = Math.Max(spanHours, hours / MostSpans);
        var cuts = new List<double>();
        for (var cut = 0.0; cut < hours; cut += width)
            cuts.Add(cut);
        foreach (var action in actions)
            cuts.AddRange(new[] { action, action + 1, action + 3 }.Where(cut => cut > 0 && cut < hours));
        cuts.Sort();

        // Spans of no length would divide by zero.
        var kept = new List<double> { 0 };
        foreach (var cut in cuts)
            if (cut - kept[^1] > 0.05 && hours - cut > 0.05)
                kept.Add(cut);
        kept.Add(hours);
        return [.. kept];
    }
}
