using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Outbound;
using Succesmeter.Platforms.Fetching;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Fetching;

/// <summary>Against a real server on this machine; time is the test's.</summary>
public sealed class PolitePageFetcherTests
{
    private static readonly PlatformId Town = new("town");

    private readonly PassingTime time = new();
    private readonly MemoryHostGates gates;
    private readonly TestNames names = new();
    private readonly CrawlOptions options = new() { Contact = "https://succesmeter.example/crawl", AllowLoopback = true, ConnectWithin = TimeSpan.FromSeconds(20), MostBytes = 1024 * 1024 };

    public PolitePageFetcherTests() => gates = new MemoryHostGates(time);

    private PolitePageFetcher Fetcher() => new(gates, new CrawledPlatforms([new TownPlatform()]), names, Options.Create(options), time, () => 0.5);

    private async Task<Fetch> FetchAsync(string address, PageValidators? known = null, CancellationToken cancellation = default)
    {
        using var fetcher = Fetcher();
        return await fetcher.FetchAsync(Town, new PageRequest(new Uri(address), "project"), known ?? PageValidators.None, cancellation);
    }

    private static string At(TestSite site, string path, string host = "a.localhost") => $"http://{host}:{site.Port}{path}";

    private static Task Text(HttpContext context, string text) => context.Response.WriteAsync(text);

    private static RequestDelegate Status(int status, string? retryAfter = null) => context =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    private static RequestDelegate To(string location) => context =>
    {
        context.Response.StatusCode = 302;
        context.Response.Headers.Location = location;
        return Task.CompletedTask;
    };

    private static string BodyOf(Fetch fetch) => Encoding.UTF8.GetString(Assert.IsType<Fetch.Came>(fetch).Page.Body.Span);

    [Fact]
    public async Task A_page_comes_with_what_a_later_request_may_ask_with()
    {
        await using var site = await TestSite.StartAsync(context =>
        {
            context.Response.Headers.ETag = "W/\"7\"";
            context.Response.Headers.LastModified = "Sat, 02 May 2026 10:00:00 GMT";
            context.Response.ContentType = "text/html; charset=utf-8";
            return Text(context, $"{context.Request.Headers.UserAgent}|{context.Request.Headers["X-Town"]}|{context.Request.QueryString}");
        });

        var page = Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/p?q=1#top"))).Page;

        Assert.Matches(@"^Succesmeter/\d+\.\d+\.\d+ \(\+https://succesmeter\.example/crawl\)\|key\|\?q=1$", Encoding.UTF8.GetString(page.Body.Span));
        Assert.Equal(new PageValidators("W/\"7\"", "Sat, 02 May 2026 10:00:00 GMT"), page.Validators);
        Assert.Equal("text/html; charset=utf-8", page.ContentType);
        Assert.Equal(time.GetUtcNow(), page.FetchedAt);
    }

