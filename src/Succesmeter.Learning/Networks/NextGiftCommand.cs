using System.CommandLine;
using System.Globalization;
using Succesmeter.Learning.Datasets;
using Succesmeter.Networks;

namespace Succesmeter.Learning.Networks;

/// <summary><c>next-gift --data DIR</c>: how far it can be told who gives again and to which campaign.</summary>
internal static class NextGiftCommand
{
    private const int Seed = 1;

    /// <summary>Two gifts on two pages of justgiving carry one name with a chance of 1/20,000: what names cost if every one of those were two people.</summary>
    private const int NamesInTown = 20_000;

    private static readonly DateTimeOffset s_train = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly DateTimeOffset s_test = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data") { Description = $"Folder that holds {JustGivingPages.Name}; without it only the simulations run." };
        var command = new Command("next-gift", "Judges, out of time, who gives again within twelve months and to which campaign: on justgiving and in simulated towns.") { data };
        command.SetAction(parsed => Run(parsed.GetValue(data)?.FullName, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string? data, TextWriter output)
    {
        // Years begin at 2000 in a simulated town: fitted on the third year's end, judged on the fourth.
        var third = DonorGraph.MinuteOf(new DateTimeOffset(2001, 12, 20, 0, 0, 0, TimeSpan.Zero));
        var fourth = DonorGraph.MinuteOf(new DateTimeOffset(2002, 12, 10, 0, 0, 0, TimeSpan.Zero));
        foreach (var (preference, rate) in ((double, double)[])[(1, 0.22), (30, 0.22), (30, 1)])
            Report(output, Town(preference, rate), third, fourth);

        Report(output, SimulatedGifts.WithNames(Town(30, 1), NamesInTown, Seed), third, fourth);
        if (data is null)
            return 0;

        if (!File.Exists(Path.Combine(data, JustGivingPages.Name, "pages.csv.gz")))
        {
            output.WriteLine($"{data} holds no {JustGivingPages.Name}/pages.csv.gz.");
            return 1;
        }

        Report(output, JustGivingGifts.Read(data), DonorGraph.MinuteOf(s_train), DonorGraph.MinuteOf(s_test));
        var names = NameCollisions.Of(data);
        Line(output, $"  names: {names.Names}, on several pages {names.NamesOnSeveralPages}, the commonest on {names.MostPages}");
        Line(output, $"  two gifts carry one name: on one page {names.Within:0.######}, on two pages {names.Across:0.######}");
        Line(output, $"  repeats that belong to the hundredth of repeated names with most pages: {names.RepeatsOfTopHundredth:0.000}");
        return 0;
    }

    private static GiftHistory Town(double preference, double rate) => SimulatedGifts.Of(donors: 20_000, campaigns: 600, communities: 12, preference, rate, Seed);

    private static void Report(TextWriter output, GiftHistory history, int train, int test)
    {
        var study = new NextGiftStudy(history, train, test, Seed);
        var again = study.Return();
        Line(output, $"{history.Name}: {history.Graph.DonorCount} donors, {history.Graph.CampaignCount} campaigns, {history.Graph.EdgeCount} pairs");
        Line(output, $"  again within 12 months: {again.Returned} of {again.Donors}, expected {again.Expected:0}; AUC {again.Area:0.000} (gifts so far {again.AreaOfGifts:0.000}, truth {Text(again.Ceiling)})");
        Line(output, $"    precision@10 {again.AtTen:0.00} (gifts so far {again.AtTenOfGifts:0.00}), Brier skill {again.BrierSkill:0.000}");
        Line(output, $"    weights: {Weights(again.Model)}");
        if (study.Planted() is { } planted)
            Line(output, $"  communities: {planted.Found} found, adjusted Rand index with the planted ones {planted.Agreement:0.00}");
        var (rankings, choices, candidates, model) = study.Next();
        Line(output, $"  which campaign next: {choices} choices among {candidates:0} live campaigns");
        foreach (var ranking in rankings)
            Line(output, $"    {ranking.Name,-26} AUC {ranking.AreaUnderCurve:0.000}  precision@10 {ranking.PrecisionAtTen:0.0000} of at most 0.1");
        Line(output, $"    weights: {Weights(model)}");
    }

    private static string Text(double? area) => area?.ToString("0.000", CultureInfo.InvariantCulture) ?? "unknown";

    private static string Weights(LogisticModel model) => string.Join(", ", model.Weights.Select(static weight => weight.ToString("0.000", CultureInfo.InvariantCulture)));

    private static void Line(TextWriter output, FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
