using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Succesmeter.Platforms.Apis;
using Succesmeter.Snapshots;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Recipes;

/// <summary>One visit of a campaign: its pages in, a snapshot or complaints out. Used once.</summary>
internal sealed class RecipeVisit(Recipe recipe, RecipeDiscovery discovery, FoundCampaign found, DateTimeOffset takenAt)
{
    internal const string MainPage = "project";

    private const int MostComplaints = 50;

    private readonly List<FieldFinding> findings = [];
    private readonly List<string> complaints = [];
    private readonly Dictionary<string, List<Opened>> opened = new(StringComparer.Ordinal);

    private int complained;

    /// <summary>In the order of the recipe; of lists one entry each, their length as its value.</summary>
    public IReadOnlyList<FieldFinding> Findings => findings;

    /// <summary>All of them, of a snapshot that was seen too.</summary>
    public IReadOnlyList<string> Complaints => complaints;

    public PageReading Reading { get; private set; } = new PageReading.Unreadable(["page must be read"]);

    /// <param name="pages">The first page, and what was asked for since.</param>
    /// <param name="areAll">There are no others to be had, so the lists on them stay unread.</param>
    public void Read(IReadOnlyList<FetchedPage> pages, bool areAll = false)
    {
        try
        {
            Reading = ReadPages(pages, areAll);
        }
        catch (RegexMatchTimeoutException)
        {
            Complain($"page must be searched within {RecipeReader.Patience.TotalSeconds} s by each expression");
            Reading = new PageReading.Unreadable([.. complaints]);
        }
    }

    private PageReading ReadPages(IReadOnlyList<FetchedPage> pages, bool areAll)
    {
        foreach (var page in pages)
            if (!Open(page))
                return new PageReading.Unreadable([.. complaints]);

        if (!opened.TryGetValue(MainPage, out var mains))
        {
            Complain($"{MainPage} must be among the pages");
            return new PageReading.Unreadable([.. complaints]);
        }

        var main = mains[0];
        if (recipe.Gone.Any(main.Reading.Shows))
            return new PageReading.Gone();
        if (discovery.CampaignAt(main.Page.FinalAddress, out _)?.Campaign != found.Campaign)
        {
            Complain($"page must be the campaign's own; the visit was led to {ShownText.Clean(main.Page.FinalAddress.AbsoluteUri, 200)}");
            return new PageReading.Unreadable([.. complaints]);
        }

        var more = areAll ? [] : MorePages();
        if (more.Count > 0)
            return new PageReading.More(more);

        var snapshot = Snapshot();
        if (snapshot["pledged"] is null && snapshot["members"]?["active"] is null)
        {
            Complain("pledged must be given, or members.active instead");
            return new PageReading.Unreadable([.. complaints]);
        }

        return new PageReading.Seen(Encoding.UTF8.GetBytes(snapshot.ToJsonString())) { Complaints = [.. complaints] };
    }

    private bool Open(FetchedPage page)
    {
        var kind = page.Request.Kind.Split('-')[0];
        if (PageContent.TryOpen(page, out var rule) is not { } content)
        {
            Complain($"{page.Request.Kind} {rule}");
            return false;
        }

        if (recipe.WholePage is { } whole && content.Json is null && !content.Text.Contains(whole, StringComparison.OrdinalIgnoreCase))
        {
            Complain($"{page.Request.Kind} must be whole: it does not hold {whole}");
            return false;
        }

        if (!opened.TryGetValue(kind, out var same))
            opened.Add(kind, same = []);
        same.Add(new Opened(page, content, new FieldReading(recipe, content, takenAt)));
        return true;
    }

    private List<PageRequest> MorePages()
    {
        var more = new List<PageRequest>();
        foreach (var (kind, template) in recipe.Pages)
            if (!opened.ContainsKey(kind) && discovery.Own(found.Address, AddressOf(template)) is { } address)
                more.Add(new PageRequest(address, kind));
        if (more.Count > 0)
            return more;

        foreach (var list in recipe.Lists)
            if (NextOf(list) is { } next && !more.Exists(request => request.Address == next.Address))
                more.Add(next);
        return more;
    }

