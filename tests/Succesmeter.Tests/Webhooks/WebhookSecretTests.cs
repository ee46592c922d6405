using System.Security.Cryptography;
using System.Text;
using Succesmeter.Access;
using Succesmeter.Webhooks;

namespace Succesmeter.Tests.Webhooks;

public sealed class WebhookSecretTests
{
    /// <summary>The example of the Standard Webhooks libraries.</summary>
    [Fact]
    public void A_signature_is_the_one_of_the_convention()
    {
        Assert.True(WebhookSecret.TryParse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", out var secret));
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            secret.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", DateTimeOffset.FromUnixTimeSeconds(1614265330), Encoding.UTF8.GetBytes("""{"test": 2432232314}""")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")]
    [InlineData("whsec_")]
    [InlineData("whsec_MfKQ9r8G")]
    [InlineData("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!!")]
    public void What_is_no_secret_is_refused(string? text) => Assert.False(WebhookSecret.TryParse(text, out _));

    [Fact]
    public void A_new_secret_comes_back_as_it_was_revealed_and_says_itself_to_no_log()
    {
        var secret = WebhookSecret.New(RandomNumberGenerator.Create());
        Assert.True(WebhookSecret.TryParse(secret.Reveal(), out var read));
        Assert.Equal(secret.Reveal(), read.Reveal());
        Assert.Equal(6 + 44, secret.Reveal().Length);
        Assert.Equal("whsec_…", $"{secret}");
    }

    [Fact]
    public void What_is_sealed_opens_for_its_subscription_alone()
    {
        var one = SubscriptionId.New(TokenScope.All, RandomNumberGenerator.Create());
        var other = SubscriptionId.New(TokenScope.All, RandomNumberGenerator.Create());
        var secret = WebhookSecret.New(RandomNumberGenerator.Create());
        var made = SomeSubscription.Seal.Seal(one, secret);

        Assert.Equal(secret.Reveal(), SomeSubscription.Seal.Open(one, made).Reveal());
        Assert.ThrowsAny<CryptographicException>(() => SomeSubscription.Seal.Open(other, made));
    }

    /// <summary>A law: no bit of what is sealed can be changed.</summary>
    [Fact]
    public void What_was_tampered_with_does_not_open()
    {
        var id = SubscriptionId.New(TokenScope.All, RandomNumberGenerator.Create());
        var made = SomeSubscription.Seal.Seal(id, WebhookSecret.New(RandomNumberGenerator.Create()));
        Gen.Int[0, (made.Length * 8) - 1].Sample(bit =>
        {
            var changed = made.SetItem(bit / 8, (byte)(made[bit / 8] ^ (1 << (bit % 8))));
            Assert.ThrowsAny<CryptographicException>(() => SomeSubscription.Seal.Open(id, changed));
        });
        Assert.ThrowsAny<CryptographicException>(() => SomeSubscription.Seal.Open(id, made[..20]));
    }

    [Fact]
    public void A_key_that_follows_another_opens_what_that_one_sealed_while_it_is_there()
    {
        var dice = RandomNumberGenerator.Create();
        var (first, second) = (new byte[32], Enumerable.Repeat((byte)7, 32).ToArray());
        var id = SubscriptionId.New(TokenScope.All, dice);
        var secret = WebhookSecret.New(dice);
        var made = new SecretSeal(new Dictionary<byte, byte[]> { [1] = first }, 1, dice).Seal(id, secret);

        var both = new SecretSeal(new Dictionary<byte, byte[]> { [1] = first, [2] = second }, 2, dice);
        Assert.Equal(secret.Reveal(), both.Open(id, made).Reveal());
        Assert.Equal(2, both.Seal(id, secret)[0]);
        Assert.Throws<CryptographicException>(() => new SecretSeal(new Dictionary<byte, byte[]> { [2] = second }, 2, dice).Open(id, made));
        Assert.Throws<ArgumentException>(() => new SecretSeal(new Dictionary<byte, byte[]> { [1] = first[..16] }, 1, dice));
    }

    [Fact]
    public void After_a_rotation_both_secrets_sign_for_a_day()
    {
        var dice = RandomNumberGenerator.Create();
        var before = SomeSubscription.Of(TokenScope.All);
        var (old, now) = (SomeSubscription.Seal.Open(before.Id, before.Secret), WebhookSecret.New(dice));
        var rotated = before with { Secret = SomeSubscription.Seal.Seal(before.Id, now), SecretBefore = before.Secret, SecretBeforeUntil = SomeSubscription.Now + Subscription.Overlap };
        var body = "{}"u8.ToArray();

        Assert.Equal(SignatureOf(now, 23) + " " + SignatureOf(old, 23), Sign(23));
        Assert.Equal(SignatureOf(now, 24), Sign(24));

        string Sign(int hours) => WebhookSigning.Sign(SomeSubscription.Seal, rotated, "evt_1", (body, "application/json"), SomeSubscription.Now.AddHours(hours)).Signature;

        string SignatureOf(WebhookSecret secret, int hours) => secret.Sign("evt_1", SomeSubscription.Now.AddHours(hours), body);
    }

    [Fact]
    public void Ids_of_one_scope_have_a_part_in_common_and_what_is_no_id_is_refused()
    {
        var scope = TokenScope.Of(SomeSubscription.Campaign);
        var (one, other) = (SubscriptionId.New(scope, RandomNumberGenerator.Create()), SubscriptionId.New(scope, RandomNumberGenerator.Create()));

        Assert.Equal(one.Scope, other.Scope);
        Assert.NotEqual(one, other);
        Assert.NotEqual(one.Scope, SubscriptionId.PartOf(TokenScope.Of(SomeSubscription.Campaign.Platform)));
        Assert.True(SubscriptionId.TryParse(one.ToString(), out var read) && read == one);
        Assert.All((string?[])[null, "", "sub_", one.ToString().ToUpperInvariant(), one + "0", one.ToString().Replace('_', '-'), "sub_000000000000000g_0000000000000000"], text => Assert.False(SubscriptionId.TryParse(text, out _)));
    }
}
