namespace Succesmeter.Ratings;

/// <summary>Two campaigns of one platform, whichever stood left.</summary>
public readonly record struct CampaignPair
{
    public CampaignPair(string one, string other) => (First, Second) = string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);

    public string First { get; }

    public string Second { get; }
}
