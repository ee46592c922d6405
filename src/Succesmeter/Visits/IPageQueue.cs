using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>Pages to be fetched, hidden until they are due.</summary>
public interface IPageQueue
{
    /// <param name="page">What to fetch.</param>
    /// <param name="wait">Real time; a long one may end early, and then the page is put off again.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task SendAsync(PageToFetch page, TimeSpan wait, CancellationToken cancellation);
}

/// <summary>What one message asks for.</summary>
public abstract record PageToFetch
{
    private PageToFetch()
    {
    }

    /// <summary>When the message was first given up, if it ever was; on the machine's clock.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>A visit of a campaign.</summary>
    /// <param name="Campaign">Whose pages.</param>
    /// <param name="DueAt">As <see cref="CampaignVisits.DueAt"/> says; another instant is out of date.</param>
    public sealed record Visit(CampaignId Campaign, DateTimeOffset DueAt) : PageToFetch
    {
        /// <summary>The visit was begun then, on the campaign clock, and broken off.</summary>
        public DateTimeOffset? TakenAt { get; init; }

        /// <summary>As many pages of it are kept in the archive.</summary>
        public int Kept { get; init; }
    }

    /// <summary>A page that lists campaigns.</summary>
    /// <param name="Platform">Whose page.</param>
    /// <param name="Search">As <see cref="PlatformCrawl.SearchedAt"/> says.</param>
    /// <param name="Page">Where.</param>
    /// <param name="Depth">Pages that led to it.</param>
    public sealed record Listing(PlatformId Platform, DateTimeOffset Search, PageRequest Page, int Depth) : PageToFetch
    {
        /// <summary>As often it failed.</summary>
        public int Failures { get; init; }
    }
}
