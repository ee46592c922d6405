using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Apis;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Goteo;

/// <summary>Goteo (Barcelona) by its API, version 1: projects, who gave to them, and the gifts without their givers.</summary>
/// <remarks>
/// The donors' own date looks like the account's, so the list of donors gives no times; the list of gifts gives no donors. The two are never joined by guessing.
/// </remarks>
public sealed class GoteoPlatform : ICrawledPlatform
{
    private const string Host = "api.goteo.org";
    private const string Projects = "projects";
    private const string Donors = "donors";
    private const string Invests = "invests";

    private static readonly Uri s_root = new($"https://{Host}/v1/");

    private readonly TimeZoneInfo _zone;
    private readonly bool _finished;

    /// <exception cref="InvalidOperationException">User or key is missing.</exception>
    public GoteoPlatform(IOptions<GoteoOptions> options, IPlatformZones zones)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(zones);
        if (!options.Value.IsConfigured)
            throw new InvalidOperationException($"{GoteoOptions.Section}:User and {GoteoOptions.Section}:Key must be set: the API answers nobody else.");

        _zone = zones.Of(Platform);
        _finished = options.Value.Finished;
        Headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
        {
            ["Accept"] = "application/json",
            ["Authorization"] = options.Value.Authorization,
        };
    }

    public PlatformId Platform { get; } = new("goteo");

    public IReadOnlySet<string> Hosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Host };

    public IReadOnlyDictionary<string, string> Headers { get; }

    public IReadOnlyList<PageRequest> Entrances { get; } = [ListPage(Projects, "projects/", null, 0)];

    public Discovery Discover(FetchedPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (ApiAnswer.Of(page) is not { } answer || answer.ItemsIn("items") is not { } items)
            return new([], [], ["items: must be a list in a JSON object"]);

        var found = new List<FoundCampaign>();
        var complaints = new List<string>();
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].IdIn("id") is not { } native)
                complaints.Add(string.Create(CultureInfo.InvariantCulture, $"items[{i}].id: must be given"));
            else if (NativeId.ToId(native) is not { } id)
                complaints.Add(string.Create(CultureInfo.InvariantCulture, $"items[{i}].id: {IdRule.Text}, and at most 128 characters once written so"));
            else if (_finished || Status(items[i]) is null or "live")
                found.Add(new(new CampaignId(Platform, id), ProjectAddress(native), native));
        }

        return new(found, After(page, answer, items.Count, complaints) is { } more ? [more] : [], complaints);
    }

    public PageRequest FirstPage(FoundCampaign found)
    {
        ArgumentNullException.ThrowIfNull(found);
        return new(ProjectAddress(NativeOf(found)), ApiProject.Kind);
    }

    public PageReading Read(FoundCampaign found, IReadOnlyList<FetchedPage> pages, DateTimeOffset takenAt)
    {
        ArgumentNullException.ThrowIfNull(found);
        ArgumentNullException.ThrowIfNull(pages);
        var native = NativeOf(found);
        var project = ApiProject.In(pages, FirstPage(found), native, WhyNot, out var instead);
        if (instead is not null)
            return instead;

        var donors = GoteoPages.Of(Donors, pages);
        var invests = GoteoPages.Of(Invests, pages);
        var next = new List<PageRequest>(2);
        if (donors.Next is { } donorsPage)
            next.Add(ListPage(Donors, $"projects/{Uri.EscapeDataString(native)}/donors/", null, donorsPage));

        // Gifts to other projects mean that the question was not understood: the rest of the list would be the whole platform's. The newest page tells: behind one that told nothing was asked.
        if (invests.Next is { } investsPage && !(invests.Lists is [.., var newest] && newest.EnumerateArray().Any(gift => gift.IdIn("project") is { } of && of != native)))
            next.Add(ListPage(Invests, "invests/", native, investsPage));

        return next.Count > 0
            ? new PageReading.More(next)
            : new PageReading.Seen(Snapshot(found.Campaign, takenAt, project, donors, GoteoGifts.Of(invests, native, project.CurrencyIn("currency"), _zone)));
    }

    private static string? WhyNot(JsonElement project) => project.AmountIn("amount") is null ? "amount: must be a number from 0 to 1000000000000" : null;

    private ReadOnlyMemory<byte> Snapshot(CampaignId campaign, DateTimeOffset takenAt, JsonElement project, GoteoPages donors, GoteoGifts gifts)
    {
        var limits = SnapshotLimits.Default;
        var place = Place(project);
        var state = Status(project);
        var asked = project.ItemsIn("needs")?.Count(static need => need.ValueKind == JsonValueKind.Object);
        var supporters = donors.IsWhole ? Supporters(donors.Items) : null;

        using var draft = new SnapshotDraft(campaign, takenAt);
        draft.Text("state", state);
        draft.Text("title", project.TextIn("name", limits.MaxTitle));
        draft.Text("holder", project.TextIn("owner-name", limits.MaxName) ?? project.TextIn("owner", limits.MaxName));
        draft.Text("url", project.AddressIn("project-url"));
        draft.Texts("languages", ApiAnswer.Languages([project.TextIn("lang", limits.MaxName), .. project.NamesIn("translations")]));
        draft.Text("category", project.ItemsIn("categories") is [var category, ..] ? category.TextIn("name", limits.MaxName) : null);
        draft.Text("place", place is { } at ? at.TextIn("city", limits.MaxName) ?? at.TextIn("region", limits.MaxName) : null);
        draft.Degrees("latitude", place?.DegreesIn("latitude", 90));
        draft.Degrees("longitude", place?.DegreesIn("longitude", 180));
        draft.Text("currency", project.CurrencyIn("currency"));
        draft.Number("goal", project.AmountIn("minimum"));
        draft.Number("stretchGoal", project.AmountIn("optimum"));
        draft.Text("goalUnit", "money");
        draft.Text("funding", "all-or-nothing");
        draft.When("launchedAt", DateIn(project, "date-published"), _zone);
        draft.When("endsAt", End(project, state, takenAt), _zone);
        draft.Number("pledged", project.AmountIn("amount"));
        draft.Number("backers", donors.Total);
        draft.Text("description", project.TextIn("description", limits.MaxDescription));
        draft.Items("rewards", Rewards(project), static (draft, reward) =>
        {
            draft.Text("title", reward.TextIn("name", SnapshotLimits.Default.MaxTitle));
            draft.Number("price", reward.AmountIn("amount"));
            draft.Number("limit", reward.CountIn("units") is > 0 and var units ? units : null);
        });
        if (asked is { } needs)
            draft.Part("needs", part => part.Number("asked", needs));

        gifts.Write(draft, _zone);
        draft.Items("supporters", supporters, static (draft, donor) =>
        {
            draft.Text("donor", donor.Id);
            draft.Text("identity", donor.Id is null ? null : "account");
            draft.Flag("anonymous", donor.IsAnonymous ? true : null);
        });
        return draft.Finished();
    }

    private static string? Status(JsonElement project) => project.IdIn("status") switch
    {
        "in_campaign" => "live",
        "funded" or "fulfilled" => "succeeded",
        "unfunded" => "failed",
        _ => null,
    };

    /// <summary>
    /// When giving ends or ended. A live campaign's first round ends on date-passed; once that lies behind, a second round runs whose end the answer does not give.
    /// </summary>
    private Moment? End(JsonElement project, string? state, DateTimeOffset takenAt)
    {
        var firstRound = DateIn(project, "date-passed");
        return state switch
        {
            "succeeded" => DateIn(project, "date-succeeded") ?? DateIn(project, "date-closed") ?? firstRound,
            "failed" => DateIn(project, "date-closed") ?? firstRound,
            _ => firstRound?.At > takenAt ? firstRound : null,
        };
    }

    private Moment? DateIn(JsonElement owner, string name) => GoteoDate.Read(owner.IdIn(name), _zone);

    /// <summary>Lists give it in the project itself, details under location, as an object or a list of them.</summary>
    private static JsonElement? Place(JsonElement project) =>
        project.ItemsIn("location") is [{ ValueKind: JsonValueKind.Object } first, ..] ? first : project.ObjectIn("location") ?? project;

    /// <summary>What a giver gets. The collective returns, promised to everybody, have no price and no takers.</summary>
    private static List<JsonElement>? Rewards(JsonElement project) =>
        project.ItemsIn("rewards")?.Where(static reward => reward.IdIn("type") == "individual").Take(SnapshotLimits.Default.MaxRewards).ToList();

    /// <returns>Null where there are more than a snapshot holds: part of a list would pass for all of it.</returns>
    private static List<(string? Id, bool IsAnonymous)>? Supporters(IReadOnlyList<JsonElement> items)
    {
        // A donor who came while pages were turned moved the others on, so that one of them was met twice.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var supporters = new List<(string? Id, bool IsAnonymous)>(items.Count);
        foreach (var item in items)
        {
            if (item.ValueKind != JsonValueKind.Object)
                continue;

            // Who does not say that a name may be shown is taken for one who asked that it is not.
            var isAnonymous = item.FlagIn("anonymous") != false;
            var id = isAnonymous ? null : item.IdIn("id");
            if (id is null || seen.Add(id))
                supporters.Add((id, isAnonymous));
        }

        return supporters.Count <= SnapshotLimits.Default.MaxSupporters ? supporters : null;
    }

    /// <summary>The page behind one that lists projects.</summary>
    private static PageRequest? After(FetchedPage page, JsonElement answer, int shown, List<string> complaints)
    {
        var dash = page.Request.Kind.LastIndexOf('-');
        if (!int.TryParse(page.Request.Kind.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number >= GoteoPages.MostPages - 1)
            return null;

        var meta = answer.ObjectIn("meta");
        if (meta?.CountIn("total") is not { } total)
        {
            complaints.Add("meta.total: must be given");
            return null;
        }

        if (meta?.CountIn("page") is { } at && at != number)
        {
            complaints.Add("meta.page: must be that of the page that was asked for");
            return null;
        }

        var limit = meta?.CountIn("limit") is > 0 and var said ? said : GoteoPages.Limit;
        return shown > 0 && (number + 1L) * limit < total ? ListPage(Projects, "projects/", null, number + 1) : null;
    }

    private static string NativeOf(FoundCampaign found) => found.NativeId ?? NativeId.ToNative(found.Campaign.Name);

    private static Uri ProjectAddress(string native) => new(s_root, $"projects/{Uri.EscapeDataString(native)}");

    private static PageRequest ListPage(string list, string path, string? project, int number) =>
        new(new Uri(s_root, string.Create(CultureInfo.InvariantCulture, $"{path}?{(project is null ? "" : $"project={Uri.EscapeDataString(project)}&")}page={number}&limit={GoteoPages.Limit}")), GoteoPages.Kind(list, number));
}
