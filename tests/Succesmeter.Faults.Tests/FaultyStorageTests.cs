using System.Globalization;
using System.Runtime.Versioning;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>A storage that is busy, throttles, refuses conditions, breaks connections before and after the work, and is slow: all ends as if it had been well.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FaultyStorageTests(ITestOutputHelper output)
{
    /// <summary>Where a fifth of the requests fails or takes long all goes on, slowly: each message is tried several times, and each try waits for what is slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(Nightly.Is ? 20 : 5);

    public static TheoryData<double, int> Shares => Nightly.Is ? new() { { 0.05, 10 }, { 0.2, 3 } } : new() { { 0.05, 1 } };

    [Theory]
    [MemberData(nameof(Shares))]
    public async Task What_storage_does_to_a_share_of_the_requests_changes_nothing_in_the_end(double share, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var storage = await AzuriteAccounts.NextAsync();
            await using var faulty = await FaultyStorage.StartAsync(storage, Nightly.Seed + round, share, TimeSpan.FromSeconds(Nightly.Is ? 20 : 1));
            await using var subscriber = await Receiver.StartAsync();
            await using var host = new RealHost(faulty.ConnectionString);
            await host.ListensAsync();
            await host.SubscribeAsync(subscriber.Address);
            faulty.IsFaulty = true;
            var half = Undisturbed.Lines.Count / 2;
            await Account.DropAsync(storage, "half.ndjson", string.Join('\n', Undisturbed.Lines.Take(half)));
            var answers = await Pushing.AllAsync(host, Undisturbed.Lines.Skip(half), each: 10, pause: TimeSpan.Zero);
            await Account.QuietAsync(storage, Patience);

            Same.Rows(await Undisturbed.RowsAsync(), await Undisturbed.RowsOfAsync(storage));
            Assert.Equal(await Undisturbed.ToldAsync(), Told.Ids(subscriber));
            Told.NeverInOtherWords(subscriber);
            Assert.DoesNotContain("500", answers.Keys);
            var faults = faulty.Done.Values.Sum();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fault: {share * 100:0} % of {faulty.Requests} storage requests, seed {Nightly.Seed + round}, tried {faults}, held {faults}: {faulty.Text()}; pushes were answered {Pushing.Text(answers)}, {Told.Again(subscriber)} calls came again with the same words"));
        }
    }
}
