using System.Runtime.Versioning;
using Succesmeter.LocalHost.Azurite;
using Xunit.Abstractions;

namespace Succesmeter.Faults.Tests;

/// <summary>The storage goes away amid intake and comes back: nothing that was accepted is lost, and nobody has to do anything.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class OutageTests(ITestOutputHelper output)
{
    private const int SigCont = 18, SigStop = 19;

    private static readonly TimeSpan Away = TimeSpan.FromSeconds(Nightly.Is ? 30 : 4);
    private static readonly int Times = Nightly.Is ? 3 : 1;

    [Fact]
    public Task A_storage_that_is_stopped_and_started_again_has_all_that_was_accepted() => RunAsync(
        "Azurite stopped by SIGTERM and started again",
        static async (azurite, folder) =>
        {
            await azurite.DisposeAsync();
            await Task.Delay(Away);
            return await AzuriteProcess.StartOrAdoptAsync(folder, azurite.Ports, static _ => { }, default);
        });

    [Fact]
    public Task A_storage_that_stands_still_and_goes_on_has_all_that_was_accepted() => RunAsync(
        "Azurite stopped by SIGSTOP and gone on by SIGCONT",
        static async (azurite, _) =>
        {
            RunningProcess.Signal(azurite.ProcessId, SigStop);
            await Task.Delay(Away);
            RunningProcess.Signal(azurite.ProcessId, SigCont);
            return azurite;
        });

    private async Task RunAsync(string fault, Func<AzuriteProcess, string, Task<AzuriteProcess>> disturbAsync)
    {
        using var folder = new TemporaryFolder();
        await using var subscriber = await Receiver.StartAsync();
        var azurite = await AzuriteProcess.StartOrAdoptAsync(folder["data"], AzuritePorts.AnyFree, static _ => { }, default);
        try
        {
            await using var host = new RealHost(azurite.ConnectionString());
            await host.ListensAsync();
            await host.SubscribeAsync(subscriber.Address);
            var pushing = Pushing.AllAsync(host, Undisturbed.Lines, each: 4, pause: TimeSpan.FromMilliseconds(Nightly.Is ? 2000 : 200));
            for (var time = 0; time < Times; time++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1.5));
                azurite = await disturbAsync(azurite, folder["data"]);
            }

            var answers = await pushing;
            await Account.QuietAsync(host.Storage);

            Same.Rows(await Undisturbed.RowsAsync(), await Undisturbed.RowsOfAsync(host.Storage));
            Told.NeverInOtherWords(subscriber);
            Assert.DoesNotContain("500", answers.Keys);
            output.WriteLine($"fault: {fault} for {Away.TotalSeconds} s amid intake, tried {Times}, held {Times}; pushes were answered {Pushing.Text(answers)}, {Told.Again(subscriber)} calls came again with the same words");
        }
        finally
        {
            await azurite.DisposeAsync();
        }
    }
}
