using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <content>Reading what was stored. It was checked before it was written: what does not fit here is damage, and an exception.</content>
public static partial class SnapshotJson
{
    private const int PseudonymBytes = 17;

    private static readonly FieldNames s_statuses = FieldNames.OfChoices<CampaignStatus>();
    private static readonly FieldNames s_goalUnits = FieldNames.OfChoices<GoalUnit>();
    private static readonly FieldNames s_fundings = FieldNames.OfChoices<FundingModel>();
    private static readonly FieldNames s_contributionsAre = FieldNames.OfChoices<ContributionsAre>();
    private static readonly FieldNames s_identities = FieldNames.OfChoices<IdentityQuality>();
    private static readonly FieldNames s_authors = FieldNames.OfChoices<CommentAuthor>();
    private static readonly FieldNames s_actionKinds = FieldNames.OfChoices<ActionKind>();

    /// <exception cref="FormatException">The bytes are of another version, or not what <see cref="Write(Snapshot)"/> wrote.</exception>
    public static Snapshot Read(ReadOnlyMemory<byte> stored)
    {
        try
        {
            using var document = JsonDocument.Parse(stored);
            var root = document.RootElement;
            var version = Field(root, "v")?.GetInt32();
            return version == Version ? ReadVersion1(root) : throw new FormatException($"A stored snapshot has version {version}, this reads {Version}.");
        }
        catch (Exception damage) when (damage is JsonException or InvalidOperationException or ArgumentException or KeyNotFoundException)
        {
            throw new FormatException($"A stored snapshot is damaged: {damage.Message}", damage);
        }
    }

    /// <summary>A number too large for its type is read as infinite, and would be written as nothing that JSON knows.</summary>
    private static double? Degrees(JsonElement root, string name) =>
        Field(root, name)?.GetDouble() is not { } degrees ? null : double.IsFinite(degrees) ? degrees : throw new FormatException($"{name} is not finite.");

