using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Succesmeter.Access;
using Succesmeter.Advice;
using Succesmeter.Aftercare;
using Succesmeter.Campaigns;
using Succesmeter.Erasures;
using Succesmeter.Events;
using Succesmeter.Forecasts;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.Endpoints;
using Succesmeter.Functions.Requests;
using Succesmeter.Histories;
using Succesmeter.Intake;
using Succesmeter.Learning.Models;
using Succesmeter.Learning.Training;
using Succesmeter.Models;
using Succesmeter.Networks;
using Succesmeter.Outbound;
using Succesmeter.Outcomes;
using Succesmeter.Pipeline;
using Succesmeter.Platforms;
using Succesmeter.Platforms.Fetching;
using Succesmeter.Ratings;
using Succesmeter.Reports;
using Succesmeter.Scores;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Storage;
using Succesmeter.Storage.Blobs;
using Succesmeter.Storage.Queues;
using Succesmeter.Storage.Tables;
using Succesmeter.Visits;
using Succesmeter.Webhooks;

namespace Succesmeter.Functions;

/// <summary>Everything that the functions need, the same on both hosts.</summary>
public static class SuccesmeterServices
{
    /// <summary>What stands around every request, the outermost first; Program.cs names the same for the official host.</summary>
    public static IReadOnlyList<Type> Middleware { get; } = [typeof(RequestIds), typeof(CrossOrigin), typeof(Outages), typeof(RateLimits)];

