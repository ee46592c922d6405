using System.Security.Cryptography;
using Succesmeter.Access;
using Succesmeter.Campaigns;
using Succesmeter.Events;
using Succesmeter.Webhooks;

namespace Succesmeter.Tests.Webhooks;

internal static class SomeSubscription
{
    public static readonly DateTimeOffset Now = new(2026, 5, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly CampaignId Campaign = new(new PlatformId("growfunding"), "kidical-mass");

    public static SecretSeal Seal { get; } = new(new Dictionary<byte, byte[]> { [1] = [.. Enumerable.Range(0, 32).Select(static i => (byte)i)] }, 1, RandomNumberGenerator.Create());

    public static Subscription Of(TokenScope scope)
    {
        var id = SubscriptionId.New(scope, RandomNumberGenerator.Create());
        return new Subscription
        {
            Id = id,
            Scope = scope,
            Address = new Uri("https://hooks.growfunding.be/x"),
            Language = "nl",
            MadeBy = "root",
            MadeAt = Now,
            Secret = Seal.Seal(id, WebhookSecret.New(RandomNumberGenerator.Create())),
        };
    }

    public static CampaignEvent Milestone(int percent) => new(Campaign, EventTypes.MilestoneReached, percent.ToString(System.Globalization.CultureInfo.InvariantCulture), 1, Now)
    {
        Number = 3,
        Title = "Kidical Mass",
        Pledged = 3750,
        Goal = 7500,
        Currency = "EUR",
        Backers = 64,
        GoalShare = 0.5,
        Probability = 0.873,
        Confidence = "ok",
    };
}
