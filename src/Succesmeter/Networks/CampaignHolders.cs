namespace Succesmeter.Networks;

/// <summary>
/// Who holds which campaign, and which of these people are donors of the graph. That holders are named by the ids of donors' accounts is said nowhere: it shows where
/// holders' names, taken as account ids, turn up among donors' accounts.
/// </summary>
public sealed class CampaignHolders
{
    /// <summary>So many holders found among the donors show that all of the platform's are named so. Fewer may be a name that is somebody's account by chance.</summary>
    public const int LeastFound = SmallNumbers.LeastEachSide;

    private readonly int[] people;
    private readonly IReadOnlyList<int?> donorOf;

    /// <param name="people">Of each campaign the number of its holder; negative = not known.</param>
    /// <param name="donorOf">Of each holder the number as a donor with an account; null = no such donor.</param>
    internal CampaignHolders(int[] people, IReadOnlyList<int?> donorOf)
    {
        this.people = people;
        this.donorOf = donorOf;
        IsOneAccountSpace = donorOf.Count(static donor => donor is not null) >= LeastFound;
    }

    public bool IsOneAccountSpace { get; }

    /// <returns>The holder as a donor, null for one who is none, and the campaigns that the same person holds; null = the holder is not known.</returns>
    public (int? Donor, IReadOnlySet<int> Own)? Of(int campaign) =>
        campaign >= people.Length || people[campaign] is var person && person < 0
            ? null
            : (donorOf[person], Enumerable.Range(0, people.Length).Where(other => people[other] == person).ToHashSet());
}
