namespace Succesmeter.Pipeline;

/// <summary>What is noted with each score; bound to the section that opens scores to the public.</summary>
public sealed class ScoreOptions
{
    public const string Section = "Access";

    /// <summary>Anybody can read scores, so each is marked as shown: a shown forecast may cause what it says, and is judged apart.</summary>
    public bool PublicScores { get; set; }
}
