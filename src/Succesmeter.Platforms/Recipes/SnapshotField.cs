using System.Collections.Frozen;
using Succesmeter.Snapshots;

namespace Succesmeter.Platforms.Recipes;

internal enum FieldKind
{
    Text,
    Amount,
    Count,
    Moment,
    Choice,
    Flag,
    Degrees,
    Languages,
}

/// <summary>A field that a recipe may fill, by the form of snapshot version 1.</summary>
/// <param name="Name">As in a snapshot; of an object inside it with a dot: <c>members.active</c>.</param>
/// <param name="Limit">Characters of a text; the rest is cut off.</param>
/// <param name="Choices">Of a choice.</param>
internal sealed record SnapshotField(string Name, FieldKind Kind, int Limit, IReadOnlyList<string> Choices)
{
    private static readonly int Names = SnapshotLimits.Default.MaxName, Titles = SnapshotLimits.Default.MaxTitle, Descriptions = SnapshotLimits.Default.MaxDescription;

    /// <summary>Of the campaign itself. Platform, campaign and instant come from the visit.</summary>
    public static readonly FrozenDictionary<string, SnapshotField> OfCampaign = ByName(
        Choice("state", "live", "succeeded", "failed", "cancelled"),
        Text("title", Titles), Text("holder", Names), Text("category", Names), Text("place", Names), Text("currency", 3), Text("description", Descriptions),
        Of("languages", FieldKind.Languages), Of("latitude", FieldKind.Degrees), Of("longitude", FieldKind.Degrees),
        Of("goal", FieldKind.Amount), Of("stretchGoal", FieldKind.Amount), Of("pledged", FieldKind.Amount),
        Choice("goalUnit", "money", "orders"), Choice("funding", "all-or-nothing", "keep-it-all", "recurring"),
        Of("launchedAt", FieldKind.Moment), Of("endsAt", FieldKind.Moment),
        Of("backers", FieldKind.Count), Of("comments", FieldKind.Count), Of("updates", FieldKind.Count), Of("followers", FieldKind.Count), Of("shares", FieldKind.Count), Of("collaborators", FieldKind.Count),
        Of("sensitive", FieldKind.Flag), Of("actionLogKept", FieldKind.Flag),
        Of("members.active", FieldKind.Count), Of("members.started", FieldKind.Count), Of("members.stopped", FieldKind.Count),
        Of("needs.asked", FieldKind.Count), Of("needs.filled", FieldKind.Count), Of("needs.declared", FieldKind.Flag));

    private static readonly SnapshotField Identity = Choice("identity", "account", "full-name", "first-name");

    /// <summary>Of the items of each list. Needs and updates are counted; updates are actions too where their moment is shown.</summary>
    public static readonly FrozenDictionary<string, FrozenDictionary<string, SnapshotField>> OfLists = new Dictionary<string, FrozenDictionary<string, SnapshotField>>(StringComparer.Ordinal)
    {
        ["contributions"] = ByName(Text("id", Names), Of("at", FieldKind.Moment), Of("amount", FieldKind.Amount), Text("donor", Names), Identity, Of("anonymous", FieldKind.Flag),
            Of("messageLength", FieldKind.Count), Text("message", Descriptions), Text("place", Names), Of("rewardWaived", FieldKind.Flag), Of("people", FieldKind.Count)),
        ["supporters"] = ByName(Text("donor", Names), Identity, Of("anonymous", FieldKind.Flag), Of("firstSeen", FieldKind.Moment)),
        ["commentList"] = ByName(Text("id", Names), Of("at", FieldKind.Moment), Choice("by", "backer", "holder", "other"), Text("author", Names), Text("answers", Names)),
        ["rewards"] = ByName(Text("title", Titles), Of("price", FieldKind.Amount), Of("claimed", FieldKind.Count), Of("limit", FieldKind.Count)),
        ["actions"] = ByName(Of("at", FieldKind.Moment), Choice("kind", "mail", "press", "event", "social", "update", "thanks", "other")),
        ["updates"] = ByName(Of("at", FieldKind.Moment)),
        ["needs"] = ByName(Of("filled", FieldKind.Flag)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static SnapshotField Of(string name, FieldKind kind) => new(name, kind, 0, []);

    private static SnapshotField Text(string name, int limit) => new(name, FieldKind.Text, limit, []);

    private static SnapshotField Choice(string name, params string[] choices) => new(name, FieldKind.Choice, 0, choices);

    private static FrozenDictionary<string, SnapshotField> ByName(params SnapshotField[] fields) => fields.ToFrozenDictionary(static field => field.Name, StringComparer.Ordinal);
}
