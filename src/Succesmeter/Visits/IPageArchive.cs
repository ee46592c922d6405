using Succesmeter.Campaigns;

namespace Succesmeter.Visits;

/// <summary>Pages as they came: kept for 30 days, so that a mended reader can read them again.</summary>
public interface IPageArchive
{
    /// <summary>Makes a page durable.</summary>
    /// <param name="campaign">Whose page.</param>
    /// <param name="takenAt">The instant of the visit on the campaign clock.</param>
    /// <param name="index">Its place among the pages of the visit, from 0.</param>
    /// <param name="page">As it came.</param>
    /// <param name="cancellation">Ends the attempt.</param>
    Task KeepAsync(CampaignId campaign, DateTimeOffset takenAt, int index, FetchedPage page, CancellationToken cancellation);

    /// <returns>The pages of a visit in their order; null when they are not all there any more.</returns>
    Task<IReadOnlyList<FetchedPage>?> ReadAsync(CampaignId campaign, DateTimeOffset takenAt, int count, CancellationToken cancellation);

    /// <summary>Removes the pages of a visit.</summary>
    Task ForgetAsync(CampaignId campaign, DateTimeOffset takenAt, CancellationToken cancellation);

    /// <summary>Sets a visit aside that could not be read, with what is wrong with it.</summary>
    Task QuarantineAsync(CampaignId campaign, DateTimeOffset takenAt, IReadOnlyList<FetchedPage> pages, IReadOnlyList<string> complaints, CancellationToken cancellation);
}
