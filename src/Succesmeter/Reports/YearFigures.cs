using System.Collections.Immutable;
using Succesmeter.Campaigns;
using Succesmeter.Social;
using static Succesmeter.Reports.ReportDefinitions;

namespace Succesmeter.Reports;

/// <summary>All figures of one calendar year and its quarters.</summary>
internal sealed class YearFigures
{
    /// <summary>More groups than these are <c>other</c>: a division that nobody can read divides nothing.</summary>
    private const int MostGroups = 40;

    private const string Other = "other";
    private const string Unknown = "unknown";

    private readonly int year;
    private readonly IReadOnlySet<int> over;
    private readonly TimeZoneInfo zone;
    private readonly ReportSources sources;
    private readonly List<ReportFigure> figures = [];

    private YearFigures(int year, IReadOnlySet<int> over, TimeZoneInfo zone, ReportSources sources)
    {
        this.year = year;
        this.over = over;
        this.zone = zone;
        this.sources = sources;
        IsOver = over.Contains(4);
        Periods = [.. over.Order().Select(quarter => new ReportPeriod(year, quarter)), .. IsOver ? [new ReportPeriod(year, null)] : (ReportPeriod[])[]];
    }

    /// <summary>Also of the year that the platform began in: before its first campaign there was nothing.</summary>
    private bool IsOver { get; }

    private ImmutableArray<ReportPeriod> Periods { get; }

    /// <param name="over">Its quarters that are over.</param>
    public static IEnumerable<ReportFigure> Of(int year, IReadOnlySet<int> over, TimeZoneInfo zone, ReportSources sources)
    {
        var made = new YearFigures(year, over, zone, sources);
        made.AddCampaigns();
        made.AddGivers();
        made.AddDonors();
        var order = All.Select(static (definition, at) => (definition.Figure, at)).ToDictionary(static one => one.Figure, static one => one.at, StringComparer.Ordinal);
        return made.figures.Select(static (figure, at) => (figure, at)).OrderBy(static one => one.figure.Period.Length == 4 ? 1 : 0)
            .ThenBy(static one => one.figure.Period, StringComparer.Ordinal).ThenBy(one => order[one.figure.Figure]).ThenBy(static one => one.at).Select(static one => one.figure);
    }

    private void AddCampaigns()
    {
        var launched = In(static campaign => campaign.LaunchedAt);
        AddCounts(Launched, launched, "category", static campaign => Plain(campaign.Category), isFirst: true);
        AddCounts(Launched, launched, "place", static campaign => PlaceOf(campaign));
        AddCounts(Launched, launched, "funding", static campaign => FundingOf(campaign));

        var ended = In(static campaign => campaign is { Reached: not null, IsCancelled: false } ? campaign.EndedAt : null);
        AddEnded(ended, "category", static campaign => Plain(campaign.Category), isFirst: true);
        AddEnded(ended, "place", static campaign => PlaceOf(campaign));
        AddEnded(ended, "language", static campaign => Plain(campaign.Yield?.Language));
        AddEnded(ended, "funding", static campaign => FundingOf(campaign));
        AddCounts(Cancelled, In(static campaign => campaign.IsCancelled ? campaign.EndedAt : null), null, static _ => "", isFirst: true);

        AddMoney(ended);
        AddSums(ended, NeedsAsked, "needs", static campaign => campaign.Yield?.NeedsAsked);
        AddSums(ended, NeedsFilled, "needs", static campaign => campaign.Yield?.NeedsFilled);
        AddSums(ended, Helpers, "people", static campaign => campaign.Yield?.Helpers);
    }

    private void AddCounts(string figure, ILookup<int, ReportCampaign> campaigns, string? by, Func<ReportCampaign, string> groupOf, bool isFirst = false) =>
        Add(Table.Of(campaigns, groupOf), by, isFirst, (period, group, shown) => [Count(figure, period, by, group, shown?.Count, shown?.Count, "campaigns")]);

