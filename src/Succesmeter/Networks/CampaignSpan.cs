namespace Succesmeter.Networks;

/// <summary>When a campaign could be given to.</summary>
/// <param name="Opens">Its launch.</param>
/// <param name="Closes">Its end, declared or assumed.</param>
public readonly record struct CampaignSpan(DateTimeOffset Opens, DateTimeOffset Closes)
{
    public bool Holds(DateTimeOffset instant) => Opens <= instant && instant < Closes;
}
