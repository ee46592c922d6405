using Succesmeter.Histories;

namespace Succesmeter.Pipeline.Tests;

/// <summary>Dies before or after a commit, as the dice fall: the commit happened or it did not, and the host does not learn which.</summary>
internal sealed class DyingStore(ICampaignStore inner, Random dice) : ForwardingStore(inner)
{
    public override async Task<LoadedCampaign?> CommitAsync(LoadedCampaign loaded, CampaignCommit commit, CancellationToken cancellation)
    {
        switch (dice.Next(4))
        {
            case 0:
                throw new HostDiedException();
            case 1:
                await base.CommitAsync(loaded, commit, cancellation);
                throw new HostDiedException();
            default:
                return await base.CommitAsync(loaded, commit, cancellation);
        }
    }
}

internal sealed class HostDiedException : Exception;
