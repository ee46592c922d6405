using System.Globalization;
using System.Runtime.CompilerServices;
using Succesmeter.Campaigns;

namespace Succesmeter.Benchmarks;

/// <summary>
/// The table of campaigns, but that platforms of more than <see cref="MostInTables"/> are made up as they are read: the emulator, whose batches grow slower with every row, would take half an hour to be filled with
/// fifty thousand. What is measured of those is our own work, without a table's.
/// </summary>
internal sealed class ManyCampaigns(ICampaignList inner) : ICampaignList
{
    public const int MostInTables = 10_000;

    private const string Prefix = "stad-";

    private static readonly DateTimeOffset At = new(2025, 5, 2, 12, 0, 0, TimeSpan.Zero);

    public static PlatformId PlatformOf(int campaigns) => new(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{campaigns}"));

    public static CampaignListing Listing(PlatformId platform, int number, int campaigns) => new()
    {
        Campaign = new CampaignId(platform, string.Create(CultureInfo.InvariantCulture, $"campaign-{number:D6}")),
        Sequence = 1,
        Title = string.Create(CultureInfo.InvariantCulture, $"Samen voor straat {(long)number * 7919 % campaigns}"),
        Url = "https://stad.example/projects/campaign",
        Status = CampaignStatus.Live,
        AwaitsFacts = false,
        AsOf = At,
        TakenAt = At,
        Currency = "EUR",
        Goal = 5000,
        Pledged = 1234.5m,
        Backers = 64,
        LaunchedAt = At.AddDays(-12),
        Horizon = At.AddDays(28),
        Category = "mobility",
        Language = "nl",
        Place = "Molenbeek",
        Score = new() { Elapsed = 0.3, Status = "on-track", Confidence = "ok", Probability = 0.8123, Meter = 61 },
    };

    public Task PutAsync(IReadOnlyList<CampaignListing> listings, CancellationToken cancellation) => inner.PutAsync(listings, cancellation);

    public Task<CampaignListing?> FindAsync(CampaignId campaign, CancellationToken cancellation) => inner.FindAsync(campaign, cancellation);

    public Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation) => inner.PlatformsAsync(cancellation);

    public IAsyncEnumerable<CampaignListing> ReadAsync(PlatformId platform, string? after, CancellationToken cancellation) =>
        platform.Value.StartsWith(Prefix, StringComparison.Ordinal) && int.Parse(platform.Value.AsSpan(Prefix.Length), CultureInfo.InvariantCulture) is > MostInTables and var campaigns
            ? MadeUpAsync(platform, campaigns, cancellation)
            : inner.ReadAsync(platform, after, cancellation);

    private static async IAsyncEnumerable<CampaignListing> MadeUpAsync(PlatformId platform, int campaigns, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var number = 0; number < campaigns; number++)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return Listing(platform, number, campaigns);
        }

        await Task.CompletedTask;
    }
}