    private string AddressOf(string template) => template
        .Replace("{address}", found.Address.AbsoluteUri.TrimEnd('/'), StringComparison.Ordinal)
        .Replace("{id}", Uri.EscapeDataString(found.NativeId ?? NativeId.ToNative(found.Campaign.Name)), StringComparison.Ordinal);

    /// <summary>The next page of a list: none that was read already, so that a list which leads back to itself ends.</summary>
    private PageRequest? NextOf(RecipeList list)
    {
        if (list.Next is null || !opened.TryGetValue(list.Page, out var pages) || pages.Count >= list.MaxPages)
            return null;

        var last = pages[^1];
        return last.Reading.Links(list.Next, 1).FirstOrDefault() is { } link && discovery.Own(last.Page.FinalAddress, link) is { } address
            && !opened.Values.SelectMany(static same => same).Any(one => one.Page.Request.Address == address || one.Page.FinalAddress == address)
            ? new PageRequest(address, string.Create(CultureInfo.InvariantCulture, $"{list.Page}-{pages.Count + 1}"))
            : null;
    }

    private JsonObject Snapshot()
    {
        var snapshot = new JsonObject
        {
            ["schema"] = "succesmeter/snapshot/1",
            ["platform"] = recipe.Platform.Value,
            ["campaign"] = found.Campaign.Name,
            ["takenAt"] = SnapshotDraft.TextOf(takenAt),
        };
        if (found.Address.AbsoluteUri.Length <= SnapshotLimits.Default.MaxUrl)
            snapshot["url"] = found.Address.AbsoluteUri;

        foreach (var field in recipe.Fields)
        {
            var finding = opened.TryGetValue(field.Page, out var pages) ? pages[0].Reading.Read(field) : new FieldFinding(field.Field.Name, null, null, null, []);
            findings.Add(finding);
            foreach (var complaint in finding.Complaints)
                Complain(complaint);
            if (finding.Value is not null)
                Put(snapshot, field.Field.Name, finding.Value);
        }

        foreach (var (name, value) in recipe.Constants.OrderBy(static constant => constant.Key, StringComparer.Ordinal))
            if (!findings.Exists(finding => finding.Field == name && finding.Value is not null))
            {
                findings.Add(new FieldFinding(name, "constant", value, FieldReading.Value(SnapshotField.OfCampaign[name], value), []));
                Put(snapshot, name, FieldReading.Value(SnapshotField.OfCampaign[name], value));
            }

        foreach (var list in recipe.Lists)
            AddList(snapshot, list);
        return snapshot;
    }

