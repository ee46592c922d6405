using Succesmeter.Learning.Datasets;

namespace Succesmeter.Learning.Training;

/// <summary>What the serving model is trained on: every finished campaign of every data set, with no filter that only the future could apply.</summary>
internal static class ServingCampaigns
{
    public static IReadOnlyList<PastCampaign> Read(string data) =>
    [
        .. KickstarterProjects.AsCampaigns(data),
        .. UkFundraisers.Read(data).Select(static fundraiser => fundraiser.Campaign),
        .. JustGivingPages.AsCampaigns(data),
    ];
}
