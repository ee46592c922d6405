using System.Text;
using Succesmeter.Platforms.Fetching;

namespace Succesmeter.Platforms.Tests.Fetching;

public sealed class RobotsTests
{
    private static Robots Of(string text) => Robots.Parse(Encoding.UTF8.GetBytes(text), "Succesmeter");

    [Fact]
    public void An_empty_file_allows_everything() => Assert.True(Of("").Allows("/projects/a"));

    [Fact]
    public void The_example_of_the_rfc_comes_out_as_it_says()
    {
        // RFC 9309 section 5.1, with our token in the place of foobot.
        var robots = Of("""
            User-Agent: *
            Disallow: *.gif$
            Disallow: /example/
            Allow: /publications/

            User-Agent: succesmeter
            Disallow:/
            Allow:/example/page.html
            Allow:/example/allowed.gif

            User-Agent: barbot
            User-Agent: bazbot
            Disallow: /example/page.html
            """);

        Assert.True(robots.Allows("/example/page.html"));
        Assert.True(robots.Allows("/example/allowed.gif"));
        Assert.False(robots.Allows("/publications/"));
    }

    [Fact]
    public void The_longest_match_decides_and_an_allow_wins_a_tie()
    {
        // RFC 9309 section 5.2.
        var robots = Of("User-agent: *\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nAllow: /same\nDisallow: /same");

        Assert.False(robots.Allows("/example/page/disallowed.gif"));
        Assert.True(robots.Allows("/example/page/x"));
        Assert.True(robots.Allows("/same/x"));
    }

    [Theory]
    [InlineData("/fish*", "/fish.html", false)]
    [InlineData("/fish*", "/Fish.html", true)]
    [InlineData("/*.php$", "/folder/index.php", false)]
    [InlineData("/*.php$", "/index.php?x=1", true)]
    [InlineData("/a%3cd.html", "/a%3Cd.html", false)]
    [InlineData("/foo/bar/ツ", "/foo/bar/%E3%83%84", false)]
    [InlineData("/foo/bar/%62%61%7A", "/foo/bar/baz", false)]
    [InlineData("/a*b*c$", "/axbxc", false)]
    [InlineData("/a*b*c$", "/axbxcx", true)]
    [InlineData("*", "/anything", false)]
    public void Wild_cards_ends_and_encodings_are_compared_as_the_rfc_says(string pattern, string path, bool allowed) =>
        Assert.Equal(allowed, Of($"User-agent: *\nDisallow: {pattern}").Allows(path));

    [Fact]
    public void Groups_of_one_robot_are_one_group_and_a_named_group_hides_the_rest()
    {
        var robots = Of("User-agent: succesmeter/2.0\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: Succesmeter\nDisallow: /b");

        Assert.False(robots.Allows("/a"));
        Assert.False(robots.Allows("/b"));
        Assert.True(robots.Allows("/c"));
    }

    [Fact]
    public void A_named_group_without_rules_allows_everything() =>
        Assert.True(Of("User-agent: *\nDisallow: /\n\nUser-agent: Succesmeter\nDisallow:").Allows("/a"));

    [Fact]
    public void The_file_itself_may_always_be_fetched() => Assert.True(Of("User-agent: *\nDisallow: /").Allows("/robots.txt"));

    [Fact]
    public void Delay_and_sitemaps_are_read()
    {
        var robots = Of("\uFEFFSitemap: https://a.example/map.xml\nUser-agent: *\nCrawl-delay: 2.5\nDisallow: /x # not here");

        Assert.Equal(TimeSpan.FromSeconds(2.5), robots.CrawlDelay);
        Assert.Equal(["https://a.example/map.xml"], robots.Sitemaps);
        Assert.False(robots.Allows("/x"));
    }

    [Theory]
    [InlineData("1e9")]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("")]
    public void A_delay_that_is_no_number_is_no_delay(string delay) => Assert.Null(Of($"User-agent: *\nCrawl-delay: {delay}").CrawlDelay);

    [Fact]
    public void What_lies_behind_half_a_megabyte_is_not_read() =>
        Assert.True(Of($"User-agent: *\n{new string('#', Robots.MostBytes)}\nDisallow: /").Allows("/a"));

    private static readonly string[] Pieces = ["User-agent: *\n", "Disallow: /", "Allow: *", "a*a*a*a*a*a*b$", "\r", "%", "\0"];

    [Fact]
    public void No_file_makes_it_throw_or_takes_long() =>
        Gen.Select(Gen.OneOf(Gen.String, Gen.Int[0, Pieces.Length - 1].Select(static i => Pieces[i])).Array[0, 30], Gen.String).Sample((parts, path) =>
        {
            var text = string.Concat(parts);
            return Of(text).Allows("/" + path) == Of($"# a comment\n{text}").Allows("/" + path) && Of(text).Allows("/robots.txt");
        });
}
