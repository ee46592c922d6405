using Succesmeter.Emergence;

namespace Succesmeter.Learning.Emergence;

/// <summary>What a simulated campaign is like. Its background always has a launch peak and a rhythm of its own; the rest is what a cell of the study adds.</summary>
internal sealed record SimulatedCampaign
{
    public const int Days = 40;

    /// <summary>Of the gifts that follow none, the share that the launch brings.</summary>
    public const double LaunchShare = 0.35;

    private const int PerHour = 2;
    private const double LaunchDecayHours = 60;
    private const double SurgeDecayHours = 24;
    private const double PushDecayHours = 8;

    /// <summary>A Monday at eight in Brussels, as good as any.</summary>
    private static readonly DateTimeOffset Launch = new(2026, 4, 20, 6, 0, 0, TimeSpan.Zero);

    public static TimeZoneInfo Zone { get; } = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    /// <summary>How many gifts are expected.</summary>
    public required int Gifts { get; init; }

    /// <summary>The true branching ratio.</summary>
    public double Ratio { get; init; }

    public double HalfLifeHours { get; init; } = 9.5;

    /// <summary>Of the background's gifts, the share that the deadline brings.</summary>
    public double SurgeShare { get; init; }

    public int Pushes { get; init; }

    /// <summary>Of the background's gifts, the share that each push brings.</summary>
    public double PushShare { get; init; }

    /// <summary>How many of the pushes are in the log.</summary>
    public int Logged { get; init; } = int.MaxValue;

    /// <summary>A logged time is off by up to so many hours, late if positive, early if negative.</summary>
    public double LogOffHours { get; init; }

    /// <summary>Coefficient of variation of independent gamma factors, one a day.</summary>
    public double DayVariation { get; init; }

    /// <summary>Standard deviation of a Gaussian process in the background's logarithm.</summary>
    public double CoxSpread { get; init; }

    /// <summary>After so many hours its correlation is down to 1/e.</summary>
    public double CoxHours { get; init; } = 24;

    /// <summary>Gifts are seen only at snapshots so far apart; zero: to the second.</summary>
    public double SnapshotHours { get; init; }

    /// <summary>Draws one course.</summary>
    public GiftTimeline Draw(Random random)
    {
        const double Hours = Days * 24;
        var pushes = Enumerable.Range(0, Pushes).Select(push => 24.0 * (4 + (push * 30.0 / Math.Max(Pushes, 1)) + (random.NextDouble() * 26 / Math.Max(Pushes, 1)))).ToArray();
        for (var push = 0; push < pushes.Length; push++)
            pushes[push] = (24 * Math.Floor(pushes[push] / 24)) + 1 + (10 * random.NextDouble());
        var background = BackgroundCells(random, pushes);

        // Without followers the number of gifts is exact, so that a campaign "of 50 gifts" is never spared its verdict for having had 49.
        var expected = Gifts * (1 - Ratio);
        var immigrants = Ratio == 0 ? Gifts : Poisson(expected, random);
        var instants = new List<double>();
        for (var i = 0; i < immigrants; i++)
            instants.Add(Pick(background, random));
        var decay = Math.Log(2) / HalfLifeHours;
        for (var i = 0; i < instants.Count && instants.Count < 100 * Gifts; i++)
            for (var followers = Poisson(Ratio, random); followers > 0; followers--)
                if (instants[i] - (Math.Log(1 - random.NextDouble()) / decay) is var at && at < Hours)
                    instants.Add(at);

        return new GiftTimeline
        {
            Gifts = [.. instants.Select(Seen)],
            WatchedFrom = Launch,
            LaunchedAt = Launch,
            AsOf = Launch.AddHours(Hours),
            EndsAt = Launch.AddHours(Hours),
            Zone = Zone,
            ListIsComplete = true,
            ActionLogKept = true,
            Actions = [.. pushes.Take(Logged).Select(at => Launch.AddHours(at + (LogOffHours * random.NextDouble())))],
        };
    }

    private GiftTime Seen(double hours)
    {
        if (SnapshotHours == 0)
            return new GiftTime(Launch.AddTicks((long)(hours * 3600) * TimeSpan.TicksPerSecond));

        var before = Math.Floor(hours / SnapshotHours) * SnapshotHours;
        return new GiftTime(Launch.AddHours(before), Launch.AddHours(before + SnapshotHours));
    }

