namespace Succesmeter.Campaigns;

/// <summary>What a goal counts.</summary>
public enum GoalUnit
{
    Money,

    /// <summary>A presale: the goal is a number of orders.</summary>
    Orders,
}
