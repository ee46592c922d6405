namespace Succesmeter.LocalHost.Demo;

/// <summary>The parameters of the simulation in one place, with where each comes from; docs/demo.md repeats them, and a test measures what comes out.</summary>
internal static class TownFigures
{
    /// <summary>Growfunding: goals mostly of €5,000 to 15,000; the town has smaller ones too.</summary>
    public const int LeastGoal = 3_000, MostGoal = 15_000, MiddleGoal = 6_300;

    /// <summary>Campaigns of 30 to 60 days, as platforms allow; 40 is the length that emergence was studied with.</summary>
    public const int LeastDays = 30, MostDays = 60, MiddleDays = 40;

    /// <summary>Of usual amounts. With 135 growfunders (Growfunding) or 134 donors (Goteo) for a middling goal one gift is about €50 on average.</summary>
    public const double MedianGift = 33, GiftSpread = 0.92, MeanGift = 50;

    /// <summary>Share of the crowd that comes with the launch, and half-life of a gift's echo, as in the study of emergence (docs/emergence.md).</summary>
    public const double LaunchShare = 0.35, EchoHalfLifeHours = 9.5;

    /// <summary>Direct followers of one gift where nothing else is said; the study of emergence speaks of .5 as middling.</summary>
    public const double Branching = 0.4;

    /// <summary>Goteo: 17.16 % of donors gave to several campaigns. So many gifts come from people of the town, who give again; the others from outside.</summary>
    public const double TownShare = 0.48;

    /// <summary>Goteo: 34 % of donors waive their reward.</summary>
    public const double WaivedShare = 0.34;

    /// <summary>Goteo: 6.1 collaborators a project; about two needs in three are filled.</summary>
    public const int MostNeeds = 12;
    public const double FilledShare = 0.67;

    /// <summary>Chosen: no source says how many.</summary>
    public const double AnonymousShare = 0.11, MessageShare = 0.28, CommentShare = 0.13, AnsweredShare = 0.7, WrittenPlaceShare = 0.8;

    /// <summary>Chosen: people of the town, and what they share.</summary>
    public const int People = 4_000, ClubSize = 100, Districts = 10;

    /// <summary>A page shows all gifts, so there may not be more.</summary>
    public const int MostGifts = 2_000;

    /// <summary>A new campaign every two days, about twenty at a time. Before it is founded the town has run for so long that more than thirty have finished.</summary>
    public const int DaysBetweenLaunches = 2, DaysBeforeFounding = 130, Plots = 24;
}
