using System.Reflection;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;
using Succesmeter.LocalHost.Settings;
using Succesmeter.LocalHost.Storage;

namespace Succesmeter.LocalHost.Timers;

/// <summary>Schedules run functions, each timer on one instance at a time, by a lease as the real host's.</summary>
internal sealed class TimerTriggers(
    FunctionCatalog functions,
    FunctionRunner runner,
    HostStorage storage,
    IConfiguration configuration,
    Drain drain,
    TimeProvider time,
    ILoggerFactory loggers) : ITriggers
{
    public IEnumerable<Func<Task>> Listeners() =>
        [.. functions.TriggeredBy<TimerTriggerAttribute>().Select(found => Listener(found.Function, found.Trigger, found.Parameter))];

    private Func<Task> Listener(FunctionMethod function, TimerTriggerAttribute trigger, ParameterInfo parameter)
    {
        var bindings = ParameterBinding.Of<TimerInfo>(function, other => other == parameter ? OfTrigger(parameter) : null);
        var schedule = TimerSchedule.Parse(SettingNames.Resolve(trigger.Schedule, configuration));
        var status = new TimerStatusBlob(storage.Blob($"timers/{storage.HostId}/{function.Id}/status"));
        var timer = new Timer(function, bindings, schedule, trigger, status, runner, drain, time, loggers.CreateLogger("Function"));
        return () => RunWhereLeasedAsync(timer, function, storage.Blob($"locks/{storage.HostId}/{function.Id}.Listener"));
    }

    private async Task RunWhereLeasedAsync(Timer timer, FunctionMethod function, BlobClient turn)
    {
        var outage = new Outage($"The storage of the timer {function.Name}", loggers.CreateLogger("Function"));

        while (!drain.NoNewWork.IsCancellationRequested)
        {
            try
            {
                await using var lease = await HeldBlob.TryHoldAsync(turn, storage.LeaseDuration, drain.NoNewWork);

                outage.End();

                if (lease is not null)
                    await timer.RunAsync(lease.Lost);
            }
            catch (OperationCanceledException)
            {
                // The host stops, or the lease is lost and worth asking for again.
            }
            catch (Exception e) when (e is RequestFailedException or AggregateException)
            {
                outage.Begin(e);
            }

            await drain.PauseAsync(storage.LeaseDuration / 6);
        }
    }

    private static Binding<TimerInfo>? OfTrigger(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(TimerInfo) ? (info, _) => new(info) : null;
}
