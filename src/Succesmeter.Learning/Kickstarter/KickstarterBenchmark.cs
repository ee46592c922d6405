using System.Globalization;
using Succesmeter.Features;
using Succesmeter.Forecasts;
using Succesmeter.Learning.Boosting;
using Succesmeter.Learning.Datasets;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Learning.Models;

namespace Succesmeter.Learning.Kickstarter;

/// <summary>
/// The method on the published table, for one cut and instant: trees of aims as in the serving model (an amount by a day), on the paper's columns.
/// They give the distribution of the final ratio and of the day; two ensembles asked for the goal by the end alone sharpen the probability, and the
/// curves on both sides of the goal are scaled to meet it. <see cref="TimeScore"/> turns the curve of days into an order; Cox trees refine that order. Never served.
/// </summary>
internal sealed class KickstarterBenchmark
{
    private const int LastDay = 60;
    private const int OtherRatios = 2;
    private const int OtherDays = 4;

    public required string Cut { get; init; }

    public required int Days { get; init; }

    public required BoostedTrees Aims { get; init; }

    /// <summary>Of the goal by the end; their log-odds are averaged.</summary>
    public required IReadOnlyList<BoostedTrees> Goal { get; init; }

    /// <summary>Of the order in time; averaged.</summary>
    public required IReadOnlyList<BoostedTrees> Cox { get; init; }

    /// <summary>Averaged; none where social outcomes are not judged.</summary>
    public required IReadOnlyList<BoostedTrees> Backers { get; init; }

    public required IReadOnlyList<BoostedTrees> Comments { get; init; }

    /// <summary>Plain boosting with the usual defaults on the same columns, for the paired difference.</summary>
    public required BoostedTrees PlainProbability { get; init; }

    public required BoostedTrees PlainCox { get; init; }

    public required TimeScore TimeScore { get; init; }

    /// <summary>Of the projects trained on: what one who knows nothing else would say.</summary>
    public required Quantiles FinalRatios { get; init; }

    public static KickstarterBenchmark Fit(IReadOnlyList<KickstarterProject> projects, string cut, int days, int seed)
    {
        var width = KickstarterColumns.NamesOf(cut, days).Length;
        double[][] own = [.. projects.Select(project => KickstarterColumns.Of(project, cut, days))];
        double[] flat = [.. own.SelectMany(static row => row)];
        double[] times = [.. projects.Select(static project => project.Time)];
        bool[] succeeded = [.. projects.Select(static project => project.Succeeded)];
        float[] labels = [.. succeeded.Select(static x => x ? 1f : 0f)];
        var ratios = projects.Select(static project => project.FinalPledged / project.Goal).Order().ToArray();

        var options = new BoostingOptions { Rounds = 300, Leaves = 16, RowsInLeaf = 40, FeatureShare = 0.4, RowShare = 0.6, Seed = seed };
        BoostingOptions[] members =
        [
            options with { Rounds = 400, Leaves = 8, Seed = seed + 1 },
            options with { Rounds = 800, Leaves = 6, LearningRate = 0.03, FeatureShare = 0.3, Seed = seed + 3 },
        ];
        var plain = new BoostingOptions { Rounds = 100, LearningRate = 0.1, Leaves = 31, RowsInLeaf = 20, FeatureShare = 1, RowShare = 1, L2 = 0, Seed = seed };
        var loss = new CoxLoss(times, succeeded);
        var plainCox = LightGbm.Train(flat, width, new float[times.Length], null, plain with { Objective = "none" }, loss.Gradients);
        var social = days == 3;

        return new KickstarterBenchmark
        {
            Cut = cut,
            Days = days,
            Aims = FitAims(projects, own, width, days, options with { RowsInLeaf = 150 }),
            Goal = [.. members.Select(member => LightGbm.Train(flat, width, labels, null, member))],
            Cox = [.. members.Select(member => LightGbm.Train(flat, width, new float[times.Length], null, member with { Objective = "none" }, loss.Gradients))],
            Backers = social ? Regress(static project => project.FinalBackers) : [],
            Comments = social ? Regress(static project => project.FinalComments) : [],
            PlainProbability = LightGbm.Train(flat, width, labels, null, plain),
            PlainCox = plainCox,
            TimeScore = TimeScore.Of(times, succeeded, LastDay),
            FinalRatios = new Quantiles(ratios[ratios.Length / 10], ratios[ratios.Length / 2], ratios[ratios.Length * 9 / 10]),
        };

        IReadOnlyList<BoostedTrees> Regress(Func<KickstarterProject, double> value)
        {
            float[] logs = [.. projects.Select(project => (float)Math.Log(1 + value(project)))];
            return [.. members.Select(member => LightGbm.Train(flat, width, logs, null, member with { Objective = "regression" }))];
        }
    }

