using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Networks;

/// <summary>What a campaign's state adds to the network, which knows identified donors alone.</summary>
/// <param name="Anonymous">Gifts of nobody we know; they bound loyalty.</param>
/// <param name="Worst">The worst identity among identified donors.</param>
public sealed record TieCrowd(int Anonymous, IdentityQuality Worst)
{
    /// <summary>Of donors with a first name alone nobody knows who they are elsewhere: they count as anonymous beside others, and hide all where there are no others.</summary>
    public static TieCrowd Of(CampaignState state)
    {
        var (anonymous, firstNames, identified, worst) = (state.Gifts.Sealed.Anonymous, 0, 0, IdentityQuality.Account);
        foreach (var gift in state.Gifts.Open)
        {
            var identity = gift.Identity ?? IdentityQuality.FullName;
            if (gift.ByHolder)
                continue;
            if (gift.Donor is null)
            {
                anonymous++;
            }
            else if (identity == IdentityQuality.FirstName)
            {
                firstNames++;
            }
            else
            {
                identified++;
                worst = identity > worst ? identity : worst;
            }
        }

        return new TieCrowd(anonymous + firstNames, identified == 0 && firstNames > 0 ? IdentityQuality.FirstName : worst);
    }
}