    /// <summary>Cumulative weight of each half hour.</summary>
    private double[] BackgroundCells(Random random, double[] pushes)
    {
        const int Cells = Days * 24 * PerHour;
        var rhythm = RhythmOfItsOwn(random);
        var lively = Liveliness(random);
        var flat = new double[Cells];
        var launch = new double[Cells];
        var surge = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            var hour = (cell + 0.5) / PerHour;
            flat[cell] = rhythm[cell] * lively[cell];
            launch[cell] = flat[cell] * Math.Exp(-hour / LaunchDecayHours);
            surge[cell] = flat[cell] * Math.Exp(-((Days * 24) - hour) / SurgeDecayHours);
        }

        var weights = new double[Cells];
        Add(flat, 1 - LaunchShare - SurgeShare - (Pushes * PushShare) is > 0.05 and var rest ? rest : 0.05);
        Add(launch, LaunchShare);
        Add(surge, SurgeShare);
        foreach (var push in pushes)
            Add([.. flat.Select((weight, cell) => (cell + 0.5) / PerHour < push ? 0 : weight * Math.Exp(-(((cell + 0.5) / PerHour) - push) / PushDecayHours))], PushShare);
        for (var cell = 1; cell < Cells; cell++)
            weights[cell] += weights[cell - 1];
        return weights;

        void Add(double[] shape, double share)
        {
            var sum = shape.Sum();
            for (var cell = 0; share > 0 && cell < Cells; cell++)
                weights[cell] += share * shape[cell] / sum;
        }
    }

    /// <summary>A smooth day and a week that differ from campaign to campaign, and are not what the estimator takes for usual.</summary>
    private static double[] RhythmOfItsOwn(Random random)
    {
        var (peak, depth, second, secondPeak) = (16 + (5 * random.NextDouble()), 0.7 + (0.7 * random.NextDouble()), 0.4 * random.NextDouble(), 12 * random.NextDouble());
        var week = Enumerable.Range(0, 7).Select(_ => 0.25 * random.Normal()).ToArray();
        var rhythm = new double[Days * 24 * PerHour];
        for (var cell = 0; cell < rhythm.Length; cell++)
        {
            var local = TimeZoneInfo.ConvertTime(Launch.AddHours((cell + 0.5) / PerHour), Zone);
            var hour = local.TimeOfDay.TotalHours;
            rhythm[cell] = Math.Exp((depth * Math.Cos(2 * Math.PI * (hour - peak) / 24)) + (second * Math.Cos(2 * Math.PI * (hour - secondPeak) / 12)) + week[(int)local.DayOfWeek]);
        }

        return rhythm;
    }

    private double[] Liveliness(Random random)
    {
        var lively = new double[Days * 24 * PerHour];
        Array.Fill(lively, 1);
        if (CoxSpread > 0)
        {
            var correlation = Math.Exp(-1.0 / PerHour / CoxHours);
            var value = random.Normal();
            for (var cell = 0; cell < lively.Length; cell++, value = (correlation * value) + (Math.Sqrt(1 - (correlation * correlation)) * random.Normal()))
                lively[cell] = Math.Exp(CoxSpread * value);
        }

        if (DayVariation > 0)
        {
            var day = (Date: default(DateTime), Factor: 1.0);
            for (var cell = 0; cell < lively.Length; cell++)
            {
                var date = TimeZoneInfo.ConvertTime(Launch.AddHours((cell + 0.5) / PerHour), Zone).Date;
                if (date != day.Date)
                    day = (date, Gamma(1 / (DayVariation * DayVariation), random) * DayVariation * DayVariation);
                lively[cell] *= day.Factor;
            }
        }

        return lively;
    }

    private static double Pick(double[] cumulative, Random random)
    {
        var at = Array.BinarySearch(cumulative, random.NextDouble() * cumulative[^1]);
        return (Math.Min(at < 0 ? ~at : at, cumulative.Length - 1) + random.NextDouble()) / PerHour;
    }

    private static int Poisson(double mean, Random random)
    {
        var count = 0;
        for (var sum = -Math.Log(1 - random.NextDouble()); sum < mean; sum -= Math.Log(1 - random.NextDouble()))
            count++;
        return count;
    }

    /// <remarks>Marsaglia and Tsang 2000, for shapes of at least one.</remarks>
    private static double Gamma(double shape, Random random)
    {
        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = random.Normal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - random.NextDouble()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                return d * v;
        }
    }
}
