using System.Text.RegularExpressions;
using AngleSharp.Css.Dom;
using Succesmeter.Campaigns;

namespace Succesmeter.Platforms.Recipes;

/// <summary>How one platform's campaigns are found and read, as its JSON file says. Checked when it is loaded; immutable.</summary>
public sealed class Recipe
{
    /// <summary>The form of the file. Another form gets another number, and this one still loads.</summary>
    public const string Schema = "succesmeter/recipe/1";

    /// <param name="platform">Whose campaigns they are.</param>
    /// <param name="campaignAddress">Which addresses are a campaign's; group id is its own name of it.</param>
    internal Recipe(PlatformId platform, Regex campaignAddress)
    {
        Platform = platform;
        CampaignAddress = campaignAddress;
    }

    public PlatformId Platform { get; }

    /// <summary>What people should know of it, such as that it could not be tried against the live site.</summary>
    public string? Note { get; init; }

    public IReadOnlySet<string> Hosts { get; init; } = new HashSet<string>();

    /// <summary>Of days and of times without a zone.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    internal IReadOnlyList<string> Tags { get; init; } = [];

    internal IReadOnlyList<ShownLanguage> Languages { get; init; } = [];

    internal IReadOnlyList<RecipeEntrance> Entrances { get; init; } = [];

    internal Regex CampaignAddress { get; }

    /// <summary>Where a campaign is visited, with {id}; null: where it was found.</summary>
    internal string? Visit { get; init; }

    /// <summary>Further pages of a visit by kind, with {address} or {id}.</summary>
    internal IReadOnlyDictionary<string, string> Pages { get; init; } = new Dictionary<string, string>();

    /// <summary>A text that every whole page holds, so that one that was cut off is noticed; null: none.</summary>
    internal string? WholePage { get; init; }

    internal IReadOnlyList<FieldSource> Gone { get; init; } = [];

    internal IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    internal IReadOnlyList<RecipeField> Fields { get; init; } = [];

    internal IReadOnlyList<RecipeList> Lists { get; init; } = [];

    /// <summary>Loads a recipe.</summary>
    /// <param name="utf8">The file.</param>
    /// <param name="name">Of the file, for errors.</param>
    /// <exception cref="RecipeException">The recipe is wrong; the message names file, field and rule.</exception>
    public static Recipe Parse(ReadOnlyMemory<byte> utf8, string name) => new RecipeReader(name).Read(utf8);
}

/// <summary>A recipe that is wrong. The message names file, field and rule.</summary>
public sealed class RecipeException(string file, string field, string rule) : Exception($"{file}: {field} {rule}.")
{
    public string Field { get; } = field;

    public string Rule { get; } = rule;
}

internal enum EntranceKind
{
    Sitemap,
    List,
    Feed,
}

/// <summary>A page on which campaigns are found.</summary>
/// <param name="Links">Of a list: where its links stand.</param>
/// <param name="Next">Of a list: the link to its next page.</param>
/// <param name="NextAddress">Of a list: the address of its next pages, with {page}; the first is 2.</param>
/// <param name="MaxPages">Of a list.</param>
internal sealed record RecipeEntrance(EntranceKind Kind, Uri Address, FieldSource? Links, FieldSource? Next, string? NextAddress, int MaxPages);

/// <summary>How one field is read: the sources in the order of trust.</summary>
/// <param name="Page">On which page of the visit.</param>
/// <param name="Map">What the page's words mean, in lower case; of choices and flags.</param>
/// <param name="InMinorUnits">The page shows cents.</param>
/// <param name="Constant">Of a choice or flag that is the same for all items of a list; then there are no sources.</param>
internal sealed record RecipeField(SnapshotField Field, string Page, IReadOnlyList<FieldSource> From, IReadOnlyDictionary<string, string> Map, bool InMinorUnits, string? Constant = null);

/// <summary>How a list is read.</summary>
/// <param name="Are">Of contributions: all, new or recent.</param>
/// <param name="IsWhole">The list shows everything there is, so its length is a count.</param>
/// <param name="Next">The link to the list's next page, or null.</param>
internal sealed record RecipeList(string Name, string Page, FieldSource Items, IReadOnlyList<RecipeField> Fields, string? Are, bool IsWhole, FieldSource? Next, int MaxPages);

/// <summary>In the order of trust.</summary>
internal enum SourceKind
{
    JsonLd,
    Meta,
    State,
    Item,
    Css,
    Regex,
}

/// <summary>One place where a value may stand.</summary>
internal sealed record FieldSource(SourceKind Kind)
{
    /// <summary>As the recipe writes it, for people.</summary>
    public required string Text { get; init; }

    /// <summary>Of JSON-LD, state and items of JSON.</summary>
    public JsonPath? Path { get; init; }

    /// <summary>Of JSON-LD: the @type of the node, or any.</summary>
    public string? Type { get; init; }

    /// <summary>Of a meta element: its property, name or itemprop.</summary>
    public string? Name { get; init; }

    /// <summary>Of CSS, and of state the script element; null: scripts that hold JSON, or the page where it is JSON itself. Of CSS in an item null: the item itself.</summary>
    public ISelector? Selector { get; init; }

    /// <summary>Of CSS: null for the text.</summary>
    public string? Attribute { get; init; }

    /// <summary>Of state: the JSON begins behind this text, as in <c>window.__STATE__ =</c>.</summary>
    public string? After { get; init; }

    public Regex? Pattern { get; init; }

    /// <summary>What of the text is meant: the group value, else the first group, else the whole match.</summary>
    public Regex? Match { get; init; }

    /// <summary>In which the value is written, whatever the page says.</summary>
    public ShownLanguage? Language { get; init; }

    /// <summary>Where several values differ, the first is meant.</summary>
    public bool First { get; init; }
}
