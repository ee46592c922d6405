using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>The watch over logs finds what it is there for; that it finds nothing else, all other tests of hosts say.</summary>
public sealed class LogWatchTests
{
    private static readonly KeyedPseudonyms Pseudonyms = new(new byte[32], 1);

    [Theory]
    [InlineData("{Key} is wrong", "the-function-key")]
    [InlineData("asked with {Key}", "the-admin-key")]
    [InlineData("said {Token}", TestHost.RootToken)]
    [InlineData("a gift of {Donor}", "Zo\u00e9 Peeters-Claes")]
    public async Task A_host_that_logs_what_no_log_may_say_fails_when_it_ends(string line, string secret)
    {
        var host = await TestHost.StartAsync();
        await host.DropAsync("one.json", """{"platform":"growfunding","campaign":"tuin","takenAt":"2025-05-02","pledged":25,"contributions":[{"amount":25,"donor":"Zo\u00e9 Peeters-Claes","identity":"full-name"}]}""");
#pragma warning disable CA2254, CA1848, CA1873 // The line is what is tried.
        host.Stage<ILoggerFactory>().CreateLogger("Succesmeter.Careless").LogDebug(line, secret);
#pragma warning restore CA2254, CA1848, CA1873
        var found = await Assert.ThrowsAsync<InvalidOperationException>(async () => await host.DisposeAsync());
        Assert.Contains("Succesmeter.Careless", found.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Tokens_secrets_donors_and_their_pseudonyms_are_met_in_what_is_sent_and_answered()
    {
        using var watch = new LogWatch();
        watch.Read("first smt_0123456789abcdef_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
        watch.Meet("""{"token":"smt_0123456789abcdef_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8","secret":"whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"}""");
        watch.Meet("""{"platform":"growfunding","donor":"Jan Peeters"}""");
        watch.KeepPseudonyms(Pseudonyms);
        watch.Read("sealed whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        watch.Read("by Jan Peeters.");
        watch.Read("by Jan Peetersen");
        watch.Read($"donor {Pseudonyms.Of(new PlatformId("growfunding"), "Jan Peeters")}");
        Assert.Equal(["a donor", "a pseudonym", "a webhook's secret", "the secret of a token"], watch.Found().Select(static line => line.Split(':')[0]).Distinct());
    }
}
