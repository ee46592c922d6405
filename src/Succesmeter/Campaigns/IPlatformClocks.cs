namespace Succesmeter.Campaigns;

/// <summary>The campaign clocks: by them campaigns launch, end and are seen. Real everywhere but in a demo. Retries, leases, signatures and retention live by the machine's clock.</summary>
public interface IPlatformClocks
{
    PlatformClock Of(PlatformId platform);
}

/// <summary>A platform's campaign clock, read at one instant.</summary>
/// <param name="Now">On the campaign clock.</param>
/// <param name="Speed">Campaign time that passes in a unit of real time; 1 but in a demo.</param>
public readonly record struct PlatformClock(DateTimeOffset Now, double Speed)
{
    /// <summary>Real time until an instant of the campaign clock; zero when it has passed.</summary>
    public TimeSpan WaitUntil(DateTimeOffset instant) => instant <= Now ? TimeSpan.Zero : (instant - Now) / Speed;

    /// <summary>The instant of the campaign clock at which so much real time will have passed.</summary>
    public DateTimeOffset After(TimeSpan realTime) => Now + (realTime * Speed);
}
