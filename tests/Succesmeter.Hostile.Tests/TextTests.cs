using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Reports;
using Succesmeter.Snapshots;
using Xunit.Abstractions;

namespace Succesmeter.Hostile.Tests;

/// <summary>Text that goes out again: into spreadsheets, and into raw files without who was erased.</summary>
public sealed class TextTests(ITestOutputHelper output)
{
    private const string Erased = "Zoé Peeters";

    private static readonly PlatformId s_platform = new("growfunding");
    private static readonly ErasedNames s_names = Names();

    /// <summary>Whatever a title is: a row stays a row and a cell a cell, and no spreadsheet, of whatever country's separator, finds a formula.</summary>
    [Fact]
    public void CSV_export() => Fuzzing.Run(
        new Reader(
            "CSV export",
            Mutator.Utf8("Kidical Mass", "=HYPERLINK(\"http://evil.example\")", "a;=1+1", "a,\"b\"\r\n=c", "\t@sum", "'-1", "1;2;3", "a\"\"b"),
            Mutator.Utf8("=", "+", "-", "@", ",", ";", "\t", "\"", "'", "\r\n", "\n", " ", "\u00A0", "\uFEFF", "\u200B", "＝", "＋", "|", "cmd|'/C calc'!A0", "=1", "\u0000", "\v", "\f", "\u2028", "\u0085"),
            static bytes =>
            {
                var text = Encoding.UTF8.GetString(bytes);
                var csv = CampaignsCsv.Of([CampaignAnswers.Row(Listing(text), withScore: false), CampaignAnswers.Row(Listing("next"), withScore: false)]);
                var rows = Spreadsheet.Read(csv, ',');
                Law.Holds(rows.Count == 3 && rows.TrueForAll(static row => row.Count == 19) && rows[2][1] == "next", "rows stay rows and cells stay cells");
                Law.Holds(rows[1][1].Replace("'", "", StringComparison.Ordinal) == text.Replace("'", "", StringComparison.Ordinal), "a text is as it was, but for apostrophes");
                foreach (var separator in ",;\t")
                    foreach (var cell in Spreadsheet.Read(csv, separator).SelectMany(static row => row))
                        Law.Holds(!Spreadsheet.IsFormula(cell), $"no cell is a formula where cells are parted by '{separator}'");
                Law.Holds(ReportCsv.Cell(text).Length <= (2 * text.Length) + 3 + text.Count(static c => c is ';' or '\t' or '\r' or '\n'), "a cell is not much longer than its text");
                return $"{rows[1][1].Length - text.Length} {csv.Contains("\"'", StringComparison.Ordinal)}";
            }) { MostBytes = 600, BytesPerByte = 2_000 },
        output);

    /// <summary>What was cleaned names nobody any more, and what cannot be cleaned is said to have to go.</summary>
    [Fact]
    public void Raw_files() => Fuzzing.Run(
        new Reader(
            "raw files",
            [.. Regressions.RawFiles, Files.Utf8($"{{\"donor\":\"{Erased}\",\"note\":\"from Zo\\u00e9 Peeters, with love\"}}"), Files.Utf8(Files.Whole.Replace("Jan Peeters", Erased, StringComparison.Ordinal)), Files.Utf8($"<p>Bedankt <b>Zo&eacute; Peeters</b>!</p>"), Files.Utf8($"a,b\n{Erased},2\n"), Files.Gzipped(Files.Utf8($"{{\"donor\":\"{Erased}\"}}"))],
            [.. Mutator.Utf8(Erased, "Zo\\u00e9 Peeters", "Zo%C3%A9%20Peeters", "u-7781", "\\\"", "\\\\", "\"", "{\"a\":\"", "}", "[", "\\u", "\\ud83d", "&eacute;", "&#233;", "%", ", ", "/u/u-7781", "\n{"), [0x1F, 0x8B]],
            static bytes =>
            {
                var finding = RawText.FindAsync(new MemoryStream(bytes, writable: false), s_names, CancellationToken.None).GetAwaiter().GetResult();
                if (finding != RawFinding.CanBeCleaned)
                    return finding.ToString();

                using var target = new MemoryStream();
                RawText.CopyAsync(new MemoryStream(bytes, writable: false), target, s_names, CancellationToken.None).GetAwaiter().GetResult();
                var cleaned = target.ToArray();
                Law.Holds(RawText.FindAsync(new MemoryStream(cleaned, writable: false), s_names, CancellationToken.None).GetAwaiter().GetResult() == RawFinding.NamesNobody, "what was cleaned names nobody");
                return $"cleaned {bytes.Length - cleaned.Length}";
            })
        {
            MostBytes = 2 << 10,
            FreeBytes = 3 << 20,
            BytesPerByte = 3_000,
            MillisecondsPerKilobyte = 40,
            MostPumpedBytes = 16 << 10,
        },
        output);

    private static CampaignListing Listing(string title) => new()
    {
        Campaign = Some.Campaign, Sequence = 1, Title = title, Status = CampaignStatus.Live, AwaitsFacts = false, AsOf = Some.Launch, TakenAt = Some.Launch, Currency = "EUR", Goal = 7500, Pledged = 2310.5m, Backers = 64, LaunchedAt = Some.Launch,
    };

    private static ErasedNames Names() => new(
        Files.Pseudonyms,
        new Dictionary<PlatformId, ErasedDonors> { [s_platform] = new ErasedDonors(new[] { Erased, "u-7781" }.SelectMany(static name => Files.Pseudonyms.AllOf(s_platform, name)).Select(Tombstone.Of)) });
}
