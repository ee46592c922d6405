using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Apis;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Ulule;

/// <summary>Ulule (France and Belgium) by its API, version 1, as a guest: projects, who supports them, comments and news.</summary>
/// <remarks>A project of type <c>presale</c> counts orders instead of money: its goal and its total are numbers of orders, and its money is not read.</remarks>
public sealed class UlulePlatform : ICrawledPlatform
{
    private const string Host = "api.ulule.com";

    /// <summary>A search is followed no further.</summary>
    private const int MostFound = 10_000;

    private static readonly Uri s_root = new($"https://{Host}/v1/");

    private readonly TimeZoneInfo _zone;
    private readonly string _country;

    public UlulePlatform(IOptions<UluleOptions> options, IPlatformZones zones)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(zones);
        _zone = zones.Of(Platform);
        _country = options.Value.Country.ToLowerInvariant();
        Entrances = [SearchPage(0)];
    }

    public PlatformId Platform { get; } = new("ulule");

    public IReadOnlySet<string> Hosts { get; } = new HashSet<string>(StringComparer.OrdinalIgnoreCase) { Host };

    public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { ["Accept"] = "application/json" };

    private const int MostDigits = 19;

    public IReadOnlyList<PageRequest> Entrances { get; }

    public Discovery Discover(FetchedPage page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (ApiAnswer.Of(page) is not { } answer || answer.ItemsIn("projects") is not { } projects)
            return new([], [], ["projects: must be a list in a JSON object"]);

        var found = new List<FoundCampaign>();
        var complaints = new List<string>();
        for (var i = 0; i < projects.Count; i++)
        {
            if (projects[i].IdIn("id") is { } native && IsNumber(native))
                found.Add(new(new CampaignId(Platform, native), ProjectAddress(native), native));
            else
                complaints.Add(string.Create(CultureInfo.InvariantCulture, $"projects[{i}].id: must be a whole number"));
        }

        // The answer does not say how many there are: an empty page is the end.
        var dash = page.Request.Kind.LastIndexOf('-');
        var isNumbered = int.TryParse(page.Request.Kind.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset);
        var next = isNumbered && projects.Count > 0 && offset < MostFound ? offset + projects.Count : (int?)null;
        return new(found, next is { } at && at <= MostFound ? [SearchPage(at)] : [], complaints);
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

        var address = ProjectAddress(native);
        var supporters = MayReadSupporters(project) ? UlulePages.Of("supporters", address, pages) : null;
        var comments = UlulePages.Of("comments", address, pages);
        var news = UlulePages.Of("news", address, pages);
        PageRequest[] next = [.. new[] { supporters?.Next, comments.Next, news.Next }.OfType<PageRequest>()];
        return next.Length > 0
            ? new PageReading.More(next)
            : new PageReading.Seen(Snapshot(found.Campaign, takenAt, project, supporters, comments, news));
    }

    /// <summary>Without its type it is unknown whether a total is money or orders.</summary>
    private static string? WhyNot(JsonElement project) => project.IdIn("type") switch
    {
        "project" => project.AmountIn("amount_raised") is null ? "amount_raised: must be a number from 0 to 1000000000000" : null,
        "presale" => project.CountIn("nb_products_sold") is null ? "nb_products_sold: must be a whole number from 0 to 1000000000" : null,
        _ => "type: must be project or presale",
    };

    /// <summary>Anything but a clear no to the switch is honoured as if it were set.</summary>
    private static bool MayReadSupporters(JsonElement project) =>
        !project.TryGetProperty("supporters_disabled", out var disabled) || disabled.ValueKind == JsonValueKind.False;

    private ReadOnlyMemory<byte> Snapshot(CampaignId campaign, DateTimeOffset takenAt, JsonElement project, UlulePages? supporters, UlulePages comments, UlulePages news)
    {
        var limits = SnapshotLimits.Default;
        var isPresale = project.IdIn("type") == "presale";
        var owner = project.ObjectIn("owner");
        var language = project.TextIn("lang", limits.MaxName);
        var backers = Accounts(supporters);
        var list = supporters is { IsWhole: true } && backers.Count <= limits.MaxSupporters ? backers : null;
        var known = backers.OfType<string>().ToHashSet(StringComparer.Ordinal);
        var commented = comments.Items;
        var said = comments.IsWhole && UluleComment.AreWhole(commented) ? UluleComment.Of(commented, owner?.IdIn("id"), known, _zone) : null;
        var published = news.Items.Select(item => UluleDate.Read(item.IdIn("date_publication"), _zone)).OfType<Moment>().Where(at => at.At <= takenAt).Take(limits.MaxActions).ToList();

        using var draft = new SnapshotDraft(campaign, takenAt);
        draft.Text("state", State(project));
        draft.Text("title", ByLanguage(project, "name", language, limits.MaxTitle));
        draft.Text("holder", owner?.TextIn("name", limits.MaxName) ?? owner?.TextIn("screenname", limits.MaxName) ?? owner?.TextIn("username", limits.MaxName));
        draft.Text("url", project.AddressIn("absolute_url"));
        draft.Texts("languages", ApiAnswer.Languages([language, .. Spoken(project)]));
        draft.Text("category", project.ObjectIn("main_tag") is { } tag ? tag.TextIn("slug", limits.MaxName) ?? ByLanguage(tag, "name", language, limits.MaxName) : null);
        draft.Text("place", project.ObjectIn("location")?.TextIn("city", limits.MaxName));
        draft.Text("currency", project.CurrencyIn("currency"));
        draft.Number("goal", isPresale ? project.CountIn("goal") : project.AmountIn("goal"));
        draft.Text("goalUnit", isPresale ? "orders" : "money");
        draft.When("launchedAt", UluleDate.Read(project.IdIn("date_start"), _zone), _zone);
        draft.When("endsAt", UluleDate.Read(project.IdIn("date_end"), _zone), _zone);
        draft.Number("pledged", isPresale ? project.CountIn("nb_products_sold") : project.AmountIn("amount_raised"));
        draft.Number("backers", project.CountIn("supporters_count"));
        draft.Number("comments", project.CountIn("comments_count"));
        draft.Number("updates", project.CountIn("news_count"));
        draft.Number("followers", project.CountIn("fans_count"));
        draft.Text("description", ByLanguage(project, "description", language, limits.MaxDescription));
        draft.Items("supporters", list, static (draft, account) =>
        {
            draft.Text("donor", account);
            draft.Text("identity", account is null ? null : "account");
            draft.Flag("anonymous", account is null ? true : null);
        });
        draft.Items("commentList", said is { } all && all.Count <= limits.MaxComments ? all : null, (draft, comment) =>
        {
            draft.Text("id", comment.Id);
            draft.When("at", comment.At, _zone);
            draft.Text("by", comment.By);
            draft.Text("author", comment.Author);
            draft.Text("answers", comment.Answers);
        });
        draft.Items("actions", published.Count > 0 ? published : null, (draft, at) =>
        {
            draft.When("at", at, _zone);
            draft.Text("kind", "update");
        });
        return draft.Finished();
    }

    private static string? State(JsonElement project) =>
        project.FlagIn("is_cancelled") == true ? "cancelled" : (project.FlagIn("finished"), project.FlagIn("goal_raised")) switch
        {
            (false, _) => "live",
            (true, true) => "succeeded",
            (true, false) => "failed",
            _ => null,
        };

    /// <summary>The accounts of who gave, each once; null for one that has none to show.</summary>
    private static List<string?> Accounts(UlulePages? pages)
    {
        // A user resource; a supporter who came while pages were turned was met twice.
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return [.. (pages?.Items ?? []).Where(static item => item.ValueKind == JsonValueKind.Object).Select(static item => item.IdIn("id")).Where(id => id is null || seen.Add(id))];
    }

    /// <summary>A text by language: in the main language where it is given, else the first that is not empty. A plain text is taken as it is.</summary>
    private static string? ByLanguage(JsonElement owner, string name, string? language, int most)
    {
        if (owner.ObjectIn(name) is not { } texts)
            return owner.TextIn(name, most);

        return (language is null ? null : texts.TextIn(language, most))
            ?? texts.EnumerateObject().Select(text => ApiAnswer.Shown(text.Value, most)).FirstOrDefault(static text => text is not null);
    }

    /// <summary>The languages in which the project has a name.</summary>
    private static IEnumerable<string> Spoken(JsonElement project) =>
        project.ObjectIn("name") is { } name ? name.EnumerateObject().Where(static text => ApiAnswer.Shown(text.Value, 1) is not null).Select(static text => text.Name) : [];

    private PageRequest SearchPage(int offset) =>
        new(
            new Uri(s_root, string.Create(CultureInfo.InvariantCulture, $"search/projects?q=country%3A{_country}%20status%3Acurrently%20sort%3Anew&limit={UlulePages.Limit}&offset={offset}")),
            string.Create(CultureInfo.InvariantCulture, $"search-{offset}"));

    /// <summary>Of what a number of theirs can be; a longer one is no id of ours.</summary>
    private static bool IsNumber(string text) => text.Length <= MostDigits && !text.AsSpan().ContainsAnyExceptInRange('0', '9');

    private static string NativeOf(FoundCampaign found) => found.NativeId ?? found.Campaign.Name;

    private static Uri ProjectAddress(string native) => new(s_root, $"projects/{Uri.EscapeDataString(native)}");
}
