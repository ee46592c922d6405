using System.Globalization;
using System.Text.Json;
using Succesmeter.Platforms.Apis;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Goteo;

/// <summary>The pages of one of Goteo's lists, as far as they came: <c>items</c> beside <c>meta</c> with limit, page (from 0) and total.</summary>
/// <param name="Lists">One of each page, in their order.</param>
/// <param name="Total">As the newest page says.</param>
/// <param name="Next">The number of the page that is to come; null where the list ends or cannot be followed.</param>
/// <param name="IsWhole">The last page came, and said that it is the last.</param>
internal sealed record GoteoPages(IReadOnlyList<JsonElement> Lists, int? Total, int? Next, bool IsWhole)
{
    /// <summary>How much is asked for at once.</summary>
    public const int Limit = 50;

    /// <summary>No list is followed further, whatever its answers say: 10,000 gifts or donors are what a snapshot holds.</summary>
    public const int MostPages = 200;

    /// <summary>Made when it is asked for: a visit looks at its pages after each of them, and needs what is in them once.</summary>
    public IReadOnlyList<JsonElement> Items => [.. Lists.SelectMany(static list => list.EnumerateArray())];

    public static string Kind(string list, int number) => string.Create(CultureInfo.InvariantCulture, $"{list}-{number}");

    public static GoteoPages Of(string list, IReadOnlyList<FetchedPage> pages)
    {
        var lists = new List<JsonElement>();
        int? total = null;
        for (var number = 0; number < MostPages; number++)
        {
            var kind = Kind(list, number);
            if (pages.FirstOrDefault(page => page.Request.Kind == kind) is not { } page)
                return new(lists, total, number, false);

            if (ApiAnswer.Of(page) is not { } answer || answer.ListIn("items") is not { } shown)
                return new(lists, total, null, false);

            var meta = answer.ObjectIn("meta");
            if (meta?.CountIn("page") is { } at && at != number)
                return new(lists, total, null, false);

            lists.Add(shown);
            total = meta?.CountIn("total");
            if (total is null)
                return new(lists, null, null, false);

            var limit = meta?.CountIn("limit") is > 0 and var said ? said : Limit;
            if ((number + 1L) * limit >= total)
                return new(lists, total, null, true);

            // An empty page before the end would be followed by others like it.
            if (shown.GetArrayLength() == 0)
                return new(lists, total, null, false);
        }

        return new(lists, total, null, false);
    }
}
