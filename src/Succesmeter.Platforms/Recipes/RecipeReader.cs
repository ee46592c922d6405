using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using AngleSharp.Css.Parser;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;

namespace Succesmeter.Platforms.Recipes;

/// <summary>Reads and checks a recipe's file. The first rule that is broken ends it: what is not known is an error, since a field that is misspelt would otherwise never be read.</summary>
internal sealed class RecipeReader(string file)
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private const int MostPages = 1_000;

    private readonly CssSelectorParser selectors = new();

    public Recipe Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new RecipeException(file, "$", $"is not valid JSON (line {e.LineNumber + 1})");
        }
        catch (InvalidOperationException)
        {
            throw new RecipeException(file, "$", "holds a text that is not Unicode");
        }
    }

    private Recipe Read(JsonElement root)
    {
        Known(root, "$", "schema", "platform", "note", "hosts", "zone", "languages", "find", "campaign", "pages", "wholePage", "gone", "constants", "fields", "lists");
        if (Text(root, "schema", "schema") != Recipe.Schema)
            throw Wrong("schema", $"must be {Recipe.Schema}");
        if (!PlatformId.TryParse(Needed(root, "platform", "platform"), out var platform))
            throw Wrong("platform", IdRule.Text);

        var zone = Text(root, "zone", "zone") ?? "UTC";
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
            throw Wrong("zone", $"must be an IANA time zone known here, not '{zone}'");

        var hosts = Texts(root, "hosts").Select(static host => host.ToLowerInvariant()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (hosts.Count == 0)
            throw Wrong("hosts", "must name at least one host");
        foreach (var host in hosts)
            if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
                throw Wrong("hosts", $"must hold host names without scheme and port, not '{host}'");

        var tags = Texts(root, "languages");
        if (tags.Count == 0)
            throw Wrong("languages", "must name at least one language");
        var languages = tags.Select((tag, i) => ShownLanguage.Find(tag) ?? throw Wrong($"languages[{i}]", $"must be one of {ShownLanguage.Known}")).ToList();

        var campaign = root.TryGetProperty("campaign", out var it) ? it : throw Wrong("campaign", "must be given");
        Known(campaign, "campaign", "address", "visit");
        var address = Pattern(Needed(campaign, "address", "campaign.address"), "campaign.address");
        if (!address.GetGroupNames().Contains("id"))
            throw Wrong("campaign.address", "must have a group (?<id>…)");
        var visit = Text(campaign, "visit", "campaign.visit");
        if (visit is not null && !visit.Contains("{id}", StringComparison.Ordinal))
            throw Wrong("campaign.visit", "must hold {id}");
        if (visit is not null)
            Address(visit.Replace("{id}", "x", StringComparison.Ordinal), "campaign.visit", hosts);

        if (visit is not null && !address.IsMatch(visit.Replace("{id}", "x", StringComparison.Ordinal)))
            throw Wrong("campaign.visit", "must be an address that campaign.address matches");

        var pages = Pages(root, hosts);
        var lists = Lists(root, pages);
        var fields = Fields(root, "fields", SnapshotField.OfCampaign, pages, item: null);
        if (!fields.Any(static field => field.Field.Name is "pledged" or "members.active"))
            throw Wrong("fields", "must say how pledged is read, or members.active");

        return new Recipe(platform, address)
        {
            Note = Text(root, "note", "note"),
            Hosts = hosts,
            Zone = found,
            Tags = tags,
            Languages = languages,
            Entrances = Entrances(root, hosts),
            Visit = visit,
            Pages = pages,
            WholePage = root.TryGetProperty("wholePage", out var whole) ? whole.ValueKind == JsonValueKind.Null ? null : Text(root, "wholePage", "wholePage") : "</html>",
            Gone = root.TryGetProperty("gone", out var gone) ? Sources(gone, "gone", item: null) : [],
            Constants = Constants(root),
            Fields = fields,
            Lists = lists,
        };
    }

    private Dictionary<string, string> Pages(JsonElement root, HashSet<string> hosts)
    {
        var pages = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (kind, value) in Members(root, "pages"))
        {
            var field = $"pages.{kind}";
            if (kind == RecipeVisit.MainPage || kind.Length > 40 || !kind.All(static c => char.IsAsciiLetterLower(c)))
                throw Wrong(field, $"must be named by lower-case letters, and not {RecipeVisit.MainPage}");
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(field, "must be a text");
            if (!text.StartsWith("{address}", StringComparison.Ordinal))
                Address(text.Replace("{id}", "x", StringComparison.Ordinal), field, hosts);
            pages.Add(kind, text);
        }

        return pages;
    }

    private Dictionary<string, string> Constants(JsonElement root)
    {
        var constants = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in Members(root, "constants"))
        {
            var field = $"constants.{name}";
            if (!SnapshotField.OfCampaign.TryGetValue(name, out var known) || known.Kind is FieldKind.Amount or FieldKind.Count or FieldKind.Moment or FieldKind.Degrees or FieldKind.Languages)
                throw Wrong(field, "must be a text, choice or flag of a snapshot: numbers and dates are read, never set");

            var text = Constant(value, field, known);
            if (name == "currency" && !(text.Length == 3 && text.All(char.IsAsciiLetterUpper)))
                throw Wrong(field, "must be a currency of ISO 4217 such as EUR");
            constants.Add(name, text);
        }

        return constants;
    }

    private string Constant(JsonElement value, string path, SnapshotField field)
    {
        if (field.Kind == FieldKind.Flag)
            return value.ValueKind switch { JsonValueKind.True => "true", JsonValueKind.False => "false", _ => throw Wrong(path, "must be true or false") };

        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(path, "must be a text");
        if (field.Kind == FieldKind.Choice && !field.Choices.Contains(text))
            throw Wrong(path, $"must be one of {string.Join(", ", field.Choices)}");
        return field.Kind is FieldKind.Choice or FieldKind.Text ? text : throw Wrong(path, "must be read from the page");
    }

    private List<RecipeEntrance> Entrances(JsonElement root, HashSet<string> hosts)
    {
        var entrances = new List<RecipeEntrance>();
        foreach (var (entrance, field) in Items(root, "find"))
        {
            Known(entrance, field, "kind", "address", "links", "next", "nextAddress", "maxPages");
            var kind = Needed(entrance, "kind", $"{field}.kind") switch
            {
                "sitemap" => EntranceKind.Sitemap,
                "list" => EntranceKind.List,
                "feed" => EntranceKind.Feed,
                _ => throw Wrong($"{field}.kind", "must be one of sitemap, list, feed"),
            };
            var address = Address(Needed(entrance, "address", $"{field}.address"), $"{field}.address", hosts);
            if (kind != EntranceKind.List && (entrance.TryGetProperty("links", out _) || entrance.TryGetProperty("next", out _) || entrance.TryGetProperty("nextAddress", out _)))
                throw Wrong(field, "must have links and next pages only where its kind is list");

            var nextAddress = Text(entrance, "nextAddress", $"{field}.nextAddress");
            if (nextAddress is not null && !nextAddress.Contains("{page}", StringComparison.Ordinal))
                throw Wrong($"{field}.nextAddress", "must hold {page}");
            if (nextAddress is not null)
                Address(nextAddress.Replace("{page}", "2", StringComparison.Ordinal), $"{field}.nextAddress", hosts);

            var links = kind == EntranceKind.List ? Source(entrance.TryGetProperty("links", out var value) ? value : throw Wrong($"{field}.links", "must be given"), $"{field}.links", item: null) : null;
            var next = entrance.TryGetProperty("next", out value) ? Source(value, $"{field}.next", item: null) : null;
            if (next is not null && nextAddress is not null)
                throw Wrong($"{field}.next", "must not stand beside nextAddress");
            entrances.Add(new RecipeEntrance(kind, address, WithHref(links), WithHref(next), nextAddress, Number(entrance, "maxPages", $"{field}.maxPages", 100)));
        }

        return entrances;
    }

    /// <summary>A link's address stands in its href.</summary>
    private static FieldSource? WithHref(FieldSource? source) => source is { Kind: SourceKind.Css, Attribute: null } ? source with { Attribute = "href" } : source;

    private List<RecipeList> Lists(JsonElement root, Dictionary<string, string> pages)
    {
        var lists = new List<RecipeList>();
        foreach (var (name, value) in Members(root, "lists"))
        {
            var field = $"lists.{name}";
            if (!SnapshotField.OfLists.TryGetValue(name, out var known))
                throw Wrong(field, $"must be one of {string.Join(", ", SnapshotField.OfLists.Keys.Order(StringComparer.Ordinal))}");

            Known(value, field, "page", "items", "fields", "are", "whole", "next", "maxPages");
            var items = Source(value.TryGetProperty("items", out var source) ? source : throw Wrong($"{field}.items", "must be given"), $"{field}.items", item: null);
            if (items.Kind is SourceKind.Meta or SourceKind.Regex || items.Attribute is not null || items.Match is not null)
                throw Wrong($"{field}.items", "must be css without an attribute, jsonLd or state");

            var are = Text(value, "are", $"{field}.are");
            if (are is not null && (name != "contributions" || are is not ("all" or "new" or "recent")))
                throw Wrong($"{field}.are", "must be all, new or recent, and of contributions alone");

            var fields = Fields(value, "fields", known, pages, items.Kind, field);
            if (name is "actions" && !(fields.Exists(static f => f.Field.Name == "at") && fields.Exists(static f => f.Field.Name == "kind")))
                throw Wrong($"{field}.fields", "must say how at and kind are read");

            var next = value.TryGetProperty("next", out source) ? WithHref(Source(source, $"{field}.next", item: null)) : null;
            var page = Page(value, field, pages);
            if (next is not null && lists.Exists(list => list.Next is not null && list.Page == page))
                throw Wrong($"{field}.next", $"must not be given for two lists on {page}: what follows would be taken for both");
            lists.Add(new RecipeList(name, page, items, fields, are, Flag(value, "whole", $"{field}.whole"), next, Number(value, "maxPages", $"{field}.maxPages", 20)));
        }

        return lists;
    }

    private List<RecipeField> Fields(JsonElement owner, string property, IReadOnlyDictionary<string, SnapshotField> known, Dictionary<string, string> pages, SourceKind? item, string? path = null)
    {
        var fields = new List<RecipeField>();
        foreach (var (name, value) in Members(owner, property, path))
        {
            var field = path is null ? $"{property}.{name}" : $"{path}.{property}.{name}";
            if (!known.TryGetValue(name, out var snapshotField))
                throw Wrong(field, $"must be one of {string.Join(", ", known.Keys.Order(StringComparer.Ordinal))}");

            if (value.ValueKind == JsonValueKind.Array)
            {
                fields.Add(new RecipeField(snapshotField, RecipeVisit.MainPage, Sources(value, field, item), new Dictionary<string, string>(), false));
                continue;
            }

            if (item is not null && value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
            {
                fields.Add(new RecipeField(snapshotField, RecipeVisit.MainPage, [], new Dictionary<string, string>(), false, Constant(value, field, snapshotField)));
                continue;
            }

            Known(value, field, "from", "map", "minorUnits", "page");
            var minor = Flag(value, "minorUnits", $"{field}.minorUnits");
            if (minor && snapshotField.Kind != FieldKind.Amount)
                throw Wrong($"{field}.minorUnits", "must be of an amount");
            if (item is not null && value.TryGetProperty("page", out _))
                throw Wrong($"{field}.page", "must stand at the list, not at its fields");

            var from = Sources(value.TryGetProperty("from", out var sources) ? sources : throw Wrong($"{field}.from", "must be given"), $"{field}.from", item);
            fields.Add(new RecipeField(snapshotField, Page(value, field, pages), from, Map(value, field, snapshotField), minor));
        }

        return fields;
    }

    private Dictionary<string, string> Map(JsonElement owner, string path, SnapshotField field)
    {
        var map = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        IReadOnlyList<string> choices = field.Kind == FieldKind.Flag ? ["true", "false"] : field.Choices;
        foreach (var (word, value) in Members(owner, "map", path))
        {
            var text = value.ValueKind switch { JsonValueKind.String => value.GetString()!, JsonValueKind.True => "true", JsonValueKind.False => "false", _ => "" };
            if (!choices.Contains(text))
                throw Wrong($"{path}.map.{word}", choices.Count == 0 ? "must be of a choice or a flag" : $"must be one of {string.Join(", ", choices)}");
            map[word.Trim()] = text;
        }

        return map;
    }

    private string Page(JsonElement owner, string path, Dictionary<string, string> pages)
    {
        var page = Text(owner, "page", $"{path}.page") ?? RecipeVisit.MainPage;
        return page == RecipeVisit.MainPage || pages.ContainsKey(page) ? page : throw Wrong($"{path}.page", $"must be {RecipeVisit.MainPage} or one of pages");
    }

    /// <summary>Whatever order they are written in, they are tried in the order of trust.</summary>
    private List<FieldSource> Sources(JsonElement value, string path, SourceKind? item)
    {
        if (value.ValueKind != JsonValueKind.Array || value.GetArrayLength() == 0)
            throw Wrong(path, "must be a list of sources, not empty");
        return [.. value.EnumerateArray().Select((source, i) => Source(source, $"{path}[{i}]", item)).OrderBy(static source => source.Kind)];
    }

    private FieldSource Source(JsonElement value, string path, SourceKind? item)
    {
        Known(value, path, "jsonLd", "type", "meta", "state", "script", "after", "item", "css", "attribute", "regex", "match", "language", "first");
        var kinds = new[] { ("jsonLd", SourceKind.JsonLd), ("meta", SourceKind.Meta), ("state", SourceKind.State), ("item", SourceKind.Item), ("css", SourceKind.Css), ("regex", SourceKind.Regex) }
            .Where(kind => value.TryGetProperty(kind.Item1, out _)).ToList();
        if (kinds.Count != 1)
            throw Wrong(path, "must have one of jsonLd, meta, state, css, regex, and in a list's items of JSON item");

        var (name, kind) = kinds[0];
        var allowed = item switch
        {
            null => kind != SourceKind.Item,
            SourceKind.Css => kind is SourceKind.Css or SourceKind.Regex,
            _ => kind == SourceKind.Item,
        };
        if (!allowed)
            throw Wrong(path, item is null ? "must not be item outside a list" : item == SourceKind.Css ? "must be css or regex inside an item of css" : "must be item inside an item of JSON");

        var text = Needed(value, name, $"{path}.{name}", mayBeEmpty: kind == SourceKind.Css && item is not null);
        Only(value, path, "type", kind == SourceKind.JsonLd);
        Only(value, path, "script", kind == SourceKind.State);
        Only(value, path, "after", kind == SourceKind.State);
        Only(value, path, "attribute", kind == SourceKind.Css);
        var language = Text(value, "language", $"{path}.language");
        var script = Text(value, "script", $"{path}.script");
        var attribute = Text(value, "attribute", $"{path}.attribute");
        return new FieldSource(kind)
        {
            Text = attribute is null ? $"{name} {text}" : $"{name} {text} @{attribute}",
            Path = kind is SourceKind.JsonLd or SourceKind.State or SourceKind.Item ? JsonPath.TryParse(text) ?? throw Wrong($"{path}.{name}", "must be a path such as a.b[0].c, a[*].b or ..b") : null,
            Type = Text(value, "type", $"{path}.type"),
            Name = kind == SourceKind.Meta ? text : null,
            Selector = kind == SourceKind.Css ? (text.Length == 0 ? null : Selector(text, $"{path}.css")) : script is null ? null : Selector(script, $"{path}.script"),
            Attribute = attribute,
            After = Text(value, "after", $"{path}.after"),
            Pattern = kind == SourceKind.Regex ? Pattern(text, $"{path}.regex") : null,
            Match = Text(value, "match", $"{path}.match") is { } match ? Pattern(match, $"{path}.match") : null,
            Language = language is null ? null : ShownLanguage.Find(language) ?? throw Wrong($"{path}.language", $"must be one of {ShownLanguage.Known}"),
            First = Flag(value, "first", $"{path}.first"),
        };
    }

    private void Only(JsonElement value, string path, string property, bool may)
    {
        if (!may && value.TryGetProperty(property, out _))
            throw Wrong($"{path}.{property}", "does not belong to this source");
    }

    private ISelector Selector(string text, string path) => selectors.ParseSelector(text) ?? throw Wrong(path, "must be a CSS selector");

    private Regex Pattern(string text, string path)
    {
        try
        {
            return new Regex(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline, Patience);
        }
        catch (ArgumentException e)
        {
            throw Wrong(path, $"must be a regular expression ({e.Message.TrimEnd('.')})");
        }
        catch (NotSupportedException)
        {
            throw Wrong(path, "must be a regular expression without look-around, back-references and atomic groups, so that it is matched in linear time");
        }
    }

    private Uri Address(string text, string path, HashSet<string> hosts)
    {
        if (!AddressText.TryParse(text, out var address) || address.Scheme is not ("http" or "https"))
            throw Wrong(path, "must be an address that begins with https:// or http://");
        return hosts.Contains(address.Host) ? address : throw Wrong(path, "must lie on one of hosts");
    }

    private string Needed(JsonElement owner, string property, string path, bool mayBeEmpty = false) =>
        Text(owner, property, path) is { } text && (mayBeEmpty || text.Length > 0) ? text : throw Wrong(path, "must be given");

    private string? Text(JsonElement owner, string property, string path)
    {
        if (!owner.TryGetProperty(property, out var value))
            return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(path, "must be a text");
    }

    private bool Flag(JsonElement owner, string property, string path)
    {
        if (!owner.TryGetProperty(property, out var value))
            return false;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Wrong(path, "must be true or false");
    }

    private int Number(JsonElement owner, string property, string path, int otherwise)
    {
        if (!owner.TryGetProperty(property, out var value))
            return otherwise;
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) && number is >= 1 and <= MostPages ? number : throw Wrong(path, $"must be a number from 1 to {MostPages}");
    }

    private List<string> Texts(JsonElement root, string property)
    {
        if (!root.TryGetProperty(property, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(property, "must be a list");
        return [.. value.EnumerateArray().Select((text, i) => text.ValueKind == JsonValueKind.String ? text.GetString()! : throw Wrong($"{property}[{i}]", "must be a text"))];
    }

    private List<(JsonElement Item, string Path)> Items(JsonElement root, string property)
    {
        if (!root.TryGetProperty(property, out var value))
            return [];
        if (value.ValueKind != JsonValueKind.Array)
            throw Wrong(property, "must be a list");
        return [.. value.EnumerateArray().Select((item, i) => (item, $"{property}[{i}]"))];
    }

    private List<(string Name, JsonElement Value)> Members(JsonElement owner, string property, string? path = null)
    {
        if (!owner.TryGetProperty(property, out var value))
            return [];
        var at = path is null ? property : $"{path}.{property}";
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(at, "must be an object");

        var members = value.EnumerateObject().Select(static member => (member.Name, member.Value)).ToList();
        if (members.GroupBy(static member => member.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Count() > 1) is { } twice)
            throw Wrong($"{at}.{twice.Key}", "must stand only once");
        return members;
    }

    private void Known(JsonElement value, string path, params string[] names)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Wrong(path, "must be an object");
        foreach (var member in value.EnumerateObject())
            if (!names.Contains(member.Name))
                throw Wrong(path == "$" ? (member.Name.Length > 0 ? member.Name : "\"\"") : $"{path}.{member.Name}", $"is not known here; known are {string.Join(", ", names)}");
    }

    private RecipeException Wrong(string field, string rule) => new(file, field, rule);
}
