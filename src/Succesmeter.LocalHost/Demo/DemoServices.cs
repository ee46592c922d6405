using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;

namespace Succesmeter.LocalHost.Demo;

/// <summary>Registers the demo town.</summary>
internal static class DemoServices
{
    /// <summary>What lets the crawl visit a site on this machine that is in no hurry to be spared. A contact of one's own is needed to crawl anything else.</summary>
    public static IReadOnlyCollection<KeyValuePair<string, string?>> Defaults { get; } =
    [
        new("Crawl:AllowLoopback", "true"),
        new("Crawl:Contact", "https://demostad.example.org/"),
        new("Crawl:RequestsPerMinute", "600"),
        new($"Platforms:Zones:{Town.Platform}", Town.Zone.Id),
    ];

    /// <summary>Nothing unless <c>Demo:Enabled</c>. It looks at what other <see cref="TownTimer"/>s are registered, and replaces <see cref="IPlatformClocks"/>, so it comes last.</summary>
    public static IServiceCollection AddDemoTown(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.GetValue<bool>($"{DemoOptions.Section}:{nameof(DemoOptions.Enabled)}"))
            return services;

        services.AddOptions<DemoOptions>().Bind(configuration.GetSection(DemoOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoRangesValidator>();
        services.AddSingleton<IValidateOptions<DemoOptions>, DemoUrlsValidator>();
        services.AddSingleton<ITownClockFile, BlobTownClockFile>();
        services.AddSingleton<TownClock>();
        services.AddSingleton<IPlatformClocks, TownClocks>();
        services.AddSingleton<TownSocket>();
        services.AddSingleton<TownSite>();
        services.AddSingleton<ICrawledPlatform>(provider => new RecipePlatform(TownRecipe.For(provider.GetRequiredService<TownSocket>().Address)));
        services.AddHostedService(provider => provider.GetRequiredService<TownClock>());
        services.AddHostedService(provider => provider.GetRequiredService<TownSite>());
        services.AddHostedService<TownHistory>();
        services.AddHostedService<TownTimers>();
        return services;
    }
}
