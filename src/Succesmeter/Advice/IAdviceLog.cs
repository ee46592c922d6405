using Succesmeter.Campaigns;

namespace Succesmeter.Advice;

/// <summary>Keeps what became of advice. Writing the same again changes nothing.</summary>
public interface IAdviceLog
{
    /// <summary>Empty where nothing was said.</summary>
    Task<AdviceLog> ReadAsync(CampaignId campaign, CancellationToken cancellation);

    /// <summary>Every campaign of a platform of which something was said, in order of their names as keys.</summary>
    IAsyncEnumerable<AdviceLog> ReadAsync(PlatformId platform, CancellationToken cancellation);

    /// <summary>Keeps what was shown; what stands there for the same day and code stays.</summary>
    Task AddAsync(CampaignId campaign, AdviceEntry shown, CancellationToken cancellation);

    /// <summary>Keeps an answer in place of what stands there for the same day and code.</summary>
    Task PutAsync(CampaignId campaign, AdviceEntry answered, CancellationToken cancellation);

    Task PutConsentAsync(CampaignId campaign, bool agreed, CancellationToken cancellation);
}
