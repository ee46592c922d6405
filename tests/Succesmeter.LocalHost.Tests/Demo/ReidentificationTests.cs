using System.Globalization;
using Succesmeter.Networks;
using Xunit.Abstractions;

namespace Succesmeter.LocalHost.Tests.Demo;

/// <summary>Who stands out among forty donors of a made-up campaign, and what the small-number rules leave of it. docs/privacy.md quotes what it prints.</summary>
public sealed class ReidentificationTests(ITestOutputHelper output)
{
    private const int Simulated = 150;
    private const int Donors = 40;

    /// <summary>Between two visits of a busy campaign.</summary>
    private static readonly TimeSpan Hot = TimeSpan.FromHours(1);

    [Fact]
    public void Forty_donors_stand_out_by_what_is_stored_and_not_by_what_is_served()
    {
        var all = Enumerable.Range(0, Simulated).Select(Founded.Town().Numbered).Select(static campaign => campaign.At(campaign.ClosedAt.AddDays(5))).ToList();
        var gifts = all.SelectMany(static (view, number) => view.Gifts.Where(static gift => !gift.Anonymous).Select(gift => (Campaign: number, Donor: gift.Donor.Account ?? gift.Donor.Name, gift.Amount, gift.At))).ToList();
        var numbers = gifts.Select(static gift => gift.Donor).Distinct(StringComparer.Ordinal).Select(static (donor, number) => (donor, number)).ToDictionary(static one => one.donor, static one => one.number, StringComparer.Ordinal);
        var (byAmount, byDay, byMinute, elsewhere, singledOut, alone, smallPairs, pairs, shown) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), 0, 0, 0);
        for (var number = 0; number < all.Count; number++)
        {
            // The campaign as it was when its fortieth donor gave, among all others as they were then.
            var own = gifts.Where(gift => gift.Campaign == number).OrderBy(static gift => gift.At).ToList();
            var fortieth = own.DistinctBy(static gift => gift.Donor, StringComparer.Ordinal).Skip(Donors - 1).Take(1).ToList();
            if (fortieth.Count == 0)
                continue;

            var then = fortieth[0].At;
            own = own.FindAll(gift => gift.At <= then);
            byAmount.Add(Alone(own, static gift => $"{gift.Amount}"));
            byDay.Add(Alone(own, static gift => $"{gift.Amount} {gift.At:yyyyMMdd}"));
            byMinute.Add(Alone(own, static gift => $"{gift.Amount} {gift.At:yyyyMMddHHmm}"));
            var visits = all[number].Gifts.Where(gift => gift.At <= then).GroupBy(static gift => gift.At.Ticks / Hot.Ticks).ToList();
            alone.Add(visits.Count(static visit => visit.Count() == 1) / (double)visits.Sum(static visit => visit.Count()));

            var known = gifts.Where(gift => gift.At <= then).ToList();
            var others = known.Where(gift => gift.Campaign != number).ToLookup(static gift => gift.Donor, static gift => gift.Campaign, StringComparer.Ordinal);
            var histories = own.Select(static gift => gift.Donor).Distinct(StringComparer.Ordinal).Select(donor => string.Join(' ', others[donor].Distinct().Order())).Where(static history => history.Length > 0).ToList();
            elsewhere.Add(histories.Count);
            singledOut.Add(histories.GroupBy(static history => history, StringComparer.Ordinal).Count(static group => group.Count() == 1));

            var graph = DonorGraph.Of([.. all.Select(static (_, campaign) => campaign.ToString(CultureInfo.InvariantCulture))], numbers.Count, [.. known.Select(gift => new DonorPair(numbers[gift.Donor], gift.Campaign, DonorGraph.MinuteOf(gift.At), DonorGraph.MinuteOf(gift.At)))]);
            var shared = own.Select(static gift => gift.Donor).Distinct(StringComparer.Ordinal).SelectMany(donor => others[donor].Distinct()).GroupBy(static other => other).Select(static group => group.Count()).ToList();
            pairs += shared.Count;
            smallPairs += shared.Count(static count => count < SmallNumbers.LeastEachSide);
            var links = CampaignLinks.Of(graph).Where(link => link.One == number || link.Other == number).ToList();
            shown += links.Count;
            Assert.All(links, static link => Assert.True(link.Shared >= SmallNumbers.LeastEachSide));
        }

        Told("campaigns", byAmount.Count);
        Told("of 40, alone with their amount", byAmount.Average());
        var stored = Told("of 40, alone with amount and day", byDay.Average());
        Told("of 40, alone with amount and minute", byMinute.Average());
        Told("share of gifts that stand alone between two visits an hour apart", alone.Average());
        var returning = Told("of 40, who gave elsewhere before", elsewhere.Average());
        var single = Told("of these, with a list of other campaigns that nobody else of the 40 has", singledOut.Average());
        Told("pairs with another campaign, with under five shared donors, and shown as a link", pairs, smallPairs, shown);
        Told("share of campaigns where a count of who gave elsewhere may be shown", elsewhere.Average(static count => SmallNumbers.Count((int)count, Donors) is null ? 0 : 1));

        Assert.InRange(stored, Donors / 4, Donors);
        Assert.True(single > returning / 2);
        Assert.InRange(shown, 1, pairs - smallPairs);
    }

    /// <summary>How many donors have a gift that nobody else has by a key.</summary>
    private static double Alone(List<(int Campaign, string Donor, int Amount, DateTimeOffset At)> gifts, Func<(int Campaign, string Donor, int Amount, DateTimeOffset At), string> key) =>
        gifts.GroupBy(key, StringComparer.Ordinal).Where(static group => group.Select(static gift => gift.Donor).Distinct(StringComparer.Ordinal).Count() == 1).Select(static group => group.First().Donor).Distinct(StringComparer.Ordinal).Count();

    private double Told(string what, params double[] values)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {string.Join(", ", values.Select(value => value.ToString("0.##", CultureInfo.InvariantCulture)))}"));
        return values[0];
    }
}
