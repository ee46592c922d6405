using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Tables;

/// <summary>Notes as a column of a row.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(StoredNote[]))]
internal sealed partial class NoteJson : JsonSerializerContext
{
    public static string Write(IEnumerable<Note> notes) => JsonSerializer.Serialize([.. notes.Select(Store)], Default.StoredNoteArray);

    /// <exception cref="InvalidDataException">The text is no list of notes, or holds one of a kind that this release does not know.</exception>
    public static IReadOnlyList<Note> Read(string text)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize(text, Default.StoredNoteArray) ?? []).Select(Restore)];
        }
        catch (Exception damaged) when (damaged is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"Notes cannot be read: {damaged.Message}", damaged);
        }
    }

    private static StoredNote Store(Note note)
    {
        var stored = new StoredNote { At = note.At.ToUnixTimeMilliseconds(), Withdrawn = note.Withdrawn };
        return note switch
        {
            Note.Acted acted => stored with { Kind = "action", Action = acted.Kind.ToString() },
            Note.GaveByHand gave => stored with { Kind = "by-hand", People = gave.People, Amount = gave.AmountMinor },
            Note.ConfirmedByHand gave => stored with { Kind = "by-hand-confirmed", People = gave.People, Amount = gave.AmountMinor },
            Note.ConfirmedBurst { Burst: var burst } => stored with
            {
                Kind = "burst-confirmed",
                Amount = burst.AmountMinor,
                People = burst.Gifts,
                From = burst.From.ToUnixTimeMilliseconds(),
                Until = burst.Until.ToUnixTimeMilliseconds(),
            },
            _ => throw new UnreachableException(),
        };
    }

    private static Note Restore(StoredNote? stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var at = DateTimeOffset.FromUnixTimeMilliseconds(stored.At);
        Note note = stored.Kind switch
        {
            "action" => new Note.Acted(at, ActionOf(stored.Action)),
            "by-hand" => new Note.GaveByHand(at, stored.People, stored.Amount),
            "by-hand-confirmed" => new Note.ConfirmedByHand(at, stored.People, stored.Amount),
            "burst-confirmed" => new Note.ConfirmedBurst(
                at, new GiftBurst(stored.Amount, DateTimeOffset.FromUnixTimeMilliseconds(stored.From), DateTimeOffset.FromUnixTimeMilliseconds(stored.Until), stored.People)),
            _ => throw new InvalidDataException($"A note of kind '{stored.Kind}' cannot be read."),
        };
        return note with { Withdrawn = stored.Withdrawn };
    }

    /// <summary>By its name alone: <see cref="Enum.Parse{TEnum}(string)"/> takes any number for a kind.</summary>
    private static ActionKind ActionOf(string? name) =>
        Enum.TryParse<ActionKind>(name, out var kind) && kind.ToString() == name ? kind : throw new InvalidDataException($"An action of kind '{name}' cannot be read.");
}

internal sealed record StoredNote
{
    public string? Kind { get; init; }

    public long At { get; init; }

    public string? Action { get; init; }

    /// <summary>Of a burst, its gifts.</summary>
    public int People { get; init; }

    /// <summary>In minor units.</summary>
    public long Amount { get; init; }

    public long From { get; init; }

    public long Until { get; init; }

    public bool Withdrawn { get; init; }
}
