namespace Succesmeter.Ratings;

/// <summary>How coaches see a campaign beside the others that were rated.</summary>
/// <param name="Campaign">On its platform.</param>
/// <param name="LogOdds">Its strength less the mean of all: two campaigns that differ by d are called better e^d to 1, equals aside.</param>
/// <param name="Low">Of 90 %; null where there are too many campaigns to reckon it.</param>
/// <param name="High">Of 90 %.</param>
/// <param name="Ratings">In which it stood.</param>
/// <param name="Raters">Who gave these.</param>
public sealed record Strength(string Campaign, double LogOdds, double? Low, double? High, int Ratings, int Raters)
{
    /// <summary>Fewer ratings, or fewer coaches, and the strength is not shown.</summary>
    public const int FewestRatings = 6, FewestRaters = 2;

    public bool IsKnown => Ratings >= FewestRatings && Raters >= FewestRaters;
}
