using System.Globalization;
using System.Runtime.Versioning;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>A storage that is busy, throttles, refuses conditions, breaks connections before and after the work, and is slow: all ends as if it had been well.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class FaultyStorageTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Nightly.Is ? 10 : 1;

    public static TheoryData<double> Shares => Nightly.Is ? new(0.05, 0.2) : new(0.05);

    [Theory]
    [MemberData(nameof(Shares))]
    public async Task What_storage_does_to_a_share_of_the_requests_changes_nothing_in_the_end(double share)
    {
        for (var round = 0; round < Rounds; round++)
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
            await Account.QuietAsync(storage, TimeSpan.FromMinutes(5));

            Same.Rows(await Undisturbed.RowsAsync(), await Undisturbed.RowsOfAsync(storage));
            Assert.Equal(await Undisturbed.ToldAsync(), Told.Ids(subscriber));
            Told.NeverInOtherWords(subscriber);
            Assert.DoesNotContain("500", answers.Keys);
            var faults = faulty.Done.Values.Sum();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"fault: {share * 100:0} % of {faulty.Requests} storage requests, seed {Nightly.Seed + round}, tried {faults}, held {faults}: {faulty.Text()}; pushes were answered {Pushing.Text(answers)}, {Told.Again(subscriber)} calls came again with the same words"));
        }
    }
}
