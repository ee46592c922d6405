using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Pipeline;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;

namespace Succesmeter.LocalHost.Demo;

/// <summary>Registers the demo town.</summary>
internal static class DemoServices
{
    /// <summary>How the town is crawled, unless configuration says otherwise. No contact is among it: this machine is visited without one, and nobody else is.</summary>
    /// <remarks>
    /// At an hour a second the usual cadence would be a visit of each campaign in six seconds and of some in every one. This has the same shape, at a pace that leaves a laptop room for
    /// other things.
    /// </remarks>
    public static IReadOnlyCollection<KeyValuePair<string, string?>> Defaults { get; } =
    [
        new("Crawl:AllowLoopback", "true"),
        new("Crawl:RequestsPerMinute", "600"),
        new($"Crawl:Platforms:{Town.Platform}:Hot", "06:00:00"),
        new($"Crawl:Platforms:{Town.Platform}:Steady", "12:00:00"),
        new($"Crawl:Platforms:{Town.Platform}:Search", "12:00:00"),
        new($"Platforms:Zones:{Town.Platform}", Town.Zone.Id),
    ];

    /// <summary>Nothing unless <c>Demo:Enabled</c>. It replaces <see cref="IPlatformClocks"/>, so it comes last.</summary>
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
        var town = new PlatformId(Town.Platform);
        services
            .AddTimer<PlatformsToPages>(TimeSpan.FromSeconds(5), (stage, stop) => stage.RunAsync(town, stop))
            .AddTimer<TicksToScores>(TimeSpan.FromSeconds(6), (stage, stop) => stage.RunAsync(town, stop))
            .AddTimer<DonationsToNetwork>(TimeSpan.FromSeconds(60), (stage, stop) => stage.RunAsync(town, stop))
            .AddTimer<OutcomesToModels>(TimeSpan.FromSeconds(75), (stage, stop) => stage.RunAsync(town, stop))
            .AddTimer<OutcomesToReports>(TimeSpan.FromSeconds(90), (stage, stop) => stage.RunAsync(town, stop));
        services.AddHostedService<TownTimers>();
        return services;
    }

    /// <summary>Of what runs once an hour or a day elsewhere: here a day takes seconds.</summary>
    private static IServiceCollection AddTimer<TStage>(this IServiceCollection services, TimeSpan period, Func<TStage, CancellationToken, Task> run)
        where TStage : notnull =>
        services.AddSingleton(provider => new TownTimer(typeof(TStage).Name, period, stop => run(provider.GetRequiredService<TStage>(), stop)));
}
