using System.Runtime.Versioning;
using Succesmeter.Testing;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>Two hosts on one account read the same files at once: rows and events are those of one.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class TwoHostsTests(ITestOutputHelper output)
{
    private static readonly int Rounds = Nightly.Is ? 10 : 1;
    private static readonly TimeSpan LongCall = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Two_hosts_on_one_account_end_where_one_does()
    {
        var again = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var storage = await AzuriteAccounts.NextAsync();
            await using var subscriber = await Receiver.StartAsync();
            await using var one = new RealHost(storage);
            await using var other = new RealHost(storage);
            other.Start();
            await one.ListensAsync();
            await other.ListensAsync();
            await one.SubscribeAsync(subscriber.Address);

            // Each campaign is in every file, and the whole town in two of them.
            foreach (var (file, lines) in Undisturbed.Lines.Select(static (line, at) => (Line: line, At: at)).GroupBy(static one => one.At % 4).Select(static of => ($"part-{of.Key}", of.Select(static one => one.Line))).Append(("all", Undisturbed.Lines)))
                await Account.DropAsync(storage, $"{file}.ndjson", string.Join('\n', lines));
            await Account.QuietAsync(storage);

            Same.Rows(await Undisturbed.RowsAsync(), await Undisturbed.RowsOfAsync(storage));
            Told.NeverInOtherWords(subscriber);
            // Not twice beside each other. On a machine so slow that a call takes longer, its message is another's by then.
            Assert.All(subscriber.All.GroupBy(static told => told.Id, StringComparer.Ordinal), static told => Assert.All(told.Zip(told.Skip(1)), static pair => Assert.True(pair.Second.At - pair.First.At > LongCall)));
            again += Told.Again(subscriber);
            Assert.All([one, other], static host => Assert.Contains("rows taken", host.Said, StringComparison.Ordinal));
        }

        output.WriteLine($"fault: two hosts on one account and the same files tried {Rounds}, held {Rounds}; {again} calls came again");
    }
}
