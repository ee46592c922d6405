using System.Net;
using System.Text.RegularExpressions;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>The web application's addresses: one file shows all pages, and what it asks for is there and can be kept.</summary>
public sealed partial class PagesTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/campaigns/growfunding/kidical-mass", true)]
    [InlineData("/platforms/growfunding", true)]
    [InlineData("/platforms/growfunding/network", true)]
    [InlineData("/coaches", true)]
    [InlineData("/subscriptions", true)]
    [InlineData("/method", true)]
    [InlineData("/campaigns/growfunding", false)]
    [InlineData("/campaigns/growfunding/kidical%20mass", false)]
    [InlineData("/platforms/growfunding/other", false)]
    [InlineData("/coaches/more", false)]
    [InlineData("/subscriptions/more", false)]
    [InlineData("/nothing", false)]
    [InlineData("/assets/main.js", false)]
    public async Task Each_page_has_its_address_and_what_is_no_page_is_not_found(string address, bool isPage)
    {
        await using var host = await TestHost.StartAsync();
        using var answer = await host.Client.GetAsync(address);

        Assert.Equal(isPage ? HttpStatusCode.OK : HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(isPage, answer.Content.Headers.ContentType!.MediaType == "text/html");
    }

    [Fact]
    public async Task A_page_is_asked_for_anew_and_what_it_names_is_there_and_kept_for_a_year()
    {
        await using var host = await TestHost.StartAsync();
        using var page = await host.Client.GetAsync("/");
        var named = Asset().Matches(await page.Content.ReadAsStringAsync()).Select(static match => match.Value).Distinct(StringComparer.Ordinal).ToList();

        Assert.True(page.Headers.CacheControl!.NoCache);
        Assert.DoesNotContain("unsafe", Assert.Single(page.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
        Assert.Contains(named, static asset => asset.EndsWith(".css", StringComparison.Ordinal));
        foreach (var asset in named)
        {
            using var answer = await host.Client.GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(TimeSpan.FromDays(365), answer.Headers.CacheControl!.MaxAge);
            Assert.Contains("immutable", answer.Headers.CacheControl.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_asks_is_told_which_rights_the_token_has()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Contains("\"rights\":[]", await host.Client.GetStringAsync("/api/me"), StringComparison.Ordinal);

        using var refused = new HttpRequestMessage(HttpMethod.Get, "/api/me");
        refused.Headers.Authorization = new("Bearer", "smt_of-nobody");
        using var answer = await host.Client.SendAsync(refused);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [GeneratedRegex(@"/assets/[\w.-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Asset();
}
