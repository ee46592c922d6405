using System.Globalization;

namespace Succesmeter.LocalHost.Demo;

/// <summary>What the town shows of one campaign at one instant.</summary>
internal sealed record TownView
{
    public required TownCampaign Campaign { get; init; }

    /// <summary>As snapshots name it: live, succeeded, failed, cancelled.</summary>
    public required string State { get; init; }

    public required ArraySegment<TownGift> Gifts { get; init; }

    public required ArraySegment<TownComment> Comments { get; init; }

    public required ArraySegment<TownAction> Actions { get; init; }

    public required ArraySegment<TownUpdate> Updates { get; init; }

    public required int FilledNeeds { get; init; }

    /// <summary>Which needs are filled, in the order of the campaign's.</summary>
    public required IReadOnlyList<bool> Filled { get; init; }

    public required int MembersStarted { get; init; }

    public required int MembersStopped { get; init; }

    /// <summary>In euros, or in orders.</summary>
    public required int Pledged { get; init; }

    public required int Backers { get; init; }

    public bool IsLive => State == "live";

    public int MembersActive => MembersStarted - MembersStopped;

    /// <summary>Grow with the gifts and with nothing else, so that a page without news is the same page.</summary>
    public int Followers => 12 + (Gifts.Count * 3 / 4);

    public int Shares => 4 + (Gifts.Count / 3) + (Updates.Count * 2);

    public int? StretchGoal => Campaign is { Kind: TownKind.Hit, Goal: { } goal } && Pledged >= goal ? goal * 2 : null;

    public double? Ratio => Campaign.Goal is { } goal ? (double)Pledged / goal : null;

    /// <summary>Says which beginnings of the campaign's lists are shown, and so what the page says.</summary>
    public string Version => string.Create(
        CultureInfo.InvariantCulture,
        $"{State}-{Gifts.Count}-{Comments.Count}-{Actions.Count}-{Updates.Count}-{FilledNeeds}-{MembersStarted}-{MembersStopped}");

    public static TownView Of(TownCampaign campaign, DateTimeOffset instant)
    {
        var gifts = Until(campaign.Gifts, instant, static gift => gift.At);
        var pledged = 0;
        var givers = new HashSet<string>(gifts.Count, StringComparer.Ordinal);
        foreach (var gift in gifts)
        {
            pledged += gift.Amount;
            givers.Add(gift.Anonymous ? gift.Id : gift.Donor.Account ?? gift.Donor.Name);
        }

        bool[] filled = [.. campaign.Needs.Select(need => need.FilledAt <= instant)];
        return new()
        {
            Campaign = campaign,
            State = instant < campaign.ClosedAt ? "live"
                : campaign.Kind == TownKind.Cancelled ? "cancelled"
                : campaign.Goal is null || pledged >= campaign.Goal ? "succeeded" : "failed",
            Gifts = gifts,
            Comments = Until(campaign.Comments, instant, static comment => comment.At),
            Actions = Until(campaign.Actions, instant, static action => action.At),
            Updates = Until(campaign.Updates, instant, static update => update.At),
            Filled = filled,
            FilledNeeds = filled.Count(static is_ => is_),
            MembersStarted = campaign.Members.Count(member => member.BeganAt <= instant),
            MembersStopped = campaign.Members.Count(member => member.StoppedAt <= instant),
            Pledged = pledged,
            Backers = givers.Count,
        };
    }

    private static ArraySegment<T> Until<T>(IReadOnlyList<T> all, DateTimeOffset instant, Func<T, DateTimeOffset> at)
    {
        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (at(all[middle]) <= instant)
                low = middle + 1;
            else
                high = middle;
        }

        return all is T[] array ? new(array, 0, low) : new([.. all], 0, low);
    }
}
