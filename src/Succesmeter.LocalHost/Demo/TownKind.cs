namespace Succesmeter.LocalHost.Demo;

/// <summary>What becomes of a campaign.</summary>
internal enum TownKind
{
    Ordinary,

    /// <summary>Reaches its goal in the first third.</summary>
    Hit,

    /// <summary>Hardly a launch, grows to the end.</summary>
    SlowBurner,

    /// <summary>Lies still until day 12; from then on gifts bring gifts.</summary>
    Ignites,

    /// <summary>Lives of one article, and little echoes.</summary>
    Newspaper,

    /// <summary>Stops near 60 %.</summary>
    Stalls,

    /// <summary>Members who give every month; no goal.</summary>
    Recurring,

    /// <summary>Without an end date; it is closed one day.</summary>
    Endless,

    /// <summary>Its goal is a number of orders.</summary>
    Orders,

    /// <summary>Giving says something of the giver.</summary>
    Sensitive,

    /// <summary>Its holder ends it half-way.</summary>
    Cancelled,
}
