namespace Succesmeter.Emergence;

/// <summary>Whether a crowd carries itself.</summary>
public enum EmergenceVerdict
{
    /// <summary>Too little is known, or what is known fits more than one answer.</summary>
    CannotTell,

    /// <summary>Gifts bring gifts, beyond what rhythm, launch, deadline, logged actions and uneven days explain.</summary>
    SelfSustaining,

    /// <summary>Gifts come in waves; what the holder did is not known, so neither is the cause.</summary>
    Waves,

    /// <summary>Few gifts follow others: what comes is brought from outside.</summary>
    Pushed,
}
