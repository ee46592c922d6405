namespace Succesmeter.Learning.Replay;

/// <summary>One fundraiser of uk-community-fundraisers: what its scrapes saw, and the gifts that were ever listed.</summary>
internal sealed record ScrapedCampaign
{
    public required int Number { get; init; }

    /// <summary>As Succesmeter names it: <c>justgiving</c>.</summary>
    public required string Platform { get; init; }

    /// <summary>Null where the data set has no date.</summary>
    public required DateOnly? Created { get; init; }

    /// <summary>Every gift ever made is among <see cref="Gifts"/>.</summary>
    public required bool IsListComplete { get; init; }

    /// <summary>By day.</summary>
    public required IReadOnlyList<Scrape> Scrapes { get; init; }

    /// <summary>By day; those of one day in the order of the file.</summary>
    public required IReadOnlyList<ScrapedGift> Gifts { get; init; }

    /// <summary>How many gifts are dated on this day or before.</summary>
    public int GiftsUpTo(DateOnly day)
    {
        var (low, high) = (0, Gifts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Gifts[middle].Day <= day)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}

/// <param name="Day">When the page was read; the hour is not known.</param>
/// <param name="Raised">Null where the page did not show it.</param>
/// <param name="Goal">Null where the page showed none, none above zero, or one beyond every limit.</param>
/// <param name="Donations">How many the page said there were; null where it did not, or said 0 beside a total above 0.</param>
internal readonly record struct Scrape(DateOnly Day, decimal? Raised, decimal? Goal, int? Donations);

/// <param name="Day">In the platform's zone.</param>
/// <param name="Amount">In pounds.</param>
internal readonly record struct ScrapedGift(DateOnly Day, decimal Amount);
