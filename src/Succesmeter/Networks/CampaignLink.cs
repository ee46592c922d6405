namespace Succesmeter.Networks;

/// <summary>Two campaigns that donors share; made by <see cref="CampaignLinks"/> alone, so that none under five exists.</summary>
public sealed record CampaignLink
{
    internal CampaignLink(int one, int other, int shared, int union)
    {
        (One, Other, Shared, Union) = (one, other, shared - (shared % SmallNumbers.Step), union);
    }

    /// <summary>The lower of the two numbers.</summary>
    public int One { get; }

    public int Other { get; }

    /// <summary>Rounded down to five, at least five.</summary>
    public int Shared { get; }

    /// <summary>Donors of either, exactly: for the decision when to refresh, and never served, since it gives away what was rounded.</summary>
    internal int Union { get; }
}
