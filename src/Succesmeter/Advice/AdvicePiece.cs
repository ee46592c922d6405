namespace Succesmeter.Advice;

/// <summary>One thing that a holder can do now.</summary>
/// <param name="Code">One of <see cref="AdviceCodes"/>.</param>
/// <param name="Evidence">Where the association was seen: a key of <see cref="AdviceEvidence"/>. It is an association, no promise.</param>
/// <param name="Trigger">The numbers that brought it up, by name, in the order in which a sentence needs them.</param>
public sealed record AdvicePiece(string Code, string Evidence, IReadOnlyList<(string Name, double Value)> Trigger)
{
    /// <summary>The numbers behind <see cref="AdviceEvidence.OwnCampaigns"/>; null where a published source stands in.</summary>
    public LeverEvidence? Compared { get; init; }
}

/// <summary>Sources of the associations behind advice. None of them is an experiment on this platform.</summary>
public static class AdviceEvidence
{
    /// <summary>Kromidha and Robson 2016: on the 5,000 most funded Kickstarter projects, pledge per backer goes with exchange between holder and backers.</summary>
    public const string Dialogue = "kromidha-robson-2016";

    /// <summary>Colombo, Franzoni and Rossi-Lamastra 2015: early backers from inside the platform's community go with later ones.</summary>
    public const string EarlyBackers = "colombo-et-al-2015";

    /// <summary>Bouaiss and Vigneron, 9,425 Ulule campaigns: strong ties come early, intermediaries later.</summary>
    public const string Circles = "bouaiss-vigneron";

    /// <summary>Nothing but division: what is missing by the days that are left.</summary>
    public const string Arithmetic = "arithmetic";

    /// <summary>Users of peers ask for it; nobody has measured what it does.</summary>
    public const string Untested = "untested";

    /// <summary>The platform's own finished campaigns, compared by <see cref="LeverComparison"/>.</summary>
    public const string OwnCampaigns = "own-campaigns";
}