    private void AddEnded(ILookup<int, ReportCampaign> campaigns, string by, Func<ReportCampaign, string> groupOf, bool isFirst = false) => Add(
        Table.Of(campaigns, groupOf),
        by,
        isFirst,
        (period, group, shown) =>
        {
            var reached = shown?.Count(static campaign => campaign.Reached == true);
            (double Low, double High)? interval = shown is { } all ? JeffreysInterval.Of(reached!.Value, all.Count) : null;
            return
            [
                Count(Ended, period, by, group, shown?.Count, shown?.Count, "campaigns"),
                Count(Reached, period, by, group, reached, shown?.Count, "campaigns"),
                Count(SuccessRate, period, by, group, Digits(shown is null ? null : (double)reached!.Value / shown.Count), shown?.Count, "share")
                    with { Low = Digits(interval?.Low), High = Digits(interval?.High) },
            ];
        });

    private void AddMoney(ILookup<int, ReportCampaign> ended)
    {
        // A division by place is shown of money where it is shown of campaigns, or two of them together could tell what each hides.
        var all = Table.Of(ended, static campaign => PlaceOf(campaign));
        var currencies = ended.SelectMany(static quarter => quarter).Where(static campaign => campaign.Paid is not null).GroupBy(static campaign => campaign.Currency ?? "")
            .Where(static group => group.Key.Length > 0 && group.Count() >= HiddenCounts.Least).Select(static group => group.Key).Order(StringComparer.Ordinal);
        foreach (var currency in currencies)
        {
            Add(
                all.Where(campaign => campaign.Paid is not null && campaign.Currency == currency),
                "place",
                isFirst: true,
                (period, group, shown) =>
                [
                    Count(MoneyPaid, period, "place", group, shown is null ? null : (double)Rounded(shown.Where(campaign => campaign.Paid is not null && campaign.Currency == currency).Sum(static campaign => campaign.Paid!.Value)), shown?.Count, currency),
                ]);
        }
    }

    private void AddSums(ILookup<int, ReportCampaign> ended, string figure, string unit, Func<ReportCampaign, int?> of) => Add(
        Table.Of(ended.SelectMany(static quarter => quarter.Select(campaign => (quarter.Key, Campaign: campaign))).Where(one => of(one.Campaign) is not null).ToLookup(static one => one.Key, static one => one.Campaign), static _ => ""),
        null,
        isFirst: true,
        (period, group, shown) => [Count(figure, period, null, group, shown?.Sum(campaign => (long)of(campaign)!.Value), shown?.Count, unit)]);

    /// <summary>The whole (once), and the groups of a year that is over: those that may be shown, and all others as one.</summary>
    private void Add(Table table, string? by, bool isFirst, Func<ReportPeriod, string?, IReadOnlyList<ReportCampaign>?, IEnumerable<ReportFigure>> make)
    {
        var shown = HiddenCounts.Of(table.Root);
        var running = HiddenCounts.Running(table.Root.Quarters);
        foreach (var period in isFirst ? Periods : [])
        {
            var isShown = !IsOver ? running[period.Quarter!.Value - 1] : period.Quarter is { } quarter ? shown[table.Root].Quarters[quarter - 1] : shown[table.Root].Year;
            figures.AddRange(make(period, null, isShown ? table.All(period.Quarter) : null).Select(static figure => figure with { By = null }));
        }

        if (!IsOver || by is null || !shown[table.Root].Year)
            return;

        // What of this is called other, and what is hidden with it, is one row: the rest of the whole.
        var named = table.Root.Parts.Where(part => shown[part].Year && part.Key != Other).ToList();
        var rest = table.Root.Parts.Except(named).ToList();
        foreach (var part in named)
            foreach (var period in Periods)
                figures.AddRange(make(period, part.Key, period.Quarter is null || shown[part].HasAllQuarters ? table.Of([part.Key], period.Quarter) : null));
        if (rest.Count > 0)
            foreach (var period in Periods)
                figures.AddRange(make(period, Other, period.Quarter is null || rest.TrueForAll(part => shown[part].HasAllQuarters) ? table.Of(rest.Select(static part => part.Key), period.Quarter) : null));
    }

