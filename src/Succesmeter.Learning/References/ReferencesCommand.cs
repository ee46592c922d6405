using System.CommandLine;
using System.Globalization;
using Succesmeter.Social;

namespace Succesmeter.Learning.References;

/// <summary><c>references --data DIR --out FILE</c>: derives the reference tables and prints whether a meter read from them would be fair.</summary>
public static class ReferencesCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo>("--data") { Required = true, Description = "Folder that holds uk-community-fundraisers and justgiving." };
        var output = new Option<FileInfo>("--out") { Required = true, Description = "Where the tables go." };
        var command = new Command("references", "Derive the social meter's reference tables from finished campaigns.") { data, output };
        command.SetAction(parsed => Run(parsed.GetValue(data)!.FullName, parsed.GetValue(output)!.FullName, parsed.InvocationConfiguration.Output));
        return command;
    }

    private static int Run(string data, string file, TextWriter output)
    {
        var campaigns = UkFundraisers.Read(Path.Combine(data, "uk-community-fundraisers"));
        var repeated = RepeatedGivers.Read(Path.Combine(data, "justgiving"));
        var references = ReferenceFit.Of(campaigns);
        using (var stream = File.Create(file))
            ReferenceFile.Write(references, stream);

        Say($"{references.Card.Name}: {campaigns.Count} campaigns launched {references.Card.From:O} to {references.Card.Until:O}, {new FileInfo(file).Length} bytes");
        foreach (var table in references.Tables)
            Say($"  {table.Name}: references a cell {table.Cells.Min(c => c.N)} to {table.Cells.Max(c => c.N)}, {table.Cells.Count(c => c.N < Social.References.FewestForPercentile)} of {table.Cells.Count} cells under {Social.References.FewestForPercentile}");
        Say($"justgiving: {repeated.Pages} complete pages, {repeated.Gifts} gifts, {repeated.NamedGifts} under {repeated.Names} names: {repeated.GiftsPerName:F4} gifts a name");
        Say($"bursts of equal small gifts by day 30: in {campaigns.Count(c => c.WasSeenOn(30) && c.BurstsBy(30).Count > 0)} of {campaigns.Count(c => c.WasSeenOn(30))} campaigns");
        Say($"one profile: {ProfileTime.Median(campaigns, references)}");
        Print("Held out by campaign (five folds)", Fairness.CrossFitted(campaigns));
        Print("Held out by time (tables from the earliest 70 % by launch)", Fairness.OutOfTime(campaigns));
        return 0;

        void Print(string title, IReadOnlyList<Fairness> rows)
        {
            Say($"{title}: Spearman of the mean of reach and breadth, placed, with goal; with money so far given goal; reach's percentile with goal");
            foreach (var row in rows)
                Say($"  day {row.Day,2}: {row.Campaigns} of {row.Seen} have both; {row.WithGoal,6:F3}; {row.WithMoneyGivenGoal,6:F3}; {row.ReachWithGoal,6:F3}; median interval {row.MedianWidth:F0} wide");
        }

        void Say(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
    }
}
