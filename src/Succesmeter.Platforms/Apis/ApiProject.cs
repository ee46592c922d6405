using System.Text.Json;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Apis;

/// <summary>The first page of a visit, on which the project itself stands.</summary>
internal static class ApiProject
{
    public const string Kind = "project";

    /// <param name="pages">Of the visit so far.</param>
    /// <param name="first">Where the project stands.</param>
    /// <param name="native">What the platform calls it.</param>
    /// <param name="whyNot">What its total breaks, with the field; null where it breaks nothing.</param>
    /// <param name="instead">What the visit comes to where there is no project to read; null where there is one.</param>
    public static JsonElement In(IReadOnlyList<FetchedPage> pages, PageRequest first, string native, Func<JsonElement, string?> whyNot, out PageReading? instead)
    {
        instead = null;
        if (pages.FirstOrDefault(static page => page.Request.Kind == Kind) is not { } page)
        {
            instead = new PageReading.More([first]);
            return default;
        }

        if (ApiAnswer.Of(page) is not { } project)
        {
            instead = new PageReading.Unreadable(["$: must be a JSON object in UTF-8"]);
            return default;
        }

        var complaints = new List<string>(2);
        if (project.Field("id") is not null && project.IdIn("id") != native)
            complaints.Add("id: must be that of the project that was asked for");
        if (whyNot(project) is { } rule)
            complaints.Add(rule);
        if (complaints.Count > 0)
            instead = new PageReading.Unreadable(complaints);
        return project;
    }
}
