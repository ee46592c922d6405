namespace Succesmeter.Campaigns;

/// <summary>What happens to the money; <c>funding</c> in a snapshot.</summary>
public enum FundingModel
{
    AllOrNothing,
    KeepItAll,

    /// <summary>Monthly or yearly support: members instead of a goal, so never a probability of reaching one.</summary>
    Recurring,
}
