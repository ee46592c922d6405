using System.Text;
using Succesmeter.Platforms.Growfunding;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Recipes;

public sealed class RecipeFileTests
{
    [Theory]
    [InlineData("\"succesmeter/recipe/1\"", "\"succesmeter/recipe/2\"", "schema")]
    [InlineData("\"platform\": \"buurt\"", "\"platform\": \"-buurt\"", "platform")]
    [InlineData("\"hosts\": [\"buurt.example.org\"]", "\"hosts\": []", "hosts")]
    [InlineData("\"hosts\": [\"buurt.example.org\"]", "\"hosts\": [\"https://x\"]", "hosts")]
    [InlineData("Europe/Brussels", "Europe/Nowhere", "zone")]
    [InlineData("\"fr\", \"en-GB\"", "\"xx\"", "languages[1]")]
    [InlineData("\"kind\": \"feed\"", "\"kind\": \"rss\"", "find[2].kind")]
    [InlineData("https://buurt.example.org/feed", "https://elsewhere.example.org/feed", "find[2].address")]
    [InlineData("https://buurt.example.org/feed", "ftp://buurt.example.org/feed", "find[2].address")]
    [InlineData("?page={page}", "", "find[3].nextAddress")]
    [InlineData("(?<id>[^/?#]+)", "[^/?#]+", "campaign.address")]
    [InlineData("(?<id>[^/?#]+)", "(?<id>a(?=b))", "campaign.address")]
    [InlineData("(?<id>[^/?#]+)", "(?<id>a", "campaign.address")]
    [InlineData("\".gone\"", "\"..gone\"", "gone[0].css")]
    [InlineData("\"currency\": \"EUR\"", "\"currency\": \"euro\"", "constants.currency")]
    [InlineData("\"currency\": \"EUR\"", "\"pledged\": \"12\"", "constants.pledged")]
    [InlineData("\"backers\": [", "\"bakers\": [", "fields.bakers")]
    [InlineData("\"jsonLd\": \"supporters\"", "\"jsonLd\": \"supporters.\"", "fields.backers[0].jsonLd")]
    [InlineData("\"jsonLd\": \"supporters\"", "\"jsonld\": \"supporters\"", "fields.backers[0].jsonld")]
    [InlineData("\"jsonLd\": \"supporters\"", "\"item\": \"supporters\"", "fields.backers[0]")]
    [InlineData("\"loopt\": \"live\"", "\"loopt\": \"alive\"", "fields.state.map.loopt")]
    [InlineData("\"are\": \"all\"", "\"are\": \"most\"", "lists.contributions.are")]
    [InlineData("\"identity\": \"full-name\"", "\"identity\": \"name\"", "lists.contributions.fields.identity")]
    [InlineData("\"maxPages\": 3 }", "\"maxPages\": 0 }", "find[1].maxPages")]
    [InlineData("\"needs\": { \"items\"", "\"wishes\": { \"items\"", "lists.wishes")]
    [InlineData("{ \"item\": \"cents\" }", "{ \"css\": \".cents\" }", "lists.rewards.fields.price.from[0]")]
    [InlineData("\"items\": { \"css\": \".comment\" },", "\"items\": { \"css\": \".comment\" }, \"next\": { \"css\": \"a.more-comments\" },", "lists.commentList.next")]
    public void A_recipe_that_is_wrong_is_an_error_that_names_file_field_and_rule(string right, string wrong, string field)
    {
        Assert.Contains(right, Pages.Everywhere, StringComparison.Ordinal);
        var error = Assert.Throws<RecipeException>(() => Pages.Of(Pages.Everywhere.Replace(right, wrong, StringComparison.Ordinal)));
        Assert.Equal(field, error.Field);
        Assert.StartsWith($"test.json: {field} {error.Rule}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{\"schema\":\"\\ud800\"}")]
    public void What_is_no_recipe_at_all_is_an_error_too(string text) => Assert.Throws<RecipeException>(() => Pages.Of(text));