    private static void Put(JsonObject snapshot, string name, JsonNode value)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0)
        {
            snapshot[name] = value;
            return;
        }

        if (snapshot[name[..dot]] is not JsonObject inner)
            snapshot[name[..dot]] = inner = [];
        inner[name[(dot + 1)..]] = value;
    }

    private void AddList(JsonObject snapshot, RecipeList list)
    {
        if (!opened.TryGetValue(list.Page, out var pages))
            return;

        var before = complained;
        var items = new JsonArray();
        var total = 0;
        var most = MostOf(list.Name);
        // A further page of one list is often the whole page again, with the other lists of the first on it.
        foreach (var page in list.Next is null ? pages.Take(1) : pages)
            foreach (var (element, json) in page.Reading.Items(list.Items, most + 1 - Math.Min(total, most)))
            {
                if (total++ >= most)
                    break;
                if (Item(list, page.Reading, element, json, total - 1) is { } item)
                    items.Add(item);
            }

        var isCut = total > most || (list.Next is not null && pages.Count >= list.MaxPages && pages[^1].Reading.Links(list.Next, 1).Any());
        if (isCut)
            Complain($"{list.Name} must not be longer than {most} items on {list.MaxPages} pages; the rest was left out");

        findings.Add(new FieldFinding(list.Name, list.Items.Text, null, total == 0 ? null : JsonValue.Create(items.Count), []));

        // Nothing found may be a layout that changed: an empty list of all gifts would withdraw every one of them.
        if (total == 0)
            return;

        Place(snapshot, list, items, total, isWhole: !isCut && complained == before);
    }

    /// <summary>What a snapshot takes. Needs and updates become a count, and actions.</summary>
    private static int MostOf(string list) => list switch
    {
        "rewards" => SnapshotLimits.Default.MaxRewards,
        "contributions" => SnapshotLimits.Default.MaxContributions,
        "supporters" => SnapshotLimits.Default.MaxSupporters,
        "commentList" => SnapshotLimits.Default.MaxComments,
        _ => SnapshotLimits.Default.MaxActions,
    };

    private static void Place(JsonObject snapshot, RecipeList list, JsonArray items, int total, bool isWhole)
    {
        switch (list.Name)
        {
            case "needs":
                if (list.IsWhole && isWhole && snapshot["needs"] is null)
                    snapshot["needs"] = new JsonObject { ["asked"] = total, ["filled"] = items.Count(static item => item?["filled"]?.GetValue<bool>() == true) };
                break;
            case "updates":
                if (list.IsWhole && isWhole && snapshot["updates"] is null)
                    snapshot["updates"] = total;
                var actions = snapshot["actions"] as JsonArray ?? [];
                foreach (var at in items.Select(static item => item?["at"]?.GetValue<string>()).OfType<string>().Take(SnapshotLimits.Default.MaxActions - actions.Count))
                    actions.Add(new JsonObject { ["at"] = at, ["kind"] = "update" });
                if (actions.Count > 0)
                    snapshot["actions"] = actions;
                break;
            case "actions":
                if (snapshot["actions"] is JsonArray updates)
                    foreach (var item in items.Take(SnapshotLimits.Default.MaxActions - updates.Count).ToList())
                        updates.Add(item?.DeepClone());
                else
                    snapshot["actions"] = items;
                break;
            case "contributions":
                snapshot["contributions"] = items;

                // A gift that could not be read would count as withdrawn, if the list claimed to be all.
                snapshot["contributionsAre"] = isWhole ? list.Are ?? "recent" : "recent";
                break;
            case "commentList":
                snapshot["commentList"] = items;
                if (list.IsWhole && isWhole && snapshot["comments"] is null)
                    snapshot["comments"] = total;
                break;
            default:
                snapshot[list.Name] = items;
                break;
        }
    }

    private JsonObject? Item(RecipeList list, FieldReading reading, AngleSharp.Dom.IElement? element, System.Text.Json.JsonElement? json, int index)
    {
        var item = new JsonObject();
        var relative = false;
        foreach (var field in list.Fields)
        {
            var finding = reading.Read(field, element, json);
            foreach (var complaint in finding.Complaints)
                Complain(string.Create(CultureInfo.InvariantCulture, $"{list.Name}[{index}].{complaint}"));
            if (finding.Value is null)
                continue;

            relative |= field.Field.Name == "at" && finding.IsRelative;
            if (field.Field.Name == "message")
                item["messageLength"] = finding.Value.GetValue<string>().Length;
            else
                item[field.Field.Name] = finding.Value;
        }

        // Without an id a gift or comment is known by its moment, and one that is told from the visit is another at each visit: it would count again and again.
        if (relative && list.Name is "contributions" or "commentList" && item["id"] is null)
            item.Remove("at");
        if (item["anonymous"]?.GetValue<bool>() == true)
            item.Remove("donor");
        if (list.Name == "actions" && (item["at"] is null || item["kind"] is null))
        {
            Complain(string.Create(CultureInfo.InvariantCulture, $"actions[{index}] must show at and kind"));
            return null;
        }

        var isEmpty = item.Count == list.Fields.Count(field => field.Constant is not null && item.ContainsKey(field.Field.Name));
        if (isEmpty && list.Name is not ("needs" or "updates"))
            Complain(string.Create(CultureInfo.InvariantCulture, $"{list.Name}[{index}] must show at least one field"));
        return isEmpty && list.Name is not ("needs" or "updates") ? null : item;
    }

    /// <summary>Counted even where it is no longer kept: the count says whether a list was read whole.</summary>
    private void Complain(string complaint)
    {
        if (complained++ < MostComplaints)
            complaints.Add(complaint);
    }

    private sealed record Opened(FetchedPage Page, PageContent Content, FieldReading Reading);
}