    public void AddTo(ModelBundle bundle)
    {
        var own = KickstarterColumns.NamesOf(Cut, Days);
        bundle.Add(Key("aims"), own.Concat(AimNames), Aims);
        foreach (var (name, members) in Members())
            for (var member = 0; member < members.Count; member++)
                bundle.Add(Key(name + member.ToString(CultureInfo.InvariantCulture)), own, members[member]);

        bundle.Add(Key("plain"), own, PlainProbability);
        bundle.Add(Key("plain-cox"), own, PlainCox);
        bundle.Add(Key("succeeds-on"), TimeScore.SucceedsOn);
        bundle.Add(Key("unfinished-after"), TimeScore.UnfinishedAfter);
        bundle.Add(Key("final-ratios"), [FinalRatios.P10, FinalRatios.P50, FinalRatios.P90]);
        bundle.Add(Key("members"), Members().Select(static x => (double)x.Members.Count));
    }

    public static KickstarterBenchmark From(ModelBundle bundle, string cut, int days)
    {
        var own = KickstarterColumns.NamesOf(cut, days);
        var counts = bundle.Numbers(Key("members"));
        var ratios = bundle.Numbers(Key("final-ratios"));
        return new KickstarterBenchmark
        {
            Cut = cut,
            Days = days,
            Aims = bundle.Trees(Key("aims"), own.Concat(AimNames)),
            Goal = Of("goal", 0),
            Cox = Of("cox", 1),
            Backers = Of("backers", 2),
            Comments = Of("comments", 3),
            PlainProbability = bundle.Trees(Key("plain"), own),
            PlainCox = bundle.Trees(Key("plain-cox"), own),
            TimeScore = TimeScore.From(bundle.Numbers(Key("succeeds-on")), bundle.Numbers(Key("unfinished-after"))),
            FinalRatios = new Quantiles(ratios[0], ratios[1], ratios[2]),
        };

        string Key(string name) => KeyOf(cut, days, name);

        IReadOnlyList<BoostedTrees> Of(string name, int at) =>
            [.. Enumerable.Range(0, (int)counts[at]).Select(member => bundle.Trees(Key(name + member.ToString(CultureInfo.InvariantCulture)), own))];
    }

