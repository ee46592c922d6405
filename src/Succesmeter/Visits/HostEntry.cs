namespace Succesmeter.Visits;

/// <summary>What <see cref="HostState.Enter"/> says.</summary>
public abstract record HostEntry
{
    private HostEntry()
    {
    }

    /// <param name="State">To be saved, on condition that nobody else saved one in the meantime.</param>
    public sealed record Claim(HostState State) : HostEntry;

    /// <param name="Wait">Positive.</param>
    /// <param name="Why">For logs and people.</param>
    /// <param name="ByHost">The host itself asked for it.</param>
    public sealed record Later(TimeSpan Wait, string Why, bool ByHost) : HostEntry;
}
