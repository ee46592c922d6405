using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using Succesmeter.Access;
using Succesmeter.Webhooks;

namespace Succesmeter.Benchmarks.Micro;

/// <summary>A webhook of 2 kB: signed as each attempt is, and checked as its receiver does (Standard Webhooks: sign again, compare in constant time).</summary>
public class SignatureBenchmarks : IDisposable
{
    internal const string Id = "msg_2f6c1d0e4b7a";

    internal static readonly DateTimeOffset At = MadeSnapshots.AtLook(80);
    internal static readonly byte[] Body = Encoding.UTF8.GetBytes($$"""{"type":"milestone.reached","text":"{{new string('x', 2_000)}}"}""");

    private readonly RandomNumberGenerator dice = RandomNumberGenerator.Create();
    private readonly SecretSeal seal;
    private readonly WebhookSecret secret;
    private readonly Subscription subscription;
    private readonly byte[] sent;

    public SignatureBenchmarks()
    {
        seal = new SecretSeal(new Dictionary<byte, byte[]> { [1] = new byte[SecretSeal.KeyBytes] }, 1, dice);
        secret = WebhookSecret.New(dice);
        var id = SubscriptionId.New(TokenScope.All, dice);
        subscription = new Subscription
        {
            Id = id,
            Scope = TokenScope.All,
            Address = new Uri("https://subscriber.example/hook"),
            Language = "nl",
            MadeBy = "root",
            MadeAt = At,
            Secret = seal.Seal(id, secret),
        };
        sent = Encoding.ASCII.GetBytes(secret.Sign(Id, At, Body));
    }

    [Benchmark(Description = "sign")]
    public string Sign() => secret.Sign(Id, At, Body);

    [Benchmark(Description = "open the sealed secret and sign, as an attempt does")]
    public SignedWebhook Attempt() => WebhookSigning.Sign(seal, subscription, Id, (Body, "application/json"), At);

    [Benchmark(Description = "check")]
    public bool Check() => CryptographicOperations.FixedTimeEquals(sent, Encoding.ASCII.GetBytes(secret.Sign(Id, At, Body)));

    public void Dispose()
    {
        dice.Dispose();
        GC.SuppressFinalize(this);
    }
}
