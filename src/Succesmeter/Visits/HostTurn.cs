namespace Succesmeter.Visits;

/// <summary>What a gate answers.</summary>
public abstract record HostTurn
{
    private HostTurn()
    {
    }

    /// <param name="Host">As it was asked for.</param>
    /// <param name="State">As saved, with the claim in it.</param>
    /// <param name="Version">Of the state as saved.</param>
    public sealed record Mine(string Host, HostState State, string Version) : HostTurn;

    /// <param name="Wait">Positive.</param>
    /// <param name="Why">For logs and people.</param>
    /// <param name="ByHost">The host itself asked for it.</param>
    public sealed record Later(TimeSpan Wait, string Why, bool ByHost) : HostTurn;
}
