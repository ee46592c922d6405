using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Outbound;
using Succesmeter.Visits;

namespace Succesmeter.Platforms.Fetching;

/// <summary>Registers what fetches pages; the host brings <see cref="IHostGates"/>, the <see cref="ICrawledPlatform"/>s and a <see cref="TimeProvider"/>.</summary>
public static class FetchingServices
{
    private const int Steps = 1 << 20;

    public static IServiceCollection AddPageFetcher(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<CrawlOptions>().Bind(configuration.GetSection(CrawlOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CrawlOptions>, CrawlOptionsValidator>();
        services.AddSingleton<INameResolver, SystemNameResolver>();
        services.AddSingleton<CrawledPlatforms>();
        services.AddSingleton<IPageFetcher>(provider => new PolitePageFetcher(
            provider.GetRequiredService<IHostGates>(),
            provider.GetRequiredService<CrawledPlatforms>(),
            provider.GetRequiredService<INameResolver>(),
            provider.GetRequiredService<IOptions<CrawlOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            Jitter));

        return services;
    }

    /// <summary>Instances that start together must not draw alike, so no seed; nothing that is kept or shown depends on it.</summary>
    private static double Jitter() => RandomNumberGenerator.GetInt32(Steps) / (double)Steps;
}
