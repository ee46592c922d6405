namespace Succesmeter.Snapshots;

/// <summary>The form of a person's name under which its bearer has a pseudonym.</summary>
internal static class PersonName
{
    /// <summary>Composed, and in one case: a name is written in many ways.</summary>
    public static string Settled(string name) => AccountId.Settled(name).ToUpperInvariant().ToLowerInvariant();
}
