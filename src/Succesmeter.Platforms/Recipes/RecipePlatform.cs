using System.Text.RegularExpressions;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Recipes;

/// <summary>A platform that is known by a recipe alone.</summary>
public sealed class RecipePlatform : ICrawledPlatform
{
    private readonly Recipe recipe;
    private readonly RecipeDiscovery discovery;

    public RecipePlatform(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        this.recipe = recipe;
        discovery = new RecipeDiscovery(recipe);
        Entrances = [.. recipe.Entrances.Select(RecipeDiscovery.Entrance)];
    }

    public PlatformId Platform => recipe.Platform;

    public IReadOnlySet<string> Hosts => recipe.Hosts;

    public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<PageRequest> Entrances { get; }

    public Discovery Discover(FetchedPage page)
    {
        try
        {
            return discovery.Discover(page);
        }
        catch (RegexMatchTimeoutException)
        {
            return new Discovery([], [], [$"{page.Request.Kind} must be searched within {RecipeReader.Patience.TotalSeconds} s by each expression"]);
        }
    }

    public PageRequest FirstPage(FoundCampaign found) => new(found.Address, RecipeVisit.MainPage);

    public PageReading Read(FoundCampaign found, IReadOnlyList<FetchedPage> pages, DateTimeOffset takenAt) => Look(found, pages, takenAt).Reading;

    /// <summary>The campaign that an address belongs to; null for any other address.</summary>
    internal FoundCampaign? CampaignAt(Uri address) => discovery.CampaignAt(address, out _);

    /// <summary>As <see cref="Read"/>, with all that was found on the way.</summary>
    internal RecipeVisit Look(FoundCampaign found, IReadOnlyList<FetchedPage> pages, DateTimeOffset takenAt, bool areAll = false)
    {
        var visit = new RecipeVisit(recipe, discovery, found, takenAt);
        visit.Read(pages, areAll);
        return visit;
    }
}
