namespace Succesmeter.Access;

/// <summary>What the bearer of a token may do within its scope.</summary>
public enum Right
{
    /// <summary>Read scores.</summary>
    Read,

    /// <summary>Say what only holder or coach knows: actions, outcomes, ratings, what became of advice.</summary>
    Act,

    /// <summary>Have events delivered.</summary>
    Subscribe,

    /// <summary>Send snapshots.</summary>
    Push,
}
