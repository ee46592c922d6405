namespace Succesmeter.Aftercare;

/// <summary>What became of the project that a campaign was held for, in its holder's word.</summary>
public enum ProjectOutcome
{
    /// <summary>It was done as it was planned.</summary>
    AsPlanned,

    /// <summary>It was done, otherwise than planned.</summary>
    Adapted,

    /// <summary>It is being done.</summary>
    UnderWay,

    /// <summary>It was not and will not be done.</summary>
    Not,
}