    private static Snapshot ReadVersion1(JsonElement root) => new()
    {
        Campaign = new CampaignId(new PlatformId(Text(root, "platform") ?? ""), Text(root, "campaign") ?? ""),
        TakenAt = DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("takenAt").GetInt64()),
        Status = (CampaignStatus?)Choice(root, "state", s_statuses),
        Title = Text(root, "title"),
        Holder = Text(root, "holder"),
        Url = Text(root, "url"),
        Languages = Field(root, "languages") is { } languages ? [.. languages.EnumerateArray().Select(l => l.GetString() ?? "")] : [],
        Category = Text(root, "category"),
        Place = Text(root, "place"),
        Latitude = Degrees(root, "latitude"),
        Longitude = Degrees(root, "longitude"),
        Currency = Text(root, "currency"),
        Goal = Field(root, "goal")?.GetDecimal(),
        StretchGoal = Field(root, "stretchGoal")?.GetDecimal(),
        GoalUnit = (GoalUnit?)Choice(root, "goalUnit", s_goalUnits),
        Funding = (FundingModel?)Choice(root, "funding", s_fundings),
        LaunchedAt = When(root, "launchedAt", "launchedDay"),
        EndsAt = When(root, "endsAt", "endsDay"),
        Pledged = Field(root, "pledged")?.GetDecimal(),
        Backers = Whole(root, "backers"),
        Comments = Whole(root, "comments"),
        Updates = Whole(root, "updates"),
        Followers = Whole(root, "followers"),
        Shares = Whole(root, "shares"),
        Collaborators = Whole(root, "collaborators"),
        Sensitive = Field(root, "sensitive")?.GetBoolean(),
        Description = Text(root, "description"),
        Rewards = Items(root, "rewards", static item =>
            new Reward(Text(item, "title"), Field(item, "price")?.GetDecimal(), Whole(item, "claimed"), Whole(item, "limit"))) ?? [],
        Needs = Field(root, "needs") is { } needs ? ReadNeeds(needs) : null,
        Members = Field(root, "members") is { } members
            ? new Members(members.GetProperty("active").GetInt32(), Whole(members, "started"), Whole(members, "stopped"))
            : null,
        ContributionsAre = (ContributionsAre?)Choice(root, "contributionsAre", s_contributionsAre),
        Contributions = Items(root, "contributions", ReadContribution) ?? [],
        Supporters = Items(root, "supporters", static item => new Supporter(
            Person(item, "donor"), (IdentityQuality?)Choice(item, "identity", s_identities), IsSet(item, "anonymous"), When(item, "firstSeen", "firstSeenDay"))),
        CommentList = Items(root, "commentList", static item => new Comment(
            Text(item, "id"), When(item, "at", "day"), (CommentAuthor?)Choice(item, "by", s_authors), Person(item, "author"), Text(item, "answers"))),
        Actions = Items(root, "actions", static item => new HolderAction(
            When(item, "at", "day") ?? throw new KeyNotFoundException("An action has no time."),
            (ActionKind)(Choice(item, "kind", s_actionKinds) ?? throw new KeyNotFoundException("An action has no kind.")))) ?? [],
        ActionLogKept = Field(root, "actionLogKept")?.GetBoolean(),
    };

    private static Needs ReadNeeds(JsonElement needs) =>
        new(needs.GetProperty("asked").GetInt32(), needs.GetProperty("filled").GetInt32()) { Declared = IsSet(needs, "declared") };

    /// <remarks>Walks the few fields that a gift has instead of asking for each that it might have: campaigns have thousands of gifts.</remarks>
    private static Contribution ReadContribution(JsonElement item)
    {
        string? id = null, place = null;
        Moment? at = null;
        decimal? amount = null;
        Pseudonym? donor = null;
        int? identity = null, messageLength = null;
        bool anonymous = false, rewardWaived = false, byHolder = false;
        var people = 1;
        foreach (var field in item.EnumerateObject())
        {
            switch (field.Name)
            {
                case "id": id = field.Value.GetString(); break;
                case "at": at = Instant(field.Value, isWholeDay: false); break;
                case "day": at = Instant(field.Value, isWholeDay: true); break;
                case "amount": amount = field.Value.GetDecimal(); break;
                case "donor": donor = Person(field.Value); break;
                case "identity": identity = Choice(field.Value, s_identities); break;
                case "anonymous": anonymous = field.Value.GetBoolean(); break;
                case "messageLength": messageLength = field.Value.GetInt32(); break;
                case "place": place = field.Value.GetString(); break;
                case "rewardWaived": rewardWaived = field.Value.GetBoolean(); break;
                case "people": people = field.Value.GetInt32(); break;
                case "byHolder": byHolder = field.Value.GetBoolean(); break;
            }
        }

        return new Contribution
        {
            Id = id,
            At = at,
            Amount = amount,
            Donor = donor,
            Identity = (IdentityQuality?)identity,
            Anonymous = anonymous,
            MessageLength = messageLength,
            Place = place,
            RewardWaived = rewardWaived,
            People = people,
            ByHolder = byHolder,
        };
    }

    private static JsonElement? Field(JsonElement owner, string name) => owner.TryGetProperty(name, out var field) ? field : null;

    private static string? Text(JsonElement owner, string name) => Field(owner, name)?.GetString();

    private static int? Whole(JsonElement owner, string name) => Field(owner, name)?.GetInt32();

    private static bool IsSet(JsonElement owner, string name) => Field(owner, name)?.GetBoolean() == true;

    private static int? Choice(JsonElement owner, string name, FieldNames choices) => Field(owner, name) is { } field ? Choice(field, choices) : null;

    private static int Choice(JsonElement field, FieldNames choices) =>
        choices.IndexOf(field.GetString()) is >= 0 and var choice ? choice : throw new KeyNotFoundException($"'{field}' is none of {choices}.");

    private static Moment? When(JsonElement owner, string name, string nameOfDay) =>
        Field(owner, name) is { } instant ? Instant(instant, isWholeDay: false)
        : Field(owner, nameOfDay) is { } day ? Instant(day, isWholeDay: true)
        : null;

    private static Moment Instant(JsonElement field, bool isWholeDay) => new(DateTimeOffset.FromUnixTimeMilliseconds(field.GetInt64()), isWholeDay);

    private static Pseudonym? Person(JsonElement owner, string name) => Field(owner, name) is { } field ? Person(field) : null;

    private static Pseudonym Person(JsonElement field)
    {
        Span<byte> code = stackalloc byte[PseudonymBytes];
        return Convert.FromHexString(field.GetString() ?? "", code, out _, out var length) == OperationStatus.Done && length == PseudonymBytes
            ? new Pseudonym(BinaryPrimitives.ReadUInt64BigEndian(code[1..]), BinaryPrimitives.ReadUInt64BigEndian(code[9..]), code[0])
            : throw new KeyNotFoundException("A pseudonym is not 34 hexadecimal digits.");
    }

    private static T[]? Items<T>(JsonElement owner, string name, Func<JsonElement, T> read)
    {
        if (Field(owner, name) is not { } list)
            return null;

        var items = new T[list.GetArrayLength()];
        var at = 0;
        foreach (var item in list.EnumerateArray())
            items[at++] = read(item);

        return items;
    }
}