    /// <param name="projects">Not seen in training.</param>
    /// <param name="seed">Of the draws that make the transform uniform at the atom.</param>
    public IReadOnlyList<JudgedRow> Judge(IReadOnlyList<KickstarterProject> projects, int seed)
    {
        var judged = projects.Select(project => (Project: project, Own: KickstarterColumns.Of(project, Cut, Days))).ToArray();
        var chances = judged.Select(x => ReachedBy(x.Project, x.Own, moved: true)).ToArray();
        double[] cox = [.. judged.Select(x => Mean(Cox, x.Own))];
        // The order is read from the curve of days as it was fitted: moved through the sharper probability it orders worse.
        double[] borda = [.. judged.Select(x => TimeScore.Score(ReachedBy(x.Project, x.Own, moved: false), x.Project.PlannedDays))];

        return [.. judged.Select((x, at) =>
        {
            var (project, own) = x;
            var finalRatio = project.FinalPledged / project.Goal;
            var distribution = FinalRatio(project, own);
            var (below, atMost) = distribution.At(finalRatio);
            var dice = new Random(unchecked((project.Id * 7919) + seed));
            return new JudgedRow
            {
                Happened = project.Succeeded,
                Probability = chances[at][^1],
                BaselineProbability = project.RatioAfter(Days) >= 1 ? 1 : Answers.Sigmoid(PlainProbability.Score(own)),
                Time = project.Time,
                TimeScore = TimeScore.Join(borda[at], cox[at]),
                BaselineTimeScore = PlainCox.Score(own),
                FinalRatio = finalRatio,
                Transform = DistributionMeasures.Transform(below, atMost, dice.NextDouble()),
                Ratio = distribution.Quantiles,
                BaselineRatio = FinalRatios,
                NothingMore = distribution.NothingMore,
                FinalPledged = project.FinalPledged,
                Goal = project.Goal,
                Backers = Backers.Count == 0 ? null : new SocialOutcome(Mean(Backers, own), project.BackersAfter(Days), project.FinalBackers),
                Comments = Comments.Count == 0 ? null : new SocialOutcome(Mean(Comments, own), project.BackersAfter(Days), project.FinalComments),
            };
        })];
    }

    private static BoostedTrees FitAims(IReadOnlyList<KickstarterProject> projects, double[][] own, int width, int days, BoostingOptions options)
    {
        var (values, labels, weights) = (new List<double>(), new List<float>(), new List<float>());
        var aim = new double[AimColumns];
        for (var at = 0; at < projects.Count; at++)
        {
            var project = projects[at];
            var now = project.RatioAfter(days);
            var end = project.PlannedDays;
            var finalRatio = project.FinalPledged / project.Goal;
            var dice = new Random(unchecked((int)(project.Id * 2_654_435_761L)));
            if (now < 1)
                Ask(1, end, project.Succeeded, 1);

            Ask(now + Aim.AnythingMore, end, finalRatio >= now + Aim.AnythingMore, 0.3);
            var gap = now < 1 ? 1 - now : Math.Max(now, 0.2);
            for (var other = 0; other < OtherRatios; other++)
            {
                var ratio = now + (gap * Math.Exp(-4 + (7 * dice.NextDouble())));
                Ask(ratio, end, finalRatio >= ratio, 0.5);
            }

            // Many projects end just above their goal; the trees need questions there to see the edge.
            var justAbove = Math.Max(now + Aim.AnythingMore, 1 + (0.6 * dice.NextDouble() * dice.NextDouble()));
            Ask(justAbove, end, finalRatio >= justAbove, 0.5);

            if (now < 1 && end - days > 1)
                for (var other = 0; other < OtherDays; other++)
                {
                    var day = Math.Min(end, days + 1 + Math.Floor((end - days) * Math.Pow(dice.NextDouble(), 1.3)));
                    Ask(1, day, project.Succeeded && project.Time <= day, 0.5);
                }

            void Ask(double ratio, double day, bool met, double weight)
            {
                WriteAim(project, now, days, ratio, day, aim);
                values.AddRange(own[at]);
                values.AddRange(aim);
                labels.Add(met ? 1 : 0);
                weights.Add((float)weight);
            }
        }

        int[] monotone = [.. Enumerable.Repeat(0, width), -1, -1, -1, -1, 1, 1];
        return LightGbm.Train([.. values], width + AimColumns, [.. labels], [.. weights], options with { Monotone = monotone });
    }

    private IReadOnlyList<(string Name, IReadOnlyList<BoostedTrees> Members)> Members() =>
        [("goal", Goal), ("cox", Cox), ("backers", Backers), ("comments", Comments)];

    private string Key(string name) => KeyOf(Cut, Days, name);

    private static string KeyOf(string cut, int days, string name) => string.Create(CultureInfo.InvariantCulture, $"kickstarter/{cut}/day{days}/{name}");

    private const int AimColumns = 6;