    [Fact]
    public void A_recipe_says_how_the_total_is_read() =>
        Assert.Equal("fields", Assert.Throws<RecipeException>(() => Pages.Of("""
            { "schema": "succesmeter/recipe/1", "platform": "a", "hosts": ["a.org"], "languages": ["nl"], "campaign": { "address": "(?<id>x)" }, "fields": { "title": [{ "css": "h1" }] } }
            """)).Field);

    [Fact]
    public void Growfundings_recipe_says_that_it_was_not_verified()
    {
        var recipe = GrowfundingRecipe.Load();
        Assert.Equal("growfunding", recipe.Platform.Value);
        Assert.Contains("NOT VERIFIED against the live site", recipe.Note, StringComparison.Ordinal);
        Assert.Equal("Europe/Brussels", recipe.Zone.Id);
    }

    [Theory]
    [InlineData("https://growfunding.be/fr/projects/Kidical-Mass")]
    [InlineData("https://www.growfunding.be/en/projects/kidical-mass?x=1")]
    public void The_three_languages_of_growfunding_are_one_campaign(string address)
    {
        var platform = new RecipePlatform(GrowfundingRecipe.Load());
        var found = Assert.Single(platform.Discover(Pages.Page($"<html><a href='{address}'>x</a><a href='/nl/projects/'>all</a></html>", "find-1", "https://growfunding.be/nl/projects")).Found);
        Assert.Equal("kidical-mass", found.Campaign.Name);
        Assert.StartsWith("https://growfunding.be/nl/projects/", found.Address.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Growfundings_recipe_reads_a_page_of_the_form_that_it_hopes_for_and_complains_of_an_empty_one()
    {
        var platform = new RecipePlatform(GrowfundingRecipe.Load());
        var found = platform.Discover(Pages.Page("<html><a href='/nl/projects/a'>x</a></html>", "find-1", "https://growfunding.be/nl/projects")).Found[0];

        Assert.IsType<PageReading.Seen>(platform.Read(found, [Pages.Page("""<html lang="nl"><script type="application/json">{"project":{"title":"A","pledged":2310}}</script></html>""", address: found.Address.AbsoluteUri)], Pages.TakenAt));
        Assert.IsType<PageReading.Unreadable>(platform.Read(found, [Pages.Page("<html><div id=app></div></html>", address: found.Address.AbsoluteUri)], Pages.TakenAt));
    }

    [Fact]
    public async Task A_check_says_of_every_field_what_was_found_and_how()
    {
        var (code, text) = await CheckAsync(Pages.Css, new Uri("https://buurt.example.org/p/kidical-mass"));
        Assert.Equal(0, code);
        Assert.Contains("found     campaign = kidical-mass", text, StringComparison.Ordinal);
        Assert.Contains("found     pledged = 2310.50  (css .raised: '€ 2.310,50')", text, StringComparison.Ordinal);
        Assert.Contains("missing   members.active", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_fails_where_a_required_field_is_missing()
    {
        var (code, text) = await CheckAsync("<html lang=nl><head><link rel=canonical href='https://buurt.example.org/p/a'></head><h1>A</h1></html>", null);
        Assert.Equal(1, code);
        Assert.Contains("found     campaign = a", text, StringComparison.Ordinal);
        Assert.Contains("complaint pledged must be given", text, StringComparison.Ordinal);

        (code, text) = await CheckAsync("<html>", null);
        Assert.Equal(1, code);
        Assert.Contains("MISSING   campaign", text, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Text)> CheckAsync(string html, Uri? address)
    {
        using var output = new StringWriter();
        var code = await RecipeCheck.RunAsync(Recipe.Parse(Encoding.UTF8.GetBytes(Pages.Everywhere), "test.json"), Pages.Page(html), address, null, Pages.TakenAt, output, CancellationToken.None);
        return (code, output.ToString());
    }
}