    private void AddGivers()
    {
        var listed = In(static campaign => campaign is { Reached: not null, IsCancelled: false, Yield.Givers: not null } ? campaign.EndedAt : null);

        // Givers of fewer than five campaigns would be a portrait of these.
        var campaigns = new CountNode("", Quarters(static _ => 1));
        var within = HiddenCounts.Of(campaigns)[campaigns];
        var all = new CountNode("", Quarters(static campaign => campaign.Yield!.Givers!.Value)) { Within = within };
        var root = GiverTree.Of(place => Quarters(campaign => campaign.Yield!.Places.Where(one => one.Place == place).Sum(static one => one.Givers)), within);
        var (shownAll, shown) = (HiddenCounts.Of(all)[all], HiddenCounts.Of(root));
        var running = HiddenCounts.Running(campaigns.Quarters);
        foreach (var period in Periods)
        {
            var (isAll, isPlaced) = IsOver ? (May(shownAll, period), May(shown[root], period))
                : (running[period.Quarter!.Value - 1] && HiddenCounts.Running(all.Quarters)[period.Quarter.Value - 1], running[period.Quarter.Value - 1] && HiddenCounts.Running(root.Quarters)[period.Quarter.Value - 1]);
            var (givers, placed) = (CountIn(all, period), CountIn(root, period));
            figures.Add(Count(GiversCounted, period, null, null, isAll ? givers : null, isAll ? givers : null, "givers"));
            figures.Add(Count(WithPlace, period, null, null, isPlaced ? placed : null, isPlaced ? placed : null, "givers"));
            figures.Add(Count(ShareWithPlace, period, null, null, isAll && isPlaced ? Digits((double)placed / givers) : null, isAll && isPlaced ? givers : null, "share"));
            if (!IsOver || !shown[root].Year)
                continue;
            foreach (var (by, node) in GiverTree.Rows(root))
                figures.Add(Count(WithPlace, period, by, node.Key, May(shown[node], period) ? CountIn(node, period) : null, May(shown[node], period) ? CountIn(node, period) : null, "givers"));
        }

        ImmutableArray<int> Quarters(Func<ReportCampaign, int> of) => [.. Enumerable.Range(1, 4).Select(quarter => listed[quarter].Sum(of))];

        static bool May(ShownCells cells, ReportPeriod period) => period.Quarter is { } quarter ? cells.Quarters[quarter - 1] : cells.Year;

        static int CountIn(CountNode node, ReportPeriod period) => period.Quarter is { } quarter ? node.Quarters[quarter - 1] : node.Year;
    }

    private void AddDonors()
    {
        foreach (var period in Periods)
        {
            var known = sources.Donors.FirstOrDefault(donors => donors.Shown.Period == period)?.Shown;
            var why = known is null ? ReportReasons.NotKnown : ReportReasons.TooFewDonors;
            figures.Add(Told(Donors, known?.Donors, known?.Donors, "donors"));
            figures.Add(Told(Returning, known?.Returning, known?.Donors, "donors"));
            figures.Add(Told(InTwoOrMore, known?.InTwoOrMore, known?.Donors, "donors"));
            figures.Add(Told(CrossPlace, known?.CrossPlace, known?.Linking, "ratio") with { Low = known?.CrossPlaceLow, High = known?.CrossPlaceHigh });

            ReportFigure Told(string figure, double? value, int? n, string unit) =>
                new(period.Name, figure, null, null, value, value is null ? null : n, null, null, unit, value is null ? why : null);
        }
    }

    /// <summary>Campaigns by the quarter of this year in which something of them happened.</summary>
    private ILookup<int, ReportCampaign> In(Func<ReportCampaign, DateTimeOffset?> at) => sources.Campaigns
        .Select(campaign => (Campaign: campaign, At: at(campaign)))
        .Where(one => one.At is not null)
        .Select(one => (one.Campaign, Period: ReportPeriod.QuarterOf(one.At!.Value, zone)))
        .Where(one => one.Period.Year == year && (IsOver || over.Contains(one.Period.Quarter!.Value)))
        .ToLookup(static one => one.Period.Quarter!.Value, static one => one.Campaign);

