using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Addresses;
using Succesmeter.Campaigns;
using Succesmeter.Functions.OpenApi;
using Succesmeter.Histories;

namespace Succesmeter.Functions.Endpoints;

/// <summary>Pictures of campaigns for other pages: what a platform shows itself, and no figure of a score.</summary>
public sealed class EmbedEndpoints(ICampaignList list, ICampaignStore store)
{
    private const string Fresh = "public, max-age=300";
    private const string Picture = "meter.svg";

    /// <summary>A picture to embed: curve towards the goal, and thanks. It runs no script and loads nothing.</summary>
    [Function("GetMeterPicture")]
    [Query("theme", "Colours; auto follows the reader's.", OneOf = ["auto", "light", "dark"], Example = "auto")]
    [Query("lang", "Language; the reader's where it is left out.", OneOf = ["nl", "fr", "en"], Example = "nl")]
    [Gives(200, typeof(string), Media = "image/svg+xml")]
    public async Task<IResult> PictureAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/campaigns/{platform}/{campaign}/meter.svg")] HttpRequest request,
        string platform,
        string campaign,
        CancellationToken cancellation)
    {
        if (!CampaignId.TryParse(platform, campaign, out var id))
            return Answers.BadRequest("campaign", IdRule.Text);
        if (Chosen(request, "theme", "auto", MeterPicture.Themes) is not { } theme)
            return Answers.BadRequest("theme", $"must be {string.Join(", ", MeterPicture.Themes)}");
        if (Chosen(request, "lang", LanguageOf(request), MeterPicture.Languages) is not { } language)
            return Answers.BadRequest("lang", $"must be {string.Join(", ", MeterPicture.Languages)}");
        if (await PictureOfAsync(id, theme, language, cancellation) is not { } picture)
            return Answers.NotFound("campaign", "was never seen");

        var headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.Append("Vary", "Accept-Language");
        return Answers.Bytes(request, Encoding.UTF8.GetBytes(picture.Svg()), "image/svg+xml", Fresh);
    }

    /// <summary>What a page needs to embed a campaign's picture when its author pastes an address (oEmbed 1.0).</summary>
    [Function("GetEmbed")]
    [Query("url", "A campaign of this host: https://…/campaigns/platform/campaign, or its address under /api.", IsRequired = true, Example = "https://example.org/campaigns/growfunding/kidical-mass")]
    [Query("format", "json; xml is not spoken.", OneOf = ["json"], Example = "json")]
    [Query("maxwidth", "In pixels.", Type = typeof(int), From = 1, To = MostPixels, Example = "300")]
    [Query("maxheight", "In pixels.", Type = typeof(int), From = 1, To = MostPixels)]
    [Gives(200, typeof(EmbedAnswer))]
    [Refuses(404, "The address is of no campaign here.")]
    [Refuses(501, "Another format than json.")]
    public async Task<IResult> EmbedAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", "head", Route = "api/oembed")] HttpRequest request, CancellationToken cancellation)
    {
        if (request.Query["format"] is { Count: > 0 } format && format.ToString() != "json")
            return Answers.Problem(StatusCodes.Status501NotImplemented, "The format is not spoken.", "format", "must be json");
        if (!TryPixels(request, "maxwidth", out var width))
            return Answers.BadRequest("maxwidth", $"must be a whole number from 1 to {MostPixels}");
        if (!TryPixels(request, "maxheight", out var height))
            return Answers.BadRequest("maxheight", $"must be a whole number from 1 to {MostPixels}");
        if (!AddressText.TryParse(request.Query["url"].ToString(), out var url) || url.Scheme is not ("http" or "https"))
            return Answers.BadRequest("url", "must be an absolute address of a campaign");
        if (CampaignOf(url) is not { } id || await PictureOfAsync(id, "auto", "en", cancellation) is not { } picture)
            return Answers.NotFound("url", "is of no campaign that is here");

        var scale = Math.Min(1, Math.Min((double)(width ?? MeterPicture.Width) / MeterPicture.Width, (double)(height ?? MeterPicture.Height) / MeterPicture.Height));
        var (wide, high) = (Math.Max(1, (int)(MeterPicture.Width * scale)), Math.Max(1, (int)(MeterPicture.Height * scale)));
        var source = $"{UriHelper.BuildAbsolute(request.Scheme, request.Host)}api/campaigns/{id}/{Picture}";
        var html = string.Create(
            CultureInfo.InvariantCulture, $"<img src=\"{WebUtility.HtmlEncode(source)}\" width=\"{wide}\" height=\"{high}\" alt=\"{WebUtility.HtmlEncode(picture.Words)}\" loading=\"lazy\">");
        return Answers.Ok(request, new EmbedAnswer("rich", "1.0", picture.Campaign.Title, "Succesmeter", wide, high, html, 300), ApiJson.Default.EmbedAnswer);
    }

    private const int MostPixels = 10_000;

    private async Task<MeterPicture?> PictureOfAsync(CampaignId id, string theme, string language, CancellationToken cancellation) =>
        await list.FindAsync(id, cancellation) is { } listing
            ? new MeterPicture { Campaign = listing, Course = (await store.FindRecordAsync(id, cancellation)).State.Trail.Points, Theme = theme, Language = language }
            : null;

    /// <summary>As the web application writes it, as it did behind a #, or as the API does.</summary>
    private static CampaignId? CampaignOf(Uri url)
    {
        var segments = url.AbsolutePath.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var text = url.Fragment.Length > 1 ? Uri.UnescapeDataString(url.Fragment[1..]) : segments switch
        {
            ["campaigns", var platform, var campaign] => $"{platform}/{campaign}",
            ["api", "campaigns", var platform, var campaign, ..] => $"{platform}/{campaign}",
            _ => "",
        };
        return CampaignId.TryParse(text, out var id) ? id : null;
    }

    private static string? Chosen(HttpRequest request, string name, string otherwise, IReadOnlyList<string> all)
    {
        var chosen = request.Query[name] is { Count: > 0 } asked ? asked.ToString() : otherwise;
        return all.Contains(chosen) ? chosen : null;
    }

    /// <summary>The first language of the reader that is spoken here.</summary>
    private static string LanguageOf(HttpRequest request) =>
        request.GetTypedHeaders().AcceptLanguage.OrderByDescending(static accepted => accepted.Quality ?? 1).Select(static accepted => accepted.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(static language => language is not null && MeterPicture.Languages.Contains(language)) ?? MeterPicture.Languages[0];

    private static bool TryPixels(HttpRequest request, string name, out int? pixels)
    {
        pixels = null;
        if (request.Query[name] is not { Count: > 0 } text)
            return true;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > MostPixels)
            return false;

        pixels = number;
        return true;
    }
}

/// <summary>As oEmbed 1.0 names it, in snake case where it does.</summary>
/// <param name="Type">Always rich.</param>
/// <param name="Html">One `img`.</param>
/// <param name="CacheAge">In seconds.</param>
internal sealed record EmbedAnswer(
    string Type,
    string Version,
    string Title,
    [property: System.Text.Json.Serialization.JsonPropertyName("provider_name")] string ProviderName,
    int Width,
    int Height,
    string Html,
    [property: System.Text.Json.Serialization.JsonPropertyName("cache_age")] int CacheAge);
