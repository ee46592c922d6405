using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Fetching;
using Succesmeter.Testing.Memory;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Tests.Fetching;

public sealed class FetchingServicesTests
{
    private static ServiceProvider With(params (string Key, string Value)[] settings) => new ServiceCollection()
        .AddSingleton(TimeProvider.System)
        .AddSingleton<IHostGates>(new MemoryHostGates(TimeProvider.System))
        .AddPageFetcher(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build())
        .BuildServiceProvider();

    [Fact]
    public async Task The_fetcher_reads_its_settings()
    {
        await using var without = With();
        await using var with = With(("Crawl:Contact", "crawl@succesmeter.example"));
        var page = new PageRequest(new Uri("https://town.be/"), "project");

        Assert.Contains("Contact", Assert.IsType<Fetch.Forbidden>(await FetchAsync(without, page)).Rule);
        Assert.Contains("'town'", Assert.IsType<Fetch.Forbidden>(await FetchAsync(with, page)).Rule);
    }

    [Fact]
    public void A_setting_out_of_range_is_refused() =>
        Assert.Throws<OptionsValidationException>(() => With(("Crawl:RequestsPerMinute", "100000")).GetRequiredService<IPageFetcher>());

    private static Task<Fetch> FetchAsync(ServiceProvider services, PageRequest page) =>
        services.GetRequiredService<IPageFetcher>().FetchAsync(new PlatformId("town"), page, PageValidators.None, CancellationToken.None);
}
