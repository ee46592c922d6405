using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Succesmeter.Hostile.Tests;

/// <summary>Processor time of this thread, so that a machine which does something else at the moment makes no input slow; where there is no such clock, time.</summary>
internal static class ThreadTime
{
    /// <summary>CLOCK_THREAD_CPUTIME_ID of Linux.</summary>
    private const int ClockOfThread = 3;

    public static double Milliseconds =>
        OperatingSystem.IsLinux() && clock_gettime(ClockOfThread, out var time) == 0 ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6) : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
#pragma warning disable SA1300, IDE1006, CA1707 // As the C library calls it.
    private static extern int clock_gettime(int clock, out Time time);
#pragma warning restore SA1300, IDE1006, CA1707

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
