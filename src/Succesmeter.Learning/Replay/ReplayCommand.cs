using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Succesmeter.Learning.Replay;

/// <summary><c>replay --data DIR --out DIR</c>: past campaigns as files of snapshots, as they were known at the time.</summary>
public static class ReplayCommand
{
    /// <summary>So often at most is the screen told how far things are.</summary>
    private const int RowsPerReport = 500;

    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Description = $"Folder that holds the data sets, or {ScrapedCampaigns.Name} itself.", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder for the files (NDJSON, gzipped).", Required = true };
        var untilDay = new Option<int?>("--until-day") { Description = "Only what was known until so many days after each campaign's creation (after its first scrape, where that is unknown)." };
        var campaigns = new Option<int?>("--campaigns") { Description = "Only the first so many campaigns." };
        var rowsPerFile = new Option<int?>("--rows-per-file") { Description = "Rows a file; all in one unless given." };
        var order = new Option<ReplayOrder>("--order") { Description = "campaign: one behind the other; time: as they would have come in.", DefaultValueFactory = static _ => ReplayOrder.Campaign };
        var daily = new Option<bool>("--daily") { Description = "For load tests: also a row for every day without a scrape, DERIVED by adding up complete lists of gifts. No page showed these." };
        MustBeAtLeast(untilDay, 0);
        MustBeAtLeast(campaigns, 1);
        MustBeAtLeast(rowsPerFile, 1);

        var command = new Command("replay", $"Turns {ScrapedCampaigns.Name} into snapshot files: one row a scrape, holding what was known by the end of its day.")
        {
            data, output, untilDay, campaigns, rowsPerFile, order, daily,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(
            parsed.GetRequiredValue(data).FullName,
            new ReplaySettings
            {
                Data = parsed.GetRequiredValue(data).FullName,
                Output = parsed.GetRequiredValue(output).FullName,
                UntilDay = parsed.GetValue(untilDay),
                Campaigns = parsed.GetValue(campaigns),
                RowsPerFile = parsed.GetValue(rowsPerFile),
                Order = parsed.GetValue(order),
                Daily = parsed.GetValue(daily),
            },
            parsed.InvocationConfiguration.Output,
            parsed.InvocationConfiguration.Error,
            cancellation)));
        return command;
    }

    private static int Run(string data, ReplaySettings settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var inside = Path.Combine(data, ScrapedCampaigns.Name);
        var folder = Directory.Exists(inside) ? inside : data;
        if (!File.Exists(Path.Combine(folder, "campaigns.csv.gz")))
        {
            error.WriteLine($"{data} holds no {ScrapedCampaigns.Name}/campaigns.csv.gz.");
            return 1;
        }

        try
        {
            var tally = WithProgress(settings with { Data = folder }, error, cancellation);
            Screen(output).Write(Table(tally));
            return 0;
        }
        catch (InvalidDataException damaged)
        {
            error.WriteLine($"The data set cannot be read: {damaged.Message}");
            return 1;
        }
        catch (OperationCanceledException)
        {
            error.WriteLine("Stopped; the file that was being written is left as .unfinished.");
            return 130;
        }
    }

    private static ReplayTally WithProgress(ReplaySettings settings, TextWriter error, CancellationToken cancellation) =>
        Screen(error).Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .Start(progress =>
            {
                var count = ScrapedCampaigns.Count(settings.Data);
                var task = progress.AddTask("reading", maxValue: Math.Min(settings.Campaigns ?? count, count));
                var tally = ReplayRun.Of(
                    settings,
                    step =>
                    {
                        if (step.Rows % RowsPerReport != 0)
                            return;

                        task.Value = step.Campaigns;
                        task.Description = string.Create(CultureInfo.InvariantCulture, $"{step.Campaigns:N0} campaigns, {step.Rows:N0} rows");
                    },
                    cancellation);
                task.Value = task.MaxValue;
                return tally;
            });

    private static Table Table(ReplayTally tally)
    {
        var table = new Table().AddColumn("replayed").AddColumn(new TableColumn("").RightAligned());
        Row("campaigns", tally.Campaigns);
        Row("… with a row", tally.CampaignsWithRows);
        Row("… with all their gifts", tally.CompleteLists);
        Row("… awaiting a goal or a date", tally.AwaitingFacts);
        Row("rows", tally.Rows);
        Row("… derived, shown by no page", tally.DerivedRows);
        Row("contributions in them", tally.Contributions);
        Row("scrapes that showed no total, left out", tally.ScrapesWithoutTotal);
        Row("files", tally.Files);
        Row("bytes", tally.Bytes);
        Row("bytes gzipped", tally.PackedBytes);
        return table;

        void Row(string name, long value) => table.AddRow(name, value.ToString("N0", CultureInfo.InvariantCulture));
    }

    private static IAnsiConsole Screen(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) });

    private static void MustBeAtLeast(Option<int?> option, int least) =>
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value < least)
                result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} must be at least {least}."));
        });
}
