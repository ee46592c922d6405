using System.Text.Json;
using System.Text.Json.Serialization;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Queues;

/// <summary>A message of queue <c>pages-to-fetch</c>.</summary>
public static class PageMessage
{
    /// <exception cref="FormatException">The text is no message of this queue.</exception>
    public static PageToFetch Read(string text)
    {
        StoredPage? read;
        try
        {
            read = JsonSerializer.Deserialize(text, PageMessageJson.Default.StoredPage);
        }
        catch (JsonException broken)
        {
            throw new FormatException($"Page message '{text}' is not JSON: {broken.Message}", broken);
        }

        return read switch
        {
            { Campaign: { } campaign, Due: { } due } when CampaignId.TryParse(campaign, out var id) => new PageToFetch.Visit(id, due) { TakenAt = read.TakenAt, Kept = read.Kept ?? 0, FailingSince = read.FailingSince },
            { Platform: { } platform, Search: { } search, Address: { } address, Kind: { } kind } when PlatformId.TryParse(platform, out var id) && AddressText.TryParse(address, out var uri) && (uri.Scheme is "http" or "https") =>
                new PageToFetch.Listing(id, search, new PageRequest(uri, kind), read.Depth ?? 0) { Failures = read.Failures ?? 0, FailingSince = read.FailingSince },
            _ => throw new FormatException($"Page message '{text}' names neither a visit nor a list."),
        };
    }

    /// <param name="page">What it says.</param>
    /// <param name="visibleAt">From when on it can be taken up; null where that is not known.</param>
    public static string Write(PageToFetch page, DateTimeOffset? visibleAt = null) => JsonSerializer.Serialize(
        page switch
        {
            PageToFetch.Visit visit => new StoredPage
            {
                Campaign = visit.Campaign.ToString(),
                Due = visit.DueAt,
                TakenAt = visit.TakenAt,
                Kept = visit.Kept == 0 ? null : visit.Kept,
                FailingSince = visit.FailingSince,
                VisibleAt = visibleAt,
            },
            PageToFetch.Listing listing => new StoredPage
            {
                Platform = listing.Platform.Value,
                Search = listing.Search,
                Address = listing.Page.Address.AbsoluteUri,
                Kind = listing.Page.Kind,
                Depth = listing.Depth == 0 ? null : listing.Depth,
                Failures = listing.Failures == 0 ? null : listing.Failures,
                FailingSince = listing.FailingSince,
                VisibleAt = visibleAt,
            },
            _ => throw new System.Diagnostics.UnreachableException(),
        },
        PageMessageJson.Default.StoredPage);
}

/// <summary>The first four say which visit, the next six which page of a list.</summary>
internal sealed record StoredPage : StoredInQueue
{
    public string? Campaign { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    public int? Kept { get; init; }

    public string? Platform { get; init; }

    public DateTimeOffset? Search { get; init; }

    public string? Address { get; init; }

    public string? Kind { get; init; }

    public int? Depth { get; init; }

    public int? Failures { get; init; }

    public DateTimeOffset? FailingSince { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StoredPage))]
internal sealed partial class PageMessageJson : JsonSerializerContext;
