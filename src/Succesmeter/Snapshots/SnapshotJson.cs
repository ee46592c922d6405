using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>
/// The one way in which a snapshot is stored: compact UTF-8 JSON with pseudonyms, the same bytes for equal snapshots. Written by hand, so that no renaming in the code changes what
/// is stored; a change of shape is a new <c>v</c>, and the old one still loads.
/// </summary>
/// <remarks>
/// Fields are in the order of the schema and absent where null, empty or at their default. Instants are milliseconds since 1970; of a date alone the
/// field ends in <c>Day</c>. Amounts carry no trailing zeros. A pseudonym is 34 hexadecimal digits, the epoch of its key first.
/// </remarks>
public static partial class SnapshotJson
{
    public const int Version = 1;

    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Write(Snapshot snapshot)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        Write(snapshot, bytes);
        return bytes.WrittenSpan.ToArray();
    }

    public static void Write(Snapshot snapshot, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteNumber("v"u8, Version);
        json.WriteString("platform"u8, snapshot.Campaign.Platform.Value);
        json.WriteString("campaign"u8, snapshot.Campaign.Name);
        json.WriteNumber("takenAt"u8, snapshot.TakenAt.ToUnixTimeMilliseconds());
        Choice(json, "state", (int?)snapshot.Status, s_statuses);
        Text(json, "title", snapshot.Title);
        Text(json, "holder", snapshot.Holder);
        Text(json, "url", snapshot.Url);
        Languages(json, snapshot.Languages);
        Text(json, "category", snapshot.Category);
        Text(json, "place", snapshot.Place);
        Number(json, "latitude", snapshot.Latitude);
        Number(json, "longitude", snapshot.Longitude);
        Text(json, "currency", snapshot.Currency);
        Number(json, "goal", snapshot.Goal);
        Number(json, "stretchGoal", snapshot.StretchGoal);
        Choice(json, "goalUnit", (int?)snapshot.GoalUnit, s_goalUnits);
        Choice(json, "funding", (int?)snapshot.Funding, s_fundings);
        When(json, snapshot.LaunchedAt, "launchedAt", "launchedDay");
        When(json, snapshot.EndsAt, "endsAt", "endsDay");
        Number(json, "pledged", snapshot.Pledged);
        Number(json, "backers", snapshot.Backers);
        Number(json, "comments", snapshot.Comments);
        Number(json, "updates", snapshot.Updates);
        Number(json, "followers", snapshot.Followers);
        Number(json, "shares", snapshot.Shares);
        Number(json, "collaborators", snapshot.Collaborators);
        Flag(json, "sensitive", snapshot.Sensitive);
        Text(json, "description", snapshot.Description);
        Items(json, "rewards", snapshot.Rewards.Count > 0 ? snapshot.Rewards : null, static (json, reward) =>
        {
            Text(json, "title", reward.Title);
            Number(json, "price", reward.Price);
            Number(json, "claimed", reward.Claimed);
            Number(json, "limit", reward.Limit);
        });
        if (snapshot.Needs is { } needs)
        {
            json.WriteStartObject("needs"u8);
            json.WriteNumber("asked"u8, needs.Asked);
            json.WriteNumber("filled"u8, needs.Filled);
            Flag(json, "declared", needs.Declared ? true : null);
            json.WriteEndObject();
        }

        if (snapshot.Members is { } members)
        {
            json.WriteStartObject("members"u8);
            json.WriteNumber("active"u8, members.Active);
            Number(json, "started", members.Started);
            Number(json, "stopped", members.Stopped);
            json.WriteEndObject();
        }

        Choice(json, "contributionsAre", (int?)snapshot.ContributionsAre, s_contributionsAre);
        Items(json, "contributions", snapshot.Contributions.Count > 0 ? snapshot.Contributions : null, static (json, gift) =>
        {
            Text(json, "id", gift.Id);
            When(json, gift.At, "at", "day");
            Number(json, "amount", gift.Amount);
            Person(json, "donor", gift.Donor);
            Choice(json, "identity", (int?)gift.Identity, s_identities);
            Flag(json, "anonymous", gift.Anonymous ? true : null);
            Number(json, "messageLength", gift.MessageLength);
            Text(json, "place", gift.Place);
            Flag(json, "rewardWaived", gift.RewardWaived ? true : null);
            Number(json, "people", gift.People == 1 ? (int?)null : gift.People);
            Flag(json, "byHolder", gift.ByHolder ? true : null);
        });
        Items(json, "supporters", snapshot.Supporters, static (json, supporter) =>
        {
            Person(json, "donor", supporter.Donor);
            Choice(json, "identity", (int?)supporter.Identity, s_identities);
            Flag(json, "anonymous", supporter.Anonymous ? true : null);
            When(json, supporter.FirstSeen, "firstSeen", "firstSeenDay");
        });
        Items(json, "commentList", snapshot.CommentList, static (json, comment) =>
        {
            Text(json, "id", comment.Id);
            When(json, comment.At, "at", "day");
            Choice(json, "by", (int?)comment.By, s_authors);
            Person(json, "author", comment.Author);
            Text(json, "answers", comment.Answers);
        });
        Items(json, "actions", snapshot.Actions.Count > 0 ? snapshot.Actions : null, static (json, action) =>
        {
            When(json, action.At, "at", "day");
            Choice(json, "kind", (int)action.Kind, s_actionKinds);
        });
        Flag(json, "actionLogKept", snapshot.ActionLogKept);
        json.WriteEndObject();
    }

    /// <summary>Equal for equal snapshots, on every machine and in every version that writes <c>v</c> 1: the first 128 bits of SHA-256 over what <see cref="Write(Snapshot)"/> writes.</summary>
    public static UInt128 ContentHash(Snapshot snapshot)
    {
        var bytes = new ArrayBufferWriter<byte>(1_024);
        Write(snapshot, bytes);
        return ContentHash(bytes.WrittenSpan);
    }

    /// <param name="written">What <see cref="Write(Snapshot)"/> gave, where it is at hand anyway.</param>
    public static UInt128 ContentHash(ReadOnlySpan<byte> written)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(written, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private static void Text(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
            json.WriteString(name, text);
    }

    private static void Flag(Utf8JsonWriter json, string name, bool? flag)
    {
        if (flag is not null)
            json.WriteBoolean(name, flag.Value);
    }

    private static void Number(Utf8JsonWriter json, string name, int? number)
    {
        if (number is not null)
            json.WriteNumber(name, number.Value);
    }

    /// <remarks>Adding 0 makes one of the two zeros that equal each other.</remarks>
    private static void Number(Utf8JsonWriter json, string name, double? number)
    {
        if (number is not null)
            json.WriteNumber(name, number.Value + 0.0);
    }

    /// <remarks>A decimal remembers how many zeros it was written with, though 25.50 equals 25.5; dividing by a long 1 makes it forget.</remarks>
    private static void Number(Utf8JsonWriter json, string name, decimal? number)
    {
        if (number is { } value)
            json.WriteNumber(name, value == 0 ? 0m : value.Scale == 0 ? value : value / 1.0000000000000000000000000000m);
    }

    private static void Choice(Utf8JsonWriter json, string name, int? choice, FieldNames choices)
    {
        if (choice is not null)
            json.WriteString(name, choices[choice.Value]);
    }

    private static void When(Utf8JsonWriter json, Moment? moment, string name, string nameOfDay)
    {
        if (moment is { } known)
            json.WriteNumber(known.IsWholeDay ? nameOfDay : name, known.At.ToUnixTimeMilliseconds());
    }

    private static void Person(Utf8JsonWriter json, string name, Pseudonym? pseudonym)
    {
        if (pseudonym is not { } known)
            return;

        Span<byte> code = stackalloc byte[PseudonymBytes];
        code[0] = known.KeyVersion;
        BinaryPrimitives.WriteUInt64BigEndian(code[1..], known.High);
        BinaryPrimitives.WriteUInt64BigEndian(code[9..], known.Low);
        Span<char> digits = stackalloc char[PseudonymBytes * 2];
        Convert.TryToHexStringLower(code, digits, out _);
        json.WriteString(name, digits);
    }

    private static void Languages(Utf8JsonWriter json, IReadOnlyList<string> languages)
    {
        if (languages.Count == 0)
            return;

        json.WriteStartArray("languages"u8);
        foreach (var language in languages)
            json.WriteStringValue(language);

        json.WriteEndArray();
    }

    private static void Items<T>(Utf8JsonWriter json, string name, IReadOnlyList<T>? items, Action<Utf8JsonWriter, T> write)
    {
        if (items is null)
            return;

        json.WriteStartArray(name);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
