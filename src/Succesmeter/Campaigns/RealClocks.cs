namespace Succesmeter.Campaigns;

/// <summary>Every platform lives by the machine's clock.</summary>
public sealed class RealClocks(TimeProvider machine) : IPlatformClocks
{
    public PlatformClock Of(PlatformId platform) => new(machine.GetUtcNow(), Speed: 1);
}
