using System.Security.Cryptography;
using Succesmeter.Access;
using Succesmeter.Campaigns;

namespace Succesmeter.Tests.Access;

public sealed class TokenTests
{
    private static readonly Gen<PlatformId> Platform = Gen.Char["abc"].Select(letter => new PlatformId($"{letter}"));
    private static readonly Gen<CampaignId> Campaign = Gen.Select(Platform, Gen.Char["xyz"]).Select((platform, letter) => new CampaignId(platform, $"{letter}"));
    private static readonly Gen<TokenScope> Scope = Gen.Frequency((1, Gen.Const(TokenScope.All)), (3, Platform.Select(TokenScope.Of)), (3, Campaign.Select(TokenScope.Of)));
    private static readonly Gen<Right[]> SomeRights = Gen.Enum<Right>().Array[0, 6];

    [Fact]
    public void Whoever_has_a_platform_has_its_campaigns_and_whoever_has_all_has_every_platform() =>
        Gen.Select(Scope, Campaign).Sample((scope, campaign) =>
            (!scope.Covers((PlatformId?)null) || scope.Covers(campaign.Platform)) && (!scope.Covers(campaign.Platform) || scope.Covers(campaign)));

    [Fact]
    public void A_campaigns_token_covers_that_campaign_and_nothing_else() =>
        Gen.Select(Campaign, Campaign).Sample((own, other) =>
            TokenScope.Of(own) is var scope && scope.Covers(other) == (own == other) && !scope.Covers(own.Platform) && !scope.Covers((PlatformId?)null));

    [Fact]
    public void A_platforms_token_covers_that_platform_alone() =>
        Gen.Select(Platform, Campaign).Sample((own, other) =>
            TokenScope.Of(own) is var scope && scope.Covers(other) == (own == other.Platform) && scope.Covers(other.Platform) == (own == other.Platform) && !scope.Covers((PlatformId?)null));

    [Fact]
    public void A_scope_reads_what_it_writes() =>
        Scope.Sample(scope => TokenScope.TryParse(scope.ToString(), out var again) && again == scope);

    [Fact]
    public void Rights_hold_what_was_given_and_read_what_they_write() =>
        SomeRights.Sample(given =>
            Rights.Of(given) is var rights && Enum.GetValues<Right>().All(right => rights.Contains(right) == given.Contains(right))
            && Rights.TryParse(rights.Names, out var again) && again == rights);

    [Fact]
    public void A_right_that_nobody_knows_is_none() => Assert.False(Rights.TryParse(["read", "Act"], out _));

    [Fact]
    public void A_token_is_known_by_its_text_and_by_no_other()
    {
        using var dice = RandomNumberGenerator.Create();
        var text = TokenText.New(dice);
        var token = Token(text);

        Assert.True(TokenText.TryParse(text.Reveal(), out var again));
        Assert.True(token.Matches(again));
        Assert.DoesNotContain(text.Reveal()[21..], text.ToString(), StringComparison.Ordinal);

        // Of the last letter only four bits belong to the secret.
        for (var at = 4; at < text.Reveal().Length - 1; at++)
        {
            var bent = text.Reveal().ToCharArray();
            bent[at] = bent[at] == 'a' ? 'b' : 'a';
            Assert.False(TokenText.TryParse(new string(bent), out var other) && token.Matches(other), $"letter {at} may be another");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("guess")]
    [InlineData("smt_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("smt_0123456789ABCDEF_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("smt_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+")]
    [InlineData("smt_0123456789abcdef-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void What_is_no_token_is_not_read(string? text) => Assert.False(TokenText.TryParse(text, out _));

    [Fact]
    public void What_is_a_token_is_read() => Assert.True(TokenText.TryParse("smt_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", out _));

    private static BearerToken Token(TokenText text) => new()
    {
        Id = text.Id,
        Scope = TokenScope.All,
        Rights = Rights.None,
        Label = "a test",
        IssuedAt = DateTimeOffset.UnixEpoch,
        ExpiresAt = DateTimeOffset.UnixEpoch.AddDays(1),
        SecretHash = text.SecretHash,
    };
}