    public static IServiceCollection AddSuccesmeter(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IPlatformClocks, RealClocks>();
        services.AddStorage(configuration).AddPlatforms(configuration).AddAccess(configuration).AddDonors(configuration).AddModels().AddWebhooks(configuration).AddWatching(configuration);

        services.Configure<IntakeOptions>(configuration.GetSection(IntakeOptions.Section));
        services.Configure<ScoreOptions>(configuration.GetSection(ScoreOptions.Section));
        services.AddOptions<VisitOptions>().Bind(configuration.GetSection(VisitOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<VisitOptions>, VisitOptionsValidator>();
        services.AddSingleton<PlatformsToPages>().AddSingleton<PagesToSnapshots>().AddSingleton<ListedCampaigns>().AddSingleton<VisitedSnapshots>();
        services.AddSingleton<FilesToSnapshots>().AddSingleton<SnapshotsToScores>().AddSingleton<TicksToScores>().AddSingleton<DonationsToNetwork>().AddSingleton<OutcomesToModels>().AddSingleton<OutcomesToReports>().AddSingleton<PoisonToRetries>();
        services.Configure<ListOptions>(configuration.GetSection(ListOptions.Section));
        return services;
    }

    private static IServiceCollection AddStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<StorageOptions>().Configure(options => BindStorage(options, configuration)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        return services
            .AddSingleton<StorageAccount>()
            .AddHostedService<StoragePreparation>()
            .AddHostedService(provider => ActivatorUtilities.CreateInstance<BlobSourceCheck>(provider, Triggers.Source))
            .AddSingleton<ICampaignStore, TableCampaignStore>()
            .AddSingleton<ICampaignList, TableCampaignList>()
            .AddSingleton<ICampaignLists, BlobCampaignLists>()
            .AddSingleton<IAdviceLog, TableAdviceLog>()
            .AddSingleton<IReceiptStore, TableReceiptStore>()
            .AddSingleton<IAftercareStore, TableAftercareStore>()
            .AddSingleton<IRatingStore, TableRatingStore>()
            .AddSingleton<IIncomingFiles, BlobIncomingFiles>()
            .AddSingleton<IArchivedFiles, BlobArchivedFiles>()
            .AddSingleton<IQuarantine, BlobQuarantine>()
            .AddSingleton<IOutcomeStore, BlobOutcomeStore>()
            .AddSingleton<IModelShelf, BlobModelShelf>()
            .AddSingleton<IReportStore, BlobReportStore>()
            .AddSingleton<IEdgeFiles, BlobEdgeFiles>()
            .AddSingleton<INetworkStore, NetworkStore>()
            .AddSingleton<INetworkLeases, BlobNetworkLeases>()
            .AddSingleton<ITombstones, TableTombstones>()
            .AddSingleton<IErasureStore, TableErasureStore>()
            .AddSingleton<IRawFiles, BlobRawFiles>()
            .AddSingleton<ITokenStore, TableTokenStore>()
            .AddSingleton<ISubscriptionStore, TableSubscriptionStore>()
            .AddSingleton<IDeliveryStore, TableDeliveryStore>()
            .AddSingleton<IHostGates, TableHostGates>()
            .AddSingleton<IVisitStore, TableVisitStore>()
            .AddSingleton<IPageArchive, BlobPageArchive>()
            .AddSingleton<StoragePageQueue>()
            .AddSingleton<IPageQueue>(static provider => provider.GetRequiredService<StoragePageQueue>())
            .AddSingleton<StorageDeliveryQueue>()
            .AddSingleton<IDeliveryQueue>(static provider => provider.GetRequiredService<StorageDeliveryQueue>())
            .AddSingleton<StorageScoreQueue>()
            .AddSingleton<IScoreQueue>(static provider => provider.GetRequiredService<StorageScoreQueue>())
            .AddSingleton<IGivenUp, PoisonQueues>();
    }

    /// <summary>The setting is a connection string or a section; which one, the triggers' own convention says.</summary>
    private static void BindStorage(StorageOptions options, IConfiguration configuration)
    {
        var section = configuration.GetSection(StorageOptions.Section);
        section.Bind(options);
        options.ConnectionString = section.Value;
    }

    private static IServiceCollection AddPlatforms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<PlatformOptions>().Bind(configuration.GetSection(PlatformOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<PlatformOptions>, PlatformOptionsValidator>();
        services.AddSingleton<IPlatformZones, PlatformZones>();
        return services.AddCrawledPlatforms(configuration).AddPageFetcher(configuration);
    }

    /// <summary>The shipped model and what was published of platforms; what is learned later stands on the shelf.</summary>
    private static IServiceCollection AddModels(this IServiceCollection services) => services
        .AddSingleton(_ => new StartingPoint(
            new ScoringModel(ShippedModels.Serving, References.Shipped) { Prototypes = ShippedModels.Prototypes, Backers = ShippedModels.Backers },
            new Dictionary<PlatformId, PlatformPrior> { [new PlatformId("growfunding")] = PlatformPrior.Growfunding }))
        .AddSingleton<IScoringModels, ShelvedScoringModels>()
        .AddSingleton<IRefit, ContinuedTraining>();

    private static IServiceCollection AddAccess(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<AccessOptions>().Bind(configuration.GetSection(AccessOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AccessOptions>, AccessOptionsValidator>();
        services.AddOptions<ApiOptions>().Bind(configuration.GetSection(ApiOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>();
        return services.AddSingleton<TokenCache>().AddSingleton<Visitor>().AddSingleton<LatestScores>().AddSingleton(_ => RandomNumberGenerator.Create());
    }

    private static IServiceCollection AddDonors(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<DonorOptions>().Bind(configuration.GetSection(DonorOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<DonorOptions>, DonorOptionsValidator>();
        services.AddOptions<ErasureOptions>().Bind(configuration.GetSection(ErasureOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<ErasureOptions>, ErasureOptionsValidator>();
        services.AddSingleton<RewrittenHistories>().AddSingleton<CleanedFiles>().AddSingleton<DonorsToNobody>().AddSingleton<OldToNothing>();
        return services.AddSingleton<IPseudonyms>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<DonorOptions>>().Value;
            return new KeyedPseudonyms(
                Convert.FromBase64String(options.PseudonymKey),
                options.PseudonymKeyVersion,
                former: options.FormerKeys.Select(static former => (Convert.FromBase64String(former.Value), byte.Parse(former.Key, NumberStyles.None, CultureInfo.InvariantCulture))));
        });
    }

    private static IServiceCollection AddWebhooks(this IServiceCollection services, IConfiguration configuration)
    {
        // Where nobody said where the site stands, Azure says where the app does.
        var host = AzureSite.Of(configuration);
        services.AddOptions<WebhookOptions>()
            .Configure(options => options.Site = host ?? options.Site)
            .Bind(configuration.GetSection(WebhookOptions.Section))
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsValidator>();
        return services
            .AddSingleton<IEventAnnouncements, Announcements>()
            .AddSingleton<EventsToWebhooks>()
            .AddSingleton<EventsToBundles>()
            .AddSingleton<Replays>()
            .AddSingleton<WebhookSeals>()
            .AddSingleton<ISubscriberRights, SubscriberRights>()
            .AddSingleton<Subscribers>()
            .AddSingleton<Pings>()
            .AddSender();
    }

    private static IServiceCollection AddSender(this IServiceCollection services)
    {
        services.TryAddSingleton<IWebhookSender>(static provider => new WebhookSender(
            new WebhookLimits { AllowLoopback = provider.GetRequiredService<IOptions<WebhookOptions>>().Value.AllowLoopback },
            provider.GetRequiredService<INameResolver>(),
            provider.GetRequiredService<TimeProvider>()));
        return services;
    }
}