    [Fact]
    public async Task The_platforms_headers_do_not_go_to_robots_txt()
    {
        var seen = "";
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), context => Text(context, seen = $"# {context.Request.Headers["X-Town"]}"));

        await FetchAsync(At(site, "/p"));

        Assert.Equal("# ", seen);
    }

    [Fact]
    public async Task What_has_not_changed_costs_no_page()
    {
        await using var site = await TestSite.StartAsync(context =>
        {
            var isSame = context.Request.Headers.IfNoneMatch == "\"7\"" && context.Request.Headers.IfModifiedSince == "Sat, 02 May 2026 10:00:00 GMT";
            context.Response.StatusCode = isSame ? 304 : 200;
            return Task.CompletedTask;
        });

        Assert.IsType<Fetch.Unchanged>(await FetchAsync(At(site, "/p"), new PageValidators("\"7\"", "Sat, 02 May 2026 10:00:00 GMT")));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/p")));
    }

    [Fact]
    public async Task A_304_that_nobody_asked_for_is_a_failure()
    {
        await using var site = await TestSite.StartAsync(Status(304));

        Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/p")));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_is_gone_is_gone(int status)
    {
        await using var site = await TestSite.StartAsync(Status(status));

        Assert.Equal(new Fetch.Gone(status), await FetchAsync(At(site, "/p")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task Without_a_contact_nobody_is_asked_but_this_machine_itself(string? contact)
    {
        await using var site = await TestSite.StartAsync(context => Text(context, "page"));
        options.Contact = contact;

        Assert.Contains("Crawl:Contact", Assert.IsType<Fetch.Forbidden>(await FetchAsync("https://town.be/p")).Rule);
        Assert.Contains("Crawl:Contact", Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p"))).Rule);
        Assert.Empty(site.Asked);
    }

    [Fact]
    public async Task What_robots_txt_disallows_is_not_asked_for()
    {
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), context => Text(context, "User-agent: succesmeter\nDisallow: /private"));

        Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/private/p")));
        Assert.Equal("page", BodyOf(await FetchAsync(At(site, "/p"))));
        Assert.Equal(["a.localhost/robots.txt", "a.localhost/p"], site.Asked);
    }

    [Fact]
    public async Task Robots_txt_is_read_anew_after_a_day()
    {
        var rules = "User-agent: *\nDisallow:";
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), context => Text(context, rules));
        await FetchAsync(At(site, "/p"));
        rules = "User-agent: *\nDisallow: /";

        time.Advance(TimeSpan.FromHours(23));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/p")));
        time.Advance(TimeSpan.FromHours(1));
        Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p")));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    public async Task Where_robots_txt_is_out_of_reach_the_host_is_left_alone_for_a_while(int status)
    {
        var current = status;
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), context => Status(current)(context));

        var later = Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/p")));
        Assert.True(later.ByHost);
        Assert.Equal(TimeSpan.FromMinutes(30), later.Wait);
        Assert.All(site.Asked, asked => Assert.Equal("a.localhost/robots.txt", asked));

        var asked = site.Asked.Count;
        Assert.True(Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/other"))).ByHost);
        Assert.Equal(asked, site.Asked.Count);

        current = 200;
        time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("page", BodyOf(await FetchAsync(At(site, "/p"))));
    }

    [Fact]
    public async Task Of_a_robots_txt_of_two_megabytes_the_first_half_megabyte_counts()
    {
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), async context =>
        {
            await Text(context, "User-agent: *\nDisallow: /early\n");
            var line = "# " + new string('x', 1021) + "\n";
            for (var i = 0; i < 2048; i++)
                await Text(context, line);
            await Text(context, "Disallow: /late\n");
        });

        Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/early")));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/late")));
        Assert.Equal(Robots.MostBytes, gates.Of($"a.localhost:{site.Port}").Robots!.Value.Length);
    }

    [Fact]
    public async Task Robots_txt_may_redirect_within_the_platform_alone()
    {
        string? target = null;
        await using var site = await TestSite.StartAsync(
            context => context.Request.Path == "/rules" ? Text(context, "User-agent: *\nDisallow: /private") : Text(context, "page"),
            context => To(target!)(context));

        target = At(site, "/rules", "b.localhost");
        Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/private")));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/p")));

        target = At(site, "/rules", "elsewhere.localhost");
        Assert.Contains("none of the platform's", Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p", "b.localhost"))).Rule);

        Assert.Equal(1, site.Asked.Count(asked => asked.EndsWith("/rules", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://10.0.0.1/")]
    [InlineData("http://elsewhere.localhost:1/p")]
    [InlineData("https://elsewhere.be/p")]
    [InlineData("http://town.be/p")]
    [InlineData("https://user:word@town.be/p")]
    [InlineData("//[::ffff:127.0.0.1]/p")]
    [InlineData("file:///etc/passwd")]
    [InlineData("ftp://town.be/p")]
    public async Task A_redirect_that_leaves_the_platform_is_not_followed(string location)
    {
        await using var site = await TestSite.StartAsync(To(location));

        Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p")));
        Assert.Equal(["a.localhost"], names.Asked);
    }

    [Fact]
    public async Task A_redirect_obeys_the_robots_txt_of_where_it_leads()
    {
        TestSite? self = null;
        await using var site = await TestSite.StartAsync(
            context => To(At(self!, "/private", "b.localhost"))(context),
            context => Text(context, context.Request.Host.Host == "b.localhost" ? "User-agent: *\nDisallow: /private" : ""));
        self = site;

        Assert.Contains("b.localhost", Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p"))).Rule);
        Assert.DoesNotContain("b.localhost/private", site.Asked);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_a_sixth_is_not()
    {
        await using var site = await TestSite.StartAsync(context =>
        {
            var left = int.Parse(context.Request.Path.Value![1..]);
            return left == 0 ? Text(context, "end") : To($"/{left - 1}")(context);
        });

        var page = Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/5"))).Page;
        Assert.Equal(At(site, "/0"), page.FinalAddress.AbsoluteUri);
        Assert.Equal("/5", page.Request.Address.AbsolutePath);
        Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/6")));
    }

    [Fact]
    public async Task Redirects_in_a_circle_end()
    {
        await using var site = await TestSite.StartAsync(context => To(context.Request.Path == "/p" ? "/q" : "/p")(context));

        Assert.Contains("circle", Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/p"))).Why);
        Assert.Equal(3, site.Asked.Count);
    }

    [Fact]
    public async Task A_host_that_answers_429_for_an_hour_is_left_alone_for_an_hour_and_others_go_on()
    {
        var isTired = true;
        await using var site = await TestSite.StartAsync(context => isTired && context.Request.Host.Host == "a.localhost" ? Status(429, "3600")(context) : Text(context, "page"));

        Assert.Equal(new Fetch.Later(TimeSpan.FromHours(1), "answered 429", ByHost: true), await FetchAsync(At(site, "/p")));
        Assert.True(Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/q"))).ByHost);
        Assert.Equal(2, site.Asked.Count);
        Assert.Equal("page", BodyOf(await FetchAsync(At(site, "/p", "b.localhost"))));

        isTired = false;
        time.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(TimeSpan.FromMinutes(1), Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/q"))).Wait);
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("page", BodyOf(await FetchAsync(At(site, "/q"))));
    }

    [Theory]
    [InlineData("Sat, 02 May 2026 12:10:00 GMT", 600)]
    [InlineData("120", 120)]
    [InlineData("Sat, 02 May 2026 11:00:00 GMT", 1)]
    [InlineData("0", 1)]
    [InlineData("99999999", 86400)]
    [InlineData("Sat, 02 May 2099 12:10:00 GMT", 86400)]
    [InlineData("soon", 60)]
    [InlineData(null, 60)]
    public async Task A_503_is_waited_for_as_long_as_it_says_within_bounds(string? retryAfter, int seconds)
    {
        await using var site = await TestSite.StartAsync(Status(503, retryAfter));

        var later = Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/p")));
        Assert.Equal(TimeSpan.FromSeconds(seconds), later.Wait);
        Assert.True(later.ByHost);
        Assert.Equal(2, site.Asked.Count);
    }

    [Fact]
    public async Task Patience_without_a_time_doubles_up_to_an_hour()
    {
        await using var site = await TestSite.StartAsync(Status(429));
        var waits = new List<double>();
        for (var i = 0; i < 8; i++)
        {
            var later = Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/p")));
            waits.Add(later.Wait.TotalMinutes);
            time.Advance(later.Wait);
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60], waits);
    }

    [Fact]
    public async Task A_server_error_is_asked_twice_more_within_the_visit()
    {
        var left = 2;
        await using var site = await TestSite.StartAsync(context => left-- > 0 ? Status(500)(context) : Text(context, "page"));
        Assert.Equal("page", BodyOf(await FetchAsync(At(site, "/p"))));
        Assert.Equal(4, gates.Of($"a.localhost:{site.Port}").RequestsInMinute);

        left = int.MaxValue;
        Assert.Equal(new Fetch.Failed("answered 500"), await FetchAsync(At(site, "/p")));
        Assert.Equal(7, site.Asked.Count);
    }

    [Fact]
    public async Task Retries_end_with_the_budget()
    {
        options.RequestsPerMinute = 3;
        await using var site = await TestSite.StartAsync(Status(500));

        Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/p")));
        Assert.Equal(3, site.Asked.Count);
    }

    [Fact]
    public async Task An_answer_that_is_cut_off_is_no_page()
    {
        await using var site = await TestSite.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await Text(context, "the first part");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/p")));
        Assert.Equal(4, site.Asked.Count);
    }

    [Theory]
    [InlineData(false, 15, "no answer within 15 s")]
    [InlineData(true, 30, "not whole within 30 s")]
    public async Task An_answer_that_does_not_end_is_given_up(bool begins, int seconds, string why)
    {
        options.FirstByteWithin = TimeSpan.FromSeconds(begins ? 45 : 15);
        var arrived = new TaskCompletionSource();
        await using var site = await TestSite.StartAsync(async context =>
        {
            if (begins)
            {
                await Text(context, "the first part");
                await context.Response.Body.FlushAsync();
            }

            arrived.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        var fetch = FetchAsync(At(site, "/p"));
        await arrived.Task;
        time.Advance(TimeSpan.FromSeconds(seconds));
        Assert.Equal(why, Assert.IsType<Fetch.Failed>(await fetch).Why);
        Assert.Null(gates.Of($"a.localhost:{site.Port}").ClaimedUntil);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fifty_megabytes_and_more_are_not_read_to_their_end(bool saysSo)
    {
        var hungUp = new TaskCompletionSource();
        await using var site = await TestSite.StartAsync(async context =>
        {
            if (saysSo)
                context.Response.ContentLength = 50 * 1024 * 1024;
            var block = new byte[64 * 1024];
            for (var sent = 0L; !context.RequestAborted.IsCancellationRequested && (!saysSo || sent < context.Response.ContentLength); sent += block.Length)
                await context.Response.Body.WriteAsync(block);
            hungUp.TrySetResult();
        });

        Assert.Contains("larger than 1048576 bytes", Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/p"))).Why);
        Assert.Equal(2, site.Asked.Count);
        await hungUp.Task;
    }

    private static byte[] Packed(string encoding, byte[] plain)
    {
        using var packed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "zlib" => new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true),
            _ => new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true),
        })
            stream.Write(plain);
        return packed.ToArray();
    }

    private static RequestDelegate Encoded(string encoding, byte[] body) => async context =>
    {
        context.Response.Headers.ContentEncoding = encoding == "zlib" ? "deflate" : encoding;
        await context.Response.Body.WriteAsync(body);
    };

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("zlib")]
    [InlineData("deflate")]
    public async Task What_is_packed_is_unpacked_and_a_bomb_is_not(string encoding)
    {
        await using var site = await TestSite.StartAsync(Encoded(encoding, Packed(encoding, "De pluktuin van de wijk, de pluktuin van de wijk"u8.ToArray())));
        Assert.Equal("De pluktuin van de wijk, de pluktuin van de wijk", BodyOf(await FetchAsync(At(site, "/p"))));

        await using var bomb = await TestSite.StartAsync(Encoded(encoding, Packed(encoding, new byte[50 * 1024 * 1024])));
        Assert.Contains("larger than", Assert.IsType<Fetch.Failed>(await FetchAsync(At(bomb, "/p"))).Why);
        Assert.Equal(2, bomb.Asked.Count);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("gzip, gzip")]
    public async Task A_body_that_is_not_in_its_encoding_is_a_failure(string encoding)
    {
        await using var site = await TestSite.StartAsync(Encoded(encoding, "<html>\u00ff plain after all"u8.ToArray()));

        Assert.IsType<Fetch.Failed>(await FetchAsync(At(site, "/p")));
    }

    [Fact]
    public async Task A_host_is_never_asked_two_things_at_once_and_another_goes_on_meanwhile()
    {
        var (arrived, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var slow = await TestSite.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await goOn.Task;
            await Text(context, "page");
        });
        await using var other = await TestSite.StartAsync(context => Text(context, "other"));

        using var fetcher = Fetcher();
        var first = fetcher.FetchAsync(Town, new PageRequest(new Uri(At(slow, "/1")), "project"), PageValidators.None, CancellationToken.None);
        await arrived.Task;
        var laters = await Task.WhenAll(Enumerable.Range(2, 10).Select(i =>
            Task.Run(() => fetcher.FetchAsync(Town, new PageRequest(new Uri(At(slow, $"/{i}")), "project"), PageValidators.None, CancellationToken.None))));
        Assert.All(laters, later => Assert.False(Assert.IsType<Fetch.Later>(later).ByHost));
        Assert.Equal("other", BodyOf(await FetchAsync(At(other, "/p", "b.localhost"))));
        goOn.SetResult();

        Assert.Equal("page", BodyOf(await first));
        Assert.Equal(1, slow.MostAtOnce);
        Assert.Equal(["a.localhost/robots.txt", "a.localhost/1"], slow.Asked);
    }

    [Fact]
    public async Task Fetches_at_random_never_overlap_at_the_host()
    {
        options.RequestsPerMinute = 600;
        await using var site = await TestSite.StartAsync(async context =>
        {
            await Task.Yield();
            await Text(context, "page");
        });

        using var fetcher = Fetcher();
        var came = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            for (var n = 0; n < 20; n++)
                if (await fetcher.FetchAsync(Town, new PageRequest(new Uri(At(site, $"/{i}-{n}")), "project"), PageValidators.None, CancellationToken.None) is Fetch.Came)
                    Interlocked.Increment(ref came);
        })));

        Assert.True(came > 0);
        Assert.Equal(1, site.MostAtOnce);
    }

    [Fact]
    public async Task When_the_budget_is_used_up_the_host_waits_for_its_next_minute_and_others_go_on()
    {
        options.RequestsPerMinute = 6;
        await using var site = await TestSite.StartAsync(context => Text(context, "page"));
        for (var i = 0; i < 5; i++)
            Assert.IsType<Fetch.Came>(await FetchAsync(At(site, $"/{i}")));

        var later = Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/5")));
        Assert.False(later.ByHost);
        Assert.InRange(later.Wait, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(90));
        Assert.Equal(6, site.Asked.Count);
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/5", "b.localhost")));

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/5")));
    }

    [Fact]
    public async Task The_pause_that_a_host_asks_for_between_pages_is_kept()
    {
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), context => Text(context, "User-agent: *\nCrawl-delay: 30"));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/p")));

        time.Advance(TimeSpan.FromSeconds(29));
        var later = Assert.IsType<Fetch.Later>(await FetchAsync(At(site, "/q")));
        Assert.Contains("Crawl-delay", later.Why);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/q")));
    }

    [Fact]
    public async Task A_pause_that_a_redirect_cannot_wait_for_is_owed_afterwards()
    {
        await using var site = await TestSite.StartAsync(
            context => context.Request.Path == "/p" ? To("/q")(context) : Text(context, "page"),
            context => Text(context, "User-agent: *\nCrawl-delay: 30"));
        var begun = time.GetUtcNow();

        Assert.IsType<Fetch.Came>(await FetchAsync(At(site, "/p")));

        Assert.Equal(begun.AddSeconds(60), gates.Of($"a.localhost:{site.Port}").NextAt);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("10.1.2.3")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("8.8.8.8 10.0.0.1")]
    public async Task A_public_name_that_points_inside_is_not_connected_to(string addresses)
    {
        names.Answers = (_, _) => [.. addresses.Split(' ').Select(IPAddress.Parse)];

        Assert.Contains("public internet", Assert.IsType<Fetch.Forbidden>(await FetchAsync("https://town.be/p")).Rule);
        Assert.Equal(["town.be"], names.Asked);
    }

    [Fact]
    public async Task A_name_that_changes_its_address_between_two_connections_gains_nothing()
    {
        await using var site = await TestSite.StartAsync(context => Text(context, "page"), context =>
        {
            context.Response.Headers.Connection = "close";
            return Text(context, "");
        });
        names.Answers = (_, asked) => [asked == 1 ? IPAddress.Loopback : IPAddress.Parse("169.254.169.254")];

        Assert.Contains("169.254.169.254", Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p"))).Rule);
        Assert.Equal(["a.localhost/robots.txt"], site.Asked);
        Assert.Equal(2, names.Asked.Count);
    }

    [Fact]
    public async Task This_machine_is_not_asked_unless_it_may_be()
    {
        await using var site = await TestSite.StartAsync(context => Text(context, "page"));
        options.AllowLoopback = false;

        Assert.IsType<Fetch.Forbidden>(await FetchAsync(At(site, "/p")));
        Assert.Empty(site.Asked);
        Assert.Empty(names.Asked);
    }

    [Fact]
    public async Task A_name_that_does_not_resolve_leaves_the_host_alone_for_a_while()
    {
        names.Answers = (_, _) => throw new SocketException((int)SocketError.HostNotFound);

        Assert.True(Assert.IsType<Fetch.Later>(await FetchAsync("https://town.be/p")).ByHost);
        Assert.Equal(3, names.Asked.Count);
    }

    [Fact]
    public async Task A_connection_that_does_not_come_about_is_given_up()
    {
        options.ConnectWithin = TimeSpan.FromSeconds(12);
        names.Hangs = new TaskCompletionSource();

        var fetch = FetchAsync("https://town.be/p");
        await names.Hangs.Task;
        time.Advance(options.ConnectWithin);

        Assert.Contains("no connection within 12 s", Assert.IsType<Fetch.Later>(await fetch).Why);
        Assert.Single(names.Asked);
    }

    [Fact]
    public async Task A_visit_that_is_cancelled_gives_the_host_back()
    {
        using var cancel = new CancellationTokenSource();
        await using var site = await TestSite.StartAsync(async context =>
        {
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => FetchAsync(At(site, "/p"), cancellation: cancel.Token));
        Assert.Null(gates.Of($"a.localhost:{site.Port}").ClaimedUntil);
        Assert.NotNull(gates.Of($"a.localhost:{site.Port}").Robots);
    }

    [Fact]
    public async Task A_platform_that_is_not_crawled_is_not_fetched_from()
    {
        using var fetcher = Fetcher();

        Assert.IsType<Fetch.Forbidden>(await fetcher.FetchAsync(new PlatformId("other"), new PageRequest(new Uri("https://town.be/p"), "project"), PageValidators.None, CancellationToken.None));
        Assert.Empty(names.Asked);
    }

    private sealed class TestNames : INameResolver
    {
        public ConcurrentQueue<string> Asked { get; } = new();

        /// <summary>By name, and by how often anything was asked.</summary>
        public Func<string, int, IPAddress[]> Answers { get; set; } = (_, _) => [IPAddress.Loopback];

        /// <summary>Completed when a name was asked for that is never answered; null: all are.</summary>
        public TaskCompletionSource? Hangs { get; set; }

        public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation)
        {
            Asked.Enqueue(host);
            if (Hangs is not null)
            {
                Hangs.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            }

            return Answers(host, Asked.Count);
        }
    }

    private sealed class TownPlatform : ICrawledPlatform
    {
        public PlatformId Platform => Town;

        public IReadOnlySet<string> Hosts { get; } = new HashSet<string>(StringComparer.Ordinal) { "a.localhost", "b.localhost", "town.be" };

        public IReadOnlyDictionary<string, string> Headers { get; } = new Dictionary<string, string>(StringComparer.Ordinal) { ["X-Town"] = "key" };

        public IReadOnlyList<PageRequest> Entrances => [];

        public Discovery Discover(FetchedPage page) => throw new NotSupportedException();

        public PageRequest FirstPage(FoundCampaign found) => throw new NotSupportedException();

        public PageReading Read(FoundCampaign found, IReadOnlyList<FetchedPage> pages, DateTimeOffset takenAt) => throw new NotSupportedException();
    }
}
