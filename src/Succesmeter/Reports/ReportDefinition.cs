namespace Succesmeter.Reports;

/// <summary>What a figure counts, in words.</summary>
/// <param name="N">What its n counts.</param>
public sealed record ReportDefinition(string Figure, string Words, string N);

/// <summary>Every figure of a report, in the order in which it stands there. docs/report.md says the same at length, and a test compares the codes.</summary>
public static class ReportDefinitions
{
    public const string Launched = "campaigns.launched", Ended = "campaigns.ended", Reached = "campaigns.reached", SuccessRate = "campaigns.success-rate", Cancelled = "campaigns.cancelled",
        MoneyPaid = "money.paid", NeedsAsked = "in-kind.asked", NeedsFilled = "in-kind.filled", Helpers = "in-kind.helpers",
        GiversCounted = "givers.counted", WithPlace = "givers.with-place", ShareWithPlace = "givers.share-with-place",
        Donors = "donors.distinct", Returning = "donors.returning", InTwoOrMore = "donors.in-two-or-more", CrossPlace = "links.cross-place",
        Retention = "donors.retention", Communities = "network.communities",
        AftercareAnswered = "after-care.answered", AftercareDone = "after-care.done", AftercareVolunteers = "after-care.volunteers", AftercareNewContacts = "after-care.new-contacts";

    public static IReadOnlyList<ReportDefinition> All { get; } =
    [
        new(Launched, "Campaigns whose launch lies in the period.", "the same campaigns"),
        new(Ended, "Campaigns that ended in the period and of which it is known whether they reached their goal; cancelled ones and recurring support are left out.", "the same campaigns"),
        new(Reached, "Of campaigns.ended, those that reached their goal.", "campaigns.ended"),
        new(SuccessRate, "campaigns.reached ÷ campaigns.ended, with Jeffreys' 90 % interval.", "campaigns.ended"),
        new(Cancelled, "Campaigns that were cancelled in the period.", "the same campaigns"),
        new(MoneyPaid, "Money that went to holders of campaigns.ended, in one currency and to three digits; of all-or-nothing campaigns that failed, none. By the campaign's place. Currencies are never added.", "campaigns.ended of all currencies in the same place"),
        new(NeedsAsked, "Needs asked for in kind by campaigns.ended, at their most.", "campaigns.ended that showed needs"),
        new(NeedsFilled, "Of in-kind.asked, those that were filled.", "campaigns.ended that showed needs"),
        new(Helpers, "Collaborators of campaigns.ended, by the last number that was shown; somebody who helps two campaigns counts twice.", "campaigns.ended that showed helpers"),
        new(GiversCounted, "People on the lists of gifts of campaigns.ended, counted once a campaign; somebody who gave to two campaigns, or without a name, can count twice.", "the same people"),
        new(WithPlace, "Of givers.counted, those who gave a place; by the postcode's municipality (outside Brussels: province), language community and region. Any text that is no Belgian postcode is unknown.", "the same people"),
        new(ShareWithPlace, "givers.with-place ÷ givers.counted: how much of the whole the division by place speaks for.", "givers.counted"),
        new(Donors, "Distinct identified donors whose first gift to some campaign lies in the period, rounded down to five.", "the same donors"),
        new(Returning, "Of donors.distinct, those who had given to another campaign before the period, rounded down to five.", "donors.distinct"),
        new(InTwoOrMore, "Of donors.distinct, those who first gave to two or more campaigns in the period, rounded down to five.", "donors.distinct"),
        new(CrossPlace, "Share of the links donors make between campaigns that join two places ÷ its mean in random networks in which everybody gives as often (bipartite null), with the 90 % interval of those. 1 = as by chance.", "donors who gave to two or more campaigns with a known place"),
        new(Retention, "Of identified donors who first gave in a year, those who gave to another campaign within twelve months after (+1), in the twelve months after those (+2), and so on.", "donors of that year whose months are over, rounded down to five"),
        new(Communities, "Groups of donors and campaigns that are denser than in random networks and the same for every seed; named only with twenty donors.", "identified donors of the last 36 months, rounded down to five"),
        new(AftercareAnswered, "Of campaigns that ended in the year, failed ones too, the share whose holder answered three or twelve months later, in steps of .05; shown once nobody can answer any more.", "campaigns that were asked"),
        new(AftercareDone, "Of those who answered, the share whose project was done, as planned or adapted, in steps of .05.", "campaigns that answered"),
        new(AftercareVolunteers, "People who helped without pay, by the holders' word, to the nearest five.", "campaigns that said a number"),
        new(AftercareNewContacts, "People and organisations that holders came to know, by their word, to the nearest five.", "campaigns that said a number"),
    ];

    /// <summary>What a report cannot say; it gives evidence for a question and does not answer it.</summary>
    public static IReadOnlyList<string> Limits { get; } =
    [
        "A report gives evidence for the question what a platform does for a city; it does not answer it. Nothing in it shows what would have happened without the platform.",
        "Figures under five are hidden, with as many others as it takes that they cannot be worked out. A hidden figure may be zero, and may be five or more.",
        "Only periods that are over are in it. Divisions of a quarter appear when its year is over.",
        "Where givers live is known of those who gave a postcode. They need not be like the others: read givers.share-with-place first.",
        "Donors are identified by account or full name. Two accounts are two donors, two people of one name may be one; anonymous gifts are in no figure about donors.",
        "Whether Brussels, a community or a region is the level at which a platform should be supported is a political question; donors by place say where its givers are, and no more.",
    ];
}
