namespace Succesmeter.Snapshots;

/// <summary>How surely two gifts of one name are one person's.</summary>
public enum IdentityQuality
{
    /// <summary>An account id: observed.</summary>
    Account,

    /// <summary>A full name: bounded, since two people may share it.</summary>
    FullName,

    /// <summary>A first name: tells nobody apart.</summary>
    FirstName,
}
