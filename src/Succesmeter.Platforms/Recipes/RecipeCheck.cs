using Succesmeter.Addresses;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Recipes;

/// <summary>Tries a recipe on one page and says field by field what was found, and how.</summary>
public static class RecipeCheck
{
    private const int Fits = 0, DoesNotFit = 1;
    private const int MostPages = 50;

    /// <param name="recipe">What is tried.</param>
    /// <param name="page">A campaign's page as saved, its address as the page itself tells it or as it was given.</param>
    /// <param name="address">Of the page; null: its canonical link or og:url.</param>
    /// <param name="fetch">Fetches further pages of the visit; null where there is only the one.</param>
    /// <param name="takenAt">From which relative dates count.</param>
    /// <param name="output">For people.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>0; 1 where a required field is missing.</returns>
    public static async Task<int> RunAsync(
        Recipe recipe, FetchedPage page, Uri? address, Func<PageRequest, CancellationToken, Task<FetchedPage>>? fetch, DateTimeOffset takenAt, TextWriter output, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(output);

        var platform = new RecipePlatform(recipe);
        await output.WriteLineAsync($"platform  {recipe.Platform}");
        if (recipe.Note is not null)
            await output.WriteLineAsync($"note      {recipe.Note}");

        var at = address ?? AddressIn(page);
        if (at is null || platform.CampaignAt(at) is not { } found)
        {
            await output.WriteLineAsync(at is null ? "MISSING   campaign (required): the page does not tell its address; give it with --address" : $"MISSING   campaign (required): {at} is no campaign's address by campaign.address and hosts");
            return DoesNotFit;
        }

        await output.WriteLineAsync($"found     campaign = {found.Campaign.Name}  (address {at}; visited at {found.Address})");
        List<FetchedPage> pages = [new FetchedPage(new PageRequest(found.Address, RecipeVisit.MainPage), page.ContentType, page.Body, page.FetchedAt) { FinalAddress = at }];
        var visit = platform.Look(found, pages, takenAt, areAll: fetch is null);
        while (visit.Reading is PageReading.More(var next) && fetch is not null && pages.Count + next.Count <= MostPages)
        {
            foreach (var request in next)
                pages.Add(await fetch(request, cancellation));
            visit = platform.Look(found, pages, takenAt);
        }

        if (visit.Reading is PageReading.More)
            visit = platform.Look(found, pages, takenAt, areAll: true);
        await TellAsync(visit, pages.Count, output);
        return visit.Reading is PageReading.Unreadable ? DoesNotFit : Fits;
    }

    private static async Task TellAsync(RecipeVisit visit, int pages, TextWriter output)
    {
        foreach (var finding in visit.Findings)
            await output.WriteLineAsync(finding.Value is null
                ? $"missing   {finding.Field}"
                : $"found     {finding.Field} = {finding.Value.ToJsonString()}  ({finding.Source}{(finding.Raw is null ? "" : $": '{finding.Raw}'")})");
        foreach (var complaint in visit.Complaints)
            await output.WriteLineAsync($"complaint {complaint}");

        await output.WriteLineAsync(visit.Reading switch
        {
            PageReading.Seen => $"The recipe fits: {pages} page(s) become a snapshot.",
            PageReading.Gone => "The page says that the campaign is gone.",
            _ => "The recipe does NOT fit: what is required is missing.",
        });
    }

    private static Uri? AddressIn(FetchedPage page)
    {
        if (PageContent.TryOpen(page, out _) is not { } content)
            return null;

        var canonical = content.Select(Canonical, null, 1).Select(static link => link.GetAttribute("href"));
        foreach (var text in canonical.Concat(content.Meta("og:url")))
            if (AddressText.TryParse(text, out var address))
                return address;
        return null;
    }

    private static readonly AngleSharp.Css.Dom.ISelector Canonical = new AngleSharp.Css.Parser.CssSelectorParser().ParseSelector("link[rel~=canonical]")!;
}
