using System.Globalization;
using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Functions;

/// <summary>How often and when a failed function runs again, as its retry attribute says; the count is kept in memory.</summary>
internal sealed class RetryPolicy : RetryContext
{
    private readonly int _most;
    private readonly TimeSpan _first;
    private readonly TimeSpan _longest;

    private RetryPolicy(int most, TimeSpan first, TimeSpan longest)
    {
        _most = most;
        _first = first;
        _longest = longest;
    }

    public static RetryPolicy? Of(MethodInfo method) =>
        method.GetCustomAttribute<FixedDelayRetryAttribute>() is { } same
            ? new(same.MaxRetryCount, Interval(same.DelayInterval), Interval(same.DelayInterval))
        : method.GetCustomAttribute<ExponentialBackoffRetryAttribute>() is { } growing
            ? new(growing.MaxRetryCount, Interval(growing.MinimumInterval), Interval(growing.MaximumInterval))
        : null;

    /// <returns>The pause before the retry of this number (from 1), or null when there is none.</returns>
    public TimeSpan? PauseBefore(int retry)
    {
        if (_most >= 0 && retry > _most)
            return null;

        // Beyond 2^30 every sensible first pause has passed the longest.
        var pause = _first.Ticks * (double)(1L << Math.Min(retry - 1, 30));
        return pause < _longest.Ticks ? TimeSpan.FromTicks((long)pause) : _longest;
    }

    private static TimeSpan Interval(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);
}
