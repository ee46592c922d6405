using System.Text;

namespace Succesmeter.Snapshots;

/// <summary>The form of an account id under which its holder has a pseudonym.</summary>
internal static class AccountId
{
    /// <summary>Composed. Case is kept: accounts may differ in nothing else.</summary>
    public static string Settled(string id) => NormalText.Of(id, NormalizationForm.FormC);
}