    private static ReportFigure Count(string figure, ReportPeriod period, string? by, string? group, double? value, int? n, string unit) =>
        new(period.Name, figure, group is null ? null : by, group, value, value is null ? null : n, null, null, unit, value is null ? ReportReasons.FewerThanFive : null);

    private static string PlaceOf(ReportCampaign campaign) => campaign.PlaceKey ?? Unknown;

    private static string FundingOf(ReportCampaign campaign) => campaign.Funding switch
    {
        FundingModel.AllOrNothing => "all-or-nothing",
        FundingModel.KeepItAll => "keep-it-all",
        FundingModel.Recurring => "recurring",
        _ => Unknown,
    };

    private static string Plain(string? text) => text?.Trim() is { Length: > 0 } named ? named.ToLowerInvariant() : Unknown;

    private static double? Digits(double? share) => share is { } known ? Math.Round(known, 4) : null;

    /// <summary>To three significant digits.</summary>
    private static decimal Rounded(decimal amount)
    {
        var step = 1m;
        while (Math.Abs(amount) / step >= 1000)
            step *= 10;
        return Math.Round(amount / step, MidpointRounding.ToEven) * step;
    }

    /// <summary>A year's campaigns by quarter and group.</summary>
    private sealed class Table
    {
        private readonly Dictionary<string, ILookup<int, ReportCampaign>> groups;

        private Table(Dictionary<string, ILookup<int, ReportCampaign>> groups, CountNode root) => (this.groups, Root) = (groups, root);

        public CountNode Root { get; }

        public static Table Of(ILookup<int, ReportCampaign> campaigns, Func<ReportCampaign, string> groupOf)
        {
            var all = campaigns.SelectMany(static quarter => quarter.Select(campaign => (quarter.Key, Campaign: campaign))).ToList();
            var common = all.GroupBy(one => groupOf(one.Campaign), StringComparer.Ordinal)
                .OrderByDescending(static group => group.Count()).ThenBy(static group => group.Key, StringComparer.Ordinal).Take(MostGroups).Select(static group => group.Key).ToHashSet(StringComparer.Ordinal);
            var divided = all.GroupBy(one => groupOf(one.Campaign) is var group && common.Contains(group) ? group : Other, StringComparer.Ordinal)
                .OrderBy(static group => group.Key, StringComparer.Ordinal)
                .ToDictionary(static group => group.Key, static group => group.ToLookup(static one => one.Key, static one => one.Campaign), StringComparer.Ordinal);
            return new Table(divided, CountNode.Of("", [.. divided.Select(static group => new CountNode(group.Key, CountsOf(group.Value, static _ => true)))]));
        }

        /// <summary>The same groups with a smaller count, which is hidden wherever the whole count is.</summary>
        public Table Where(Func<ReportCampaign, bool> isCounted)
        {
            var shown = HiddenCounts.Of(Root);
            var parts = Root.Parts.Select(part => new CountNode(part.Key, CountsOf(groups[part.Key], isCounted)) { Within = shown[part] }).ToList();
            return new Table(groups, new CountNode("", CountNode.Of("", parts).Quarters, parts) { Within = shown[Root] });
        }

        /// <summary>Of a quarter, or of the year.</summary>
        public IReadOnlyList<ReportCampaign> All(int? quarter) => Of(groups.Keys, quarter);

        public IReadOnlyList<ReportCampaign> Of(IEnumerable<string> keys, int? quarter) => [.. keys.SelectMany(key => quarter is { } one ? groups[key][one] : groups[key].SelectMany(static all => all))];

        private static ImmutableArray<int> CountsOf(ILookup<int, ReportCampaign> campaigns, Func<ReportCampaign, bool> isCounted) =>
            [.. Enumerable.Range(1, 4).Select(quarter => campaigns[quarter].Count(isCounted))];
    }
}
