using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Succesmeter.Benchmarks.Micro;
using Succesmeter.Webhooks;

namespace Succesmeter.Benchmarks.Duels;

/// <summary>A webhook's signature; both sides have the secret at hand.</summary>
internal static class SignatureDuels
{
    public static IEnumerable<IDuel> In(PeerProcess peer)
    {
        using var dice = RandomNumberGenerator.Create();
        var secret = WebhookSecret.New(dice);
        var signature = secret.Sign(SignatureBenchmarks.Id, SignatureBenchmarks.At, SignatureBenchmarks.Body);
        var sent = Encoding.ASCII.GetBytes(signature);
        File.WriteAllBytes(peer.PathOf("body.bin"), SignatureBenchmarks.Body);
        File.WriteAllText(peer.PathOf("message.json"), JsonSerializer.Serialize(new { id = SignatureBenchmarks.Id, at = SignatureBenchmarks.At.ToUnixTimeSeconds(), secret = secret.Reveal(), signature }));

        yield return new Duel<string>("signing 2 kB", "Python's hmac", "sign", Sign, static (ours, theirs) => ours == theirs.GetString() ? "the same signature" : throw new PeerException("The signatures differ."));
        yield return new Duel<bool>(
            "checking a signature of 2 kB",
            "Python's hmac",
            "check",
            () => CryptographicOperations.FixedTimeEquals(sent, Encoding.ASCII.GetBytes(Sign())),
            static (ours, theirs) => ours && theirs.GetBoolean() ? "both take it" : throw new PeerException("A signature was refused."));

        string Sign() => secret.Sign(SignatureBenchmarks.Id, SignatureBenchmarks.At, SignatureBenchmarks.Body);
    }
}