    private static readonly string[] AimNames = ["aim", "gap", "growth", "needed-pace", "day", "share-of-time"];

    /// <remarks>As <see cref="Aim"/>, in the paper's terms: ratio, gap, growth, needed pace; day, and the share of the time it is.</remarks>
    private static void WriteAim(KickstarterProject project, double now, int days, double ratio, double day, Span<double> into)
    {
        var gap = Math.Max(ratio - now, Aim.AnythingMore);
        into[0] = Math.Log(Math.Max(ratio, Aim.AnythingMore));
        into[1] = Math.Log(gap);
        into[2] = Math.Log(Math.Max(ratio, Aim.AnythingMore) / Math.Max(now, 0.003));
        into[3] = Math.Log(gap / Math.Max(day - days, 0.5) / ((now / Math.Max(days, 1)) + 0.003));
        into[4] = day;
        into[5] = day / project.PlannedDays;
    }

    /// <summary>The chance of the goal by each day from 0 to the end; certain from the day on which it was seen to be reached.</summary>
    private double[] ReachedBy(KickstarterProject project, double[] own, bool moved)
    {
        var end = (int)project.PlannedDays;
        var chances = new double[end + 1];
        var now = project.RatioAfter(Days);
        if (now < 1)
        {
            var from = Math.Min(Days + 1, end);
            Along(project, own, now, [.. Enumerable.Range(from, end - from + 1).Select(static day => (1.0, (double)day))]).CopyTo(chances, from);
        }

        if (moved && now < 1)
        {
            var scale = Probability(own) / Math.Max(chances[end], 1e-9);
            for (var day = 1; day <= end; day++)
                chances[day] = Math.Min(chances[day] * scale, 1);
        }

        for (var day = 1; day <= end; day++)
            chances[day] = day <= Days && project.RatioAfter(day) >= 1 ? 1 : Math.Max(chances[day], chances[day - 1]);

        return chances;
    }

    private FinalRatioDistribution FinalRatio(KickstarterProject project, double[] own)
    {
        var now = project.RatioAfter(Days);
        var ratios = FinalRatioDistribution.GridFrom(now);
        var chances = Along(project, own, now, [.. ratios.Select(ratio => (ratio, project.PlannedDays))]);
        for (var at = 1; at < chances.Length; at++)
            chances[at] = Math.Min(chances[at], chances[at - 1]);

        // How far the failures and how far the successes come stays as it is; how many of each there are is the sharper ensembles' word.
        var goal = Array.IndexOf(ratios, 1);
        if (now < 1 && goal >= 0)
        {
            var (said, sharper) = (chances[goal], Probability(own));
            for (var at = 0; at < chances.Length; at++)
                chances[at] = at < goal ? 1 - ((1 - chances[at]) * (1 - sharper) / Math.Max(1 - said, 1e-9)) : chances[at] * sharper / Math.Max(said, 1e-9);
            for (var at = 0; at < chances.Length; at++)
                chances[at] = Math.Clamp(chances[at], 0, at == 0 ? 1 : chances[at - 1]);
        }

        return new FinalRatioDistribution(now, ratios, chances);
    }

    private double[] Along(KickstarterProject project, double[] own, double now, (double Ratio, double Day)[] aims)
    {
        var moving = new double[AimColumns * aims.Length];
        Span<double> aim = stackalloc double[AimColumns];
        for (var at = 0; at < aims.Length; at++)
        {
            WriteAim(project, now, Days, aims[at].Ratio, aims[at].Day, aim);
            for (var column = 0; column < AimColumns; column++)
                moving[(column * aims.Length) + at] = aim[column];
        }

        var scores = new double[aims.Length];
        Aims.ScoreAlong(own, moving, scores);
        return [.. scores.Select(Answers.Sigmoid)];
    }

    private double Probability(double[] own) => Answers.Sigmoid(Mean(Goal, own));

    private static double Mean(IReadOnlyList<BoostedTrees> members, double[] own) => members.Average(member => member.Score(own));
}
