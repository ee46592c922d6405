using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.LocalHost.Demo;

namespace Succesmeter.LocalHost.Tests.Demo;

public sealed class TownSiteTests : IAsyncLifetime, IDisposable
{
    private readonly FakeTimeProvider _time = new(Founded.At);
    private readonly IOptions<DemoOptions> _options = Options.Create(new DemoOptions { Urls = "http://127.0.0.1:0" });
    private readonly TownClock _clock;
    private readonly TownSocket _socket;
    private readonly TownSite _site;
    private readonly HttpClient _client;

    public TownSiteTests()
    {
        _clock = new(new Forgetful(), _options, _time, NullLogger<TownClock>.Instance);
        _socket = new(_options);
        _site = new(_socket, _clock, _options);
        _client = new() { BaseAddress = _socket.Address };
    }

    public async Task InitializeAsync()
    {
        await _clock.StartingAsync(CancellationToken.None);
        await _site.StartAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        await _site.StopAsync(CancellationToken.None);
        await _site.DisposeAsync();
        await _clock.StoppedAsync(CancellationToken.None);
    }

    public void Dispose()
    {
        _client.Dispose();
        _clock.Dispose();
        _socket.Dispose();
    }

    [Theory]
    [InlineData("/", "nl")]
    [InlineData("/nl", "nl")]
    [InlineData("/fr", "fr")]
    [InlineData("/en", "en")]
    [InlineData("/?lang=fr", "fr")]
    [InlineData("/?lang=xx", "nl")]
    public async Task The_first_page_lists_the_live_campaigns_in_three_languages(string address, string language)
    {
        var html = await _client.GetStringAsync(address);
        Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
        Assert.All(_site.Town.At(_clock.Now, 0), view => Assert.Contains($"/{language}/p/{view.Campaign.Id}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_campaign_speaks_its_own_language_until_it_is_asked_for_another_and_has_one_address()
    {
        var view = _site.Town.At(_clock.Now, 0).First(view => view.Campaign.Language == "fr");
        var canonical = $"<link rel=\"canonical\" href=\"{new Uri(_socket.Address, "p/" + view.Campaign.Id)}\">";
        foreach (var (address, language) in new[] { ($"/p/{view.Campaign.Id}", "fr"), ($"/p/{view.Campaign.Id}?lang=en", "en"), ($"/nl/p/{view.Campaign.Id}", "nl") })
        {
            var html = await _client.GetStringAsync(address);
            Assert.Contains($"<html lang=\"{language}\">", html, StringComparison.Ordinal);
            Assert.Contains(canonical, html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task While_nothing_happens_a_page_is_known_and_when_something_does_it_is_new()
    {
        var view = _site.Town.At(_clock.Now, 0).First(view => view is { Gifts.Count: > 30, Campaign.Kind: TownKind.Ordinary });
        var campaign = view.Campaign;
        using var first = await _client.GetAsync($"/p/{campaign.Id}");
        var tag = first.Headers.ETag!;
        var before = await first.Content.ReadAsStringAsync();
        var changes = 0;
        for (var minutes = 0; minutes < 24 * 60; minutes += 20)
        {
            _time.Advance(TimeSpan.FromSeconds(20.0 / 60));
            await _clock.StoreOnceAsync(TownClock.Ahead, CancellationToken.None);
            var isSame = campaign.At(_clock.Now).Version == view.Version;
            using var request = new HttpRequestMessage(HttpMethod.Get, $"/p/{campaign.Id}");
            request.Headers.IfNoneMatch.Add(tag);
            using var answer = await _client.SendAsync(request);
            Assert.Equal(isSame ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(isSame, answer.Headers.ETag!.Equals(tag));
            var html = await _client.GetStringAsync($"/p/{campaign.Id}");
            Assert.Equal(isSame, html == before);
            if (isSame)
                continue;

            changes++;
            (view, tag, before) = (campaign.At(_clock.Now), answer.Headers.ETag!, html);
        }

        Assert.InRange(changes, 1, 60);
    }

    [Fact]
    public async Task Pages_are_packed_for_who_can_unpack_them()
    {
        var path = "/p/" + _site.Town.At(_clock.Now, 0).First().Campaign.Id;
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using var answer = await _client.SendAsync(request);
        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var unpacked = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        Assert.Equal(await _client.GetStringAsync(path), await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Pages_of_finished_campaigns_stay_and_unknown_ones_are_not_there()
    {
        var finished = _site.Town.At(_clock.Now, 60).First(view => view.Campaign.ClosedAt < _clock.Now.AddDays(-TownSite.ListedDaysAfterEnd));
        Assert.DoesNotContain(finished.Campaign.Id + "<", await _client.GetStringAsync("/sitemap.xml"), StringComparison.Ordinal);
        Assert.Contains(finished.Campaign.Id, await _client.GetStringAsync("/p/" + finished.Campaign.Id), StringComparison.Ordinal);

        using var unknown = await _client.GetAsync("/p/speelstraat-9999");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("sitemap.xml", await _client.GetStringAsync("/robots.txt"), StringComparison.Ordinal);
    }

    [Fact]
    public void When_its_port_is_taken_it_takes_another()
    {
        using var second = new TownSocket(Options.Create(new DemoOptions { Urls = $"http://127.0.0.1:{_socket.Bound.Port}" }));
        Assert.NotEqual(_socket.Bound.Port, second.Bound.Port);
        Assert.NotEqual(0, second.Address.Port);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1")]
    [InlineData("http://example.org")]
    [InlineData("127.0.0.1:80")]
    [InlineData("http://127.0.0.1:1/x")]
    public void An_address_that_cannot_be_listened_on_is_refused(string urls) =>
        Assert.True(new DemoUrlsValidator().Validate(null, new() { Urls = urls }).Failed);

    [Theory]
    [InlineData(0)]
    [InlineData(25)]
    [InlineData(double.NaN)]
    public void A_speed_out_of_range_is_refused(double speed) =>
        Assert.Contains("HoursPerSecond must be between 0.01 and 24", new DemoRangesValidator().Validate(null, new() { HoursPerSecond = speed }).FailureMessage, StringComparison.Ordinal);

    private sealed class Forgetful : ITownClockFile
    {
        public Task<TownTime?> ReadAsync(CancellationToken cancellation) => Task.FromResult<TownTime?>(null);

        public Task WriteAsync(TownTime time, CancellationToken cancellation) => Task.CompletedTask;
    }
}
