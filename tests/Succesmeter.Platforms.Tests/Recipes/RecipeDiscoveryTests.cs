using System.IO.Compression;
using System.Text;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Recipes;

public sealed class RecipeDiscoveryTests
{
    private const string Namespace = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' xmlns:image='http://www.google.com/schemas/sitemap-image/1.1'";

    [Fact]
    public void A_sitemap_shows_campaigns_once_and_on_its_own_hosts_alone()
    {
        var found = Sitemap($"""
            <urlset {Namespace}><url><loc> https://buurt.example.org/p/Kidical-Mass </loc><image:image><image:loc>https://buurt.example.org/p/picture</image:loc></image:image></url>
            <url><loc>https://buurt.example.org/p/kidical-mass#top</loc></url><url><loc>https://buurt.example.org/about</loc></url>
            <url><loc>https://elsewhere.example.org/p/x</loc></url><url><loc>https://buurt.example.org/p/caf%C3%A9</loc></url></urlset>
            """);

        Assert.Equal(["kidical-mass", "caf~c3~a9"], found.Found.Select(static one => one.Campaign.Name));
        Assert.Equal(["Kidical-Mass", "café"], found.Found.Select(static one => one.NativeId));
        Assert.Equal("https://buurt.example.org/p/Kidical-Mass", found.Found[0].Address.AbsoluteUri);
        Assert.Empty(found.Complaints);
    }

    [Fact]
    public void An_index_leads_to_its_sitemaps_and_an_index_inside_an_index_ends()
    {
        var index = $"<sitemapindex {Namespace}><sitemap><loc>https://buurt.example.org/a.xml.gz</loc></sitemap><sitemap><loc>https://buurt.example.org/sitemap.xml</loc></sitemap><sitemap><loc>https://buurt.example.org/a.xml.gz</loc></sitemap></sitemapindex>";
        var more = Assert.Single(Sitemap(index).More);
        Assert.Equal(new PageRequest(new Uri("https://buurt.example.org/a.xml.gz"), "find-0-2"), more);

        var again = Pages.Platform.Discover(Page(index, more.Kind, more.Address.AbsoluteUri));
        Assert.Empty(again.More);
        Assert.Contains(again.Complaints, static complaint => complaint.Contains("index inside an index", StringComparison.Ordinal));
    }

    [Fact]
    public void A_gzipped_sitemap_is_read_by_its_bytes()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes($"<urlset {Namespace}><url><loc>https://buurt.example.org/p/a</loc></url></urlset>"));

        var whole = packed.ToArray();
        Assert.Single(Pages.Platform.Discover(Pages.Page(whole, "find-0-2", "https://buurt.example.org/a.xml.gz", null)).Found);
        Assert.NotEmpty(Pages.Platform.Discover(Pages.Page(whole[..^12], "find-0-2", "https://buurt.example.org/a.xml.gz", null)).Complaints);
    }

    [Fact]
    public void A_gzip_bomb_is_a_complaint()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 60; i++)
                gzip.Write(new byte[1 << 20]);

        Assert.Contains("50 MiB", Assert.Single(Pages.Platform.Discover(Pages.Page(packed.ToArray(), "find-0", "https://buurt.example.org/sitemap.xml", null)).Complaints.Take(1)), StringComparison.Ordinal);
    }

    [Fact]
    public void Entities_are_not_expanded() =>
        Assert.Contains("DTD", Sitemap("<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]><urlset><url><loc>&b;</loc></url></urlset>").Complaints[0], StringComparison.Ordinal);

    [Fact]
    public void What_stood_before_a_sitemap_was_cut_off_is_found()
    {
        var cut = Sitemap($"<urlset {Namespace}><url><loc>https://buurt.example.org/p/a</loc></url><url><lo");
        Assert.Single(cut.Found);
        Assert.NotEmpty(cut.Complaints);
    }

    [Theory]
    [InlineData("<rss><channel><link>https://buurt.example.org/p/self</link><item><title>A</title><link>https://buurt.example.org/p/a</link></item><item><link>/p/b</link></item></channel></rss>")]
    [InlineData("<feed xmlns='http://www.w3.org/2005/Atom'><link href='/p/self'/><entry><link rel='edit' href='/p/edit'/><link href='/p/a'/></entry><entry><link rel='alternate' href='/p/b'/></entry></feed>")]
    public void Feeds_of_both_kinds_show_campaigns(string feed) =>
        Assert.Equal(["a", "b"], Pages.Platform.Discover(Page(feed, "find-2", "https://buurt.example.org/feed")).Found.Select(static one => one.Campaign.Name));

    [Fact]
    public void A_list_is_followed_by_its_links_to_a_bound()
    {
        const string html = "<html><div class=card><a href='/p/a'>A</a></div><div class=card><a href='p/b?x=1'>no campaign</a></div><a rel=next href='?page=9'>next</a></html>";
        var first = Pages.Platform.Discover(Page(html, "find-1", "https://buurt.example.org/all"));
        Assert.Equal("a", Assert.Single(first.Found).Campaign.Name);
        Assert.Equal(new PageRequest(new Uri("https://buurt.example.org/all?page=9"), "find-1-2"), Assert.Single(first.More));

        Assert.Empty(Pages.Platform.Discover(Page(html, "find-1-3", "https://buurt.example.org/all?page=8")).More);
        Assert.Empty(Pages.Platform.Discover(Page(html, "find-1-2", "https://buurt.example.org/all?page=9")).More);
        Assert.Empty(Pages.Platform.Discover(Page("<html>empty<a rel=next href='?page=3'></a></html>", "find-1-2", "https://buurt.example.org/all?page=2")).More);
    }

    [Fact]
    public void A_list_of_json_is_paged_by_number()
    {
        var page = Pages.Platform.Discover(Page("""{ "items": [ { "url": "/p/a" }, { "url": 7 } ] }""", "find-3-4", "https://buurt.example.org/json?page=4"));
        Assert.Equal("a", Assert.Single(page.Found).Campaign.Name);
        Assert.Equal(new PageRequest(new Uri("https://buurt.example.org/json?page=5"), "find-3-5"), Assert.Single(page.More));
    }

    [Fact]
    public void A_list_can_be_read_by_an_expression() =>
        Assert.Equal("a&b", Assert.Single(Pages.Platform.Discover(Page("<html><i data-go=\"/p/a&amp;b\">", "find-4", "https://buurt.example.org/old")).Found).NativeId);

    [Theory]
    [InlineData("find-9")]
    [InlineData("find-x")]
    [InlineData("project")]
    public void A_page_that_no_entrance_asked_for_is_a_complaint(string kind) => Assert.NotEmpty(Pages.Platform.Discover(Page("<html>", kind, "https://buurt.example.org/")).Complaints);

    private static Discovery Sitemap(string xml) => Pages.Platform.Discover(Page(xml, "find-0", "https://buurt.example.org/sitemap.xml"));

    private static FetchedPage Page(string text, string kind, string address) => Pages.Page(text, kind, address, null);
}
