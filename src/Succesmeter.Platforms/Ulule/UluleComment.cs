using System.Text.Json;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Apis;
using Succesmeter.Snapshots;

namespace Succesmeter.Platforms.Ulule;

/// <summary>A comment, or a reply to one; what it says is not taken.</summary>
/// <param name="Id">Ulule's number of it.</param>
/// <param name="At">When it was written.</param>
/// <param name="Author">The account; null for the holder.</param>
/// <param name="By">holder where the author owns the project, backer where the author is known to support it; null where the answers do not tell.</param>
/// <param name="Answers">The comment that it replies to.</param>
internal sealed record UluleComment(string? Id, Moment? At, string? Author, string? By, string? Answers)
{
    /// <summary>Every reply came along with its comment: an answered comment without its answer would pass for one that nobody answered.</summary>
    public static bool AreWhole(IReadOnlyList<JsonElement> items) =>
        items.All(static item => !(item.CountIn("replies_count") > (item.ItemsIn("replies")?.Count ?? 0)));

    /// <param name="items">Comments, each with the replies that came along.</param>
    /// <param name="owner">The account of the project's holder.</param>
    /// <param name="supporters">Accounts that are known to have given.</param>
    /// <param name="zone">Of times without one.</param>
    public static List<UluleComment> Of(IReadOnlyList<JsonElement> items, string? owner, IReadOnlySet<string> supporters, TimeZoneInfo zone)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var comments = new List<UluleComment>(items.Count);
        foreach (var item in items)
        {
            if (!TryAdd(item, null))
                continue;

            // There is one level of replies, and a reply to what has no id answers nothing that can be named.
            foreach (var reply in item.ItemsIn("replies") ?? [])
                TryAdd(reply, item.IdIn("id"));
        }

        return comments;

        bool TryAdd(JsonElement item, string? answers)
        {
            var id = item.IdIn("id");
            if (item.ValueKind != JsonValueKind.Object || (id is not null && !seen.Add(id)))
                return false;

            var author = item.ObjectIn("user")?.IdIn("id");
            var by = author is null ? null : author == owner ? "holder" : supporters.Contains(author) ? "backer" : null;
            comments.Add(new(id, UluleDate.Read(item.IdIn("submit_date"), zone), by == "holder" ? null : author, by, answers));
            return true;
        }
    }
}

/// <summary>RFC 3339, which is a form of ISO 8601.</summary>
internal static class UluleDate
{
    public static Moment? Read(string? text, TimeZoneInfo zone) =>
        MomentText.TryParse(text, zone, out var moment) && moment.At.Year is >= MomentText.FirstYear and <= MomentText.LastYear ? moment : null;
}
