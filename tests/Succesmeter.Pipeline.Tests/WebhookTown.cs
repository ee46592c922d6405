using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;
using Succesmeter.Webhooks;

namespace Succesmeter.Pipeline.Tests;

/// <summary>Announcing and delivering over memory stores, on a clock that the test moves.</summary>
internal sealed class WebhookTown : ISubscriberRights
{
    public static readonly DateTimeOffset Began = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    private static readonly RandomNumberGenerator Dice = RandomNumberGenerator.Create();

    private readonly IOptions<WebhookOptions> _options;

    public WebhookTown()
    {
        // Nobody moves the clock while a message is at work.
        var options = new WebhookOptions { RememberNobody = TimeSpan.Zero, WaitInPlace = TimeSpan.Zero };
        options.Keys["1"] = Convert.ToBase64String(new byte[32]);
        _options = Options.Create(options);
        Seals = new WebhookSeals(_options, Dice);
        Endpoints = new FakeEndpoints(Time);
        Queue = new MemoryDeliveryQueue(Time);
        Replays = new Replays(Subscriptions, Deliveries, Queue, Time);
        Announcements = new Announcements(Subscriptions, Deliveries, Queue, Replays, _options, Time);
        Bundles = new EventsToBundles(Subscriptions, Deliveries, Queue, new UtcZones(), _options, Time, NullLogger<EventsToBundles>.Instance);
        Stage = NewStage();
    }

    public FakeTimeProvider Time { get; } = new(Began);

    /// <summary>What announces on a second host, with a memory of its own.</summary>
    public Announcements AnotherHost(TimeSpan rememberNobody) => new(Subscriptions, Deliveries, Queue, Replays, Options.Create(new WebhookOptions { RememberNobody = rememberNobody }), Time);

    public MemorySubscriptionStore Subscriptions { get; } = new();

    public MemoryDeliveryStore Deliveries { get; } = new();

    public MemoryDeliveryQueue Queue { get; }

    public FakeEndpoints Endpoints { get; }

    public WebhookSeals Seals { get; }

    public Announcements Announcements { get; }

    public EventsToWebhooks Stage { get; private set; }

    public EventsToBundles Bundles { get; }

    public Replays Replays { get; }

    public bool TokensHaveEnded { get; set; }

    /// <summary>Runs while it is looked up whether a token lives.</summary>
    public Func<Task>? WhileAsking { get; set; }

    public async ValueTask<bool> MayHearAsync(string madeBy, TokenScope scope, CancellationToken cancellation)
    {
        if (WhileAsking is { } meanwhile)
            await meanwhile();
        return !TokensHaveEnded;
    }

    public static CampaignEvent Milestone(int percent, int number = 1, CampaignId? campaign = null) =>
        new(campaign ?? Some.Campaign, EventTypes.MilestoneReached, percent.ToString(CultureInfo.InvariantCulture), 1, Some.Launch.AddDays(number)) { Number = number, Title = "Kidical Mass", GoalShare = percent / 100.0 };

    /// <summary>A host that starts anew knows nothing but what is stored.</summary>
    public void Restart() => Stage = NewStage();

    public async Task<Subscription> SubscribeAsync(Func<Subscription, Subscription>? bend = null, TokenScope? scope = null)
    {
        scope ??= TokenScope.Of(Some.Campaign);
        var id = SubscriptionId.New(scope, Dice);
        var made = new Subscription
        {
            Id = id,
            Scope = scope,
            Address = new Uri($"https://{id.Own}.growfunding.be/"),
            Language = "en",
            MadeBy = "root",
            MadeAt = Time.GetUtcNow(),
            Secret = Seals.Seal!.Seal(id, WebhookSecret.New(Dice)),
        };
        made = bend?.Invoke(made) ?? made;
        await Subscriptions.ExpectAsync(scope, default);
        await Subscriptions.AddAsync(made, default);
        return made;
    }

    public async Task<Subscription> NowAsync(Subscription subscription) => (await Subscriptions.FindAsync(subscription.Id, default))!.Subscription;

    public async Task<List<Delivery>> DeliveriesAsync(Subscription subscription)
    {
        var all = new List<Delivery>();
        await foreach (var one in Deliveries.ReadAsync(subscription.Id, null, null, default))
            all.Insert(0, one.Delivery);
        return all;
    }

    /// <summary>Runs what is due, then moves the clock to what is due next, until nothing is, or a time has passed.</summary>
    public async Task RunAsync(TimeSpan? most = null)
    {
        var end = Time.GetUtcNow() + (most ?? TimeSpan.FromDays(30));
        for (var steps = 0; steps < 100_000; steps++)
        {
            while (Queue.Take() is { } message)
                await Stage.RunAsync(message, default);
            if (Queue.NextAt is not { } next || next > end)
            {
                if (most is not null)
                    Time.SetUtcNow(end);
                return;
            }

            Time.SetUtcNow(next);
        }

        throw new InvalidOperationException("The queue never empties.");
    }

    private EventsToWebhooks NewStage() =>
        new(Subscriptions, Deliveries, Queue, Replays, this, Endpoints, Seals, _options, Dice, Time, NullLogger<EventsToWebhooks>.Instance);
}

/// <summary>Endpoints that answer as a test says, and remember what they were sent.</summary>
internal sealed class FakeEndpoints(TimeProvider time) : IWebhookSender
{
    public List<(SignedWebhook Webhook, DateTimeOffset At)> Sent { get; } = [];

    public ConcurrentDictionary<string, Func<int, int?>> Answers { get; } = new(StringComparer.Ordinal);

    /// <summary>What <c>Retry-After</c> says with a failure.</summary>
    public TimeSpan? Patience { get; set; }

    /// <summary>Runs while an endpoint is being called.</summary>
    public Func<Task>? During { get; set; }

    /// <param name="subscription">Whose endpoint.</param>
    /// <param name="answer">Of the how-manieth call, from 1; null for no answer.</param>
    public void Set(Subscription subscription, Func<int, int?> answer) => Answers[subscription.Address.Host] = answer;

    public IEnumerable<DateTimeOffset> CallsOf(Subscription subscription) => Sent.Where(one => one.Webhook.Address.Host == subscription.Address.Host).Select(static one => one.At);

    public async Task<EndpointAnswer> SendAsync(SignedWebhook webhook, CancellationToken cancellation)
    {
        lock (Sent)
            Sent.Add((webhook, time.GetUtcNow()));
        if (During is { } during)
            await during();
        var status = Answers.TryGetValue(webhook.Address.Host, out var answer) ? answer(Sent.Count(one => one.Webhook.Address.Host == webhook.Address.Host)) : 200;
        return new EndpointAnswer(new DeliveryTry(time.GetUtcNow(), 5, status, status is null ? "no answer within 15 s" : null, "thanks"), status is >= 200 and < 300 ? null : Patience);
    }
}
