namespace Succesmeter.Snapshots;

/// <summary>What a list of contributions claims to be.</summary>
public enum ContributionsAre
{
    /// <summary>Everything so far: one that vanished counts as withdrawn.</summary>
    All,

    /// <summary>Everything since the previous snapshot.</summary>
    New,

    /// <summary>The newest some; what lies before is unknown.</summary>
    Recent,
}
