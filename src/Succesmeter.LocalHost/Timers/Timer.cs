using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Succesmeter.LocalHost.Functions;

namespace Succesmeter.LocalHost.Timers;

/// <summary>One timer function, on the instance that holds its lease.</summary>
internal sealed partial class Timer(
    FunctionMethod function,
    Binding<TimerInfo>[] bindings,
    TimerSchedule schedule,
    TimerTriggerAttribute trigger,
    TimerStatusBlob statusBlob,
    FunctionRunner runner,
    Drain drain,
    TimeProvider time,
    ILogger logger)
{
    /// <summary>The longest wait in one piece, so that a machine that slept notices soon that a run is due.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    private readonly ILogger _logger = logger;
    private readonly bool _isMonitored = trigger.UseMonitor && schedule.IsMonitored(time.GetUtcNow());
    private bool _hasStarted;

    /// <summary>Runs the function when it is due, until the host stops or the lease is lost.</summary>
    public async Task RunAsync(CancellationToken leaseLost)
    {
        using var until = CancellationTokenSource.CreateLinkedTokenSource(drain.NoNewWork, leaseLost);
        var now = time.GetUtcNow();
        var status = _isMonitored ? await RecallAsync(now, until.Token) : null;
        var next = status is null ? schedule.Next(now) : Utc(status.Next);

        var isMissed = next < now;

        if (trigger.RunOnStartup && !_hasStarted && !isMissed)
            status = await RunOnceAsync(now, status, isPastDue: false, leaseLost);

        _hasStarted = true;

        for (; !until.IsCancellationRequested; isMissed = false)
        {
            await WaitAsync(next, until.Token);
            status = await RunOnceAsync(next, status, isMissed || time.GetUtcNow() - next >= LongestWait, leaseLost);
            now = time.GetUtcNow();

            // A timer may fire a little early, and would then find the same moment again.
            next = schedule.Next(now > next ? now : next);
        }
    }

    /// <summary>Reads what was recorded, or records when a new or changed schedule runs first.</summary>
    private async Task<ScheduleStatus> RecallAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (await statusBlob.ReadAsync(cancellation) is not { } status)
            return await RecordAsync(new() { Next = schedule.Next(now).UtcDateTime, LastUpdated = now.UtcDateTime }, cancellation);

        var expected = schedule.Next(Utc(status.Last == default ? status.LastUpdated : status.Last)).UtcDateTime;
        return expected == status.Next
            ? status
            : await RecordAsync(new() { Last = status.Last, Next = expected, LastUpdated = now.UtcDateTime }, cancellation);
    }

    private async Task<ScheduleStatus> RecordAsync(ScheduleStatus status, CancellationToken cancellation)
    {
        await statusBlob.WriteAsync(status, cancellation);
        return status;
    }

    private async Task WaitAsync(DateTimeOffset due, CancellationToken cancellation)
    {
        while (due - time.GetUtcNow() is var left && left > TimeSpan.Zero)
            await Task.Delay(left < LongestWait ? left : LongestWait, time, cancellation);

        cancellation.ThrowIfCancellationRequested();
    }

    /// <returns>What is recorded now. Not even a run that failed is made up for; one that the host's end stopped is.</returns>
    private async Task<ScheduleStatus?> RunOnceAsync(DateTimeOffset due, ScheduleStatus? status, bool isPastDue, CancellationToken leaseLost)
    {
        var info = new TimerInfo { ScheduleStatus = status, IsPastDue = isPastDue };

        for (var retry = 1; ; retry++)
        {
            try
            {
                await runner.RunAsync(function, bindings, info, leaseLost);
                break;
            }
            catch (DrainedException e)
            {
                throw new OperationCanceledException(e.Message, e);
            }
            catch (Exception e) when (leaseLost.IsCancellationRequested)
            {
                throw new OperationCanceledException(e.Message, e);
            }
            catch (Exception e)
            {
                LogFailed(e, function.Name);

                if (function.Retries?.PauseBefore(retry) is not { } pause)
                    break;

                using var until = CancellationTokenSource.CreateLinkedTokenSource(drain.NoNewWork, leaseLost);
                await Task.Delay(pause, time, until.Token);
            }
        }

        if (!_isMonitored)
            return null;

        var now = time.GetUtcNow();
        var last = now > due ? now : due;
        return await RecordAsync(
            new() { Last = last.UtcDateTime, Next = schedule.Next(last).UtcDateTime, LastUpdated = now.UtcDateTime }, leaseLost);
    }

    private static DateTimeOffset Utc(DateTime moment) => new(DateTime.SpecifyKind(moment, DateTimeKind.Utc));

    [LoggerMessage(LogLevel.Error, "{Function} failed")]
    private partial void LogFailed(Exception exception, string function);
}
