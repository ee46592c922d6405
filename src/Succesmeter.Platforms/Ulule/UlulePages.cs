using System.Globalization;
using System.Text.Json;
using Succesmeter.Platforms.Apis;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Ulule;

/// <summary>The pages of one of Ulule's lists, as far as they came. Each names the next by a cursor, the instant in seconds before which its resources were made.</summary>
/// <param name="Lists">One of each page, in their order, newest first.</param>
/// <param name="Next">What is to be asked for; null where the list ends or cannot be followed.</param>
/// <param name="IsWhole">The last page came, and said that it is the last.</param>
internal sealed record UlulePages(IReadOnlyList<JsonElement> Lists, PageRequest? Next, bool IsWhole)
{
    /// <summary>The most that the API gives at once.</summary>
    public const int Limit = 20;

    /// <summary>No list is followed further, whatever its answers say: 10,000 of a kind are what a snapshot holds.</summary>
    public const int MostPages = 500;

    /// <summary>Made when it is asked for: a visit looks at its pages after each of them, and needs what is in them once.</summary>
    public IReadOnlyList<JsonElement> Items => [.. Lists.SelectMany(static list => list.EnumerateArray())];

    /// <param name="list">Its name in the address and in the answer, such as <c>comments</c>.</param>
    /// <param name="project">The project's address.</param>
    /// <param name="pages">All of the visit.</param>
    public static UlulePages Of(string list, Uri project, IReadOnlyList<FetchedPage> pages)
    {
        var lists = new List<JsonElement>();
        long? since = null;
        for (var number = 0; number < MostPages; number++)
        {
            var kind = string.Create(CultureInfo.InvariantCulture, $"{list}-{number}");
            if (pages.FirstOrDefault(page => page.Request.Kind == kind) is not { } page)
                return new(lists, new PageRequest(Address(list, project, since), kind), false);

            if (ApiAnswer.Of(page) is not { } answer || answer.ListIn(list) is not { } shown)
                return new(lists, null, false);

            lists.Add(shown);

            // Only null says that there is no more; without meta nothing says so.
            if (answer.ObjectIn("meta") is not { } meta || !meta.TryGetProperty("next", out var next))
                return new(lists, null, false);

            if (next.ValueKind == JsonValueKind.Null)
                return new(lists, null, true);

            // Newest first, so each cursor lies before the one it follows: one that does not would lead in a circle.
            if (Since(ApiAnswer.Shown(next, 200)) is not { } cursor || cursor >= since)
                return new(lists, null, false);

            since = cursor;
        }

        return new(lists, null, false);
    }

    private static Uri Address(string list, Uri project, long? since) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{project.AbsoluteUri}/{list}?limit={Limit}{(since is { } cursor ? $"&since={cursor}" : "")}"));

    /// <summary>The cursor alone is taken from what the answer says, never an address.</summary>
    private static long? Since(string? query)
    {
        foreach (var part in (query ?? "").Split('?', '&'))
            if (part.StartsWith("since=", StringComparison.Ordinal) && long.TryParse(part.AsSpan("since=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var since))
                return since;

        return null;
    }
}
