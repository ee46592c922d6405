using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Campaigns;

public sealed class GiftLedgerTests
{
    private static readonly Contribution Tenner = new() { Amount = 10, At = new Moment(Seen.Launch, IsWholeDay: true) };

    [Fact]
    public void Two_strangers_who_give_ten_euros_on_one_day_count_twice() =>
        Assert.Equal(2, Seen.State(Seen.On(1).Listing(ContributionsAre.All, Tenner, Tenner)).Gifts.Count);

    [Theory]
    [InlineData(ContributionsAre.All)]
    [InlineData(ContributionsAre.Recent)]
    public void A_list_shown_again_adds_nothing(ContributionsAre kind) =>
        Assert.Equal(2, Seen.State(Seen.On(1).Listing(kind, Tenner, Tenner), Seen.On(2).Listing(kind, Tenner, Tenner)).Gifts.Count);

    [Fact]
    public void New_gifts_without_ids_are_new_each_time() =>
        Assert.Equal(4, Seen.State(Seen.On(1).Listing(ContributionsAre.New, Tenner, Tenner), Seen.On(2).Listing(ContributionsAre.New, Tenner, Tenner)).Gifts.Count);

    [Fact]
    public void A_gift_with_an_id_is_one_however_it_is_shown()
    {
        var gift = Tenner with { Id = "7" };
        var ledger = Seen.State(
            Seen.On(1).Listing(ContributionsAre.New, gift), Seen.On(2).Listing(ContributionsAre.Recent, gift with { Amount = 12 }), Seen.On(3).Listing(ContributionsAre.All, gift)).Gifts;

        Assert.Equal((1000L, Seen.Launch.AddDays(1)), (Assert.Single(ledger.Open).AmountMinor, ledger.Open[0].FirstSeenAt));
    }

    [Theory]
    [InlineData(ContributionsAre.All)]
    [InlineData(ContributionsAre.New)]
    [InlineData(ContributionsAre.Recent)]
    public void An_id_that_stands_twice_in_one_list_is_one_gift(ContributionsAre kind) =>
        Assert.Equal(1, Seen.State(Seen.On(1).Listing(kind, Tenner with { Id = "7" }, Tenner with { Id = "7" })).Gifts.Count);

    [Fact]
    public void A_gift_that_vanished_from_a_complete_list_is_withdrawn()
    {
        var ledger = Seen.State(Seen.On(1).Listing(ContributionsAre.All, Tenner, Tenner with { Amount = 25 }), Seen.On(2).Listing(ContributionsAre.All, Tenner)).Gifts;

        Assert.Equal((1, 1), (ledger.Count, ledger.Withdrawn));
    }

    [Fact]
    public void A_recent_list_leaves_the_beginning_unknown()
    {
        Assert.False(Seen.State(Seen.On(1).Listing(ContributionsAre.Recent, Tenner)).Gifts.IsComplete);
        Assert.False(Seen.State(Seen.On(1).Listing(ContributionsAre.Recent, Tenner), Seen.On(2).Listing(ContributionsAre.New, Tenner)).Gifts.IsComplete);
        Assert.True(Seen.State(Seen.On(1).Listing(ContributionsAre.New, Tenner), Seen.On(2).Listing(ContributionsAre.New, Tenner)).Gifts.IsComplete);
    }

    /// <summary>Whatever is sealed away, the sums stay.</summary>
    [Fact]
    public void Sealing_keeps_every_count_and_sum()
    {
        var ledger = GiftLedger.Empty;
        var segments = new List<GiftSegment>();
        for (var hour = 1; hour <= 5; hour++)
        {
            var gifts = Enumerable.Range(0, 5000).Select(i => Tenner with { Donor = i % 2 == 0 ? new Pseudonym((ulong)hour, (ulong)i, 1) : null, Anonymous = i % 2 == 1, People = i % 100 == 0 ? 25 : 1 }).ToArray();
            ledger = ledger.With(Seen.On(hour / 24.0).Listing(ContributionsAre.New, gifts), "EUR").Seal(out var segment);
            if (segment is not null)
                segments.Add(segment);
        }

        Assert.Equal(25_000, ledger.Count);
        Assert.InRange(ledger.Open.Length, 1, GiftLedger.MostOpen);
        Assert.Equal(ledger.Sealed.Count, segments.Sum(segment => segment.Gifts.Length));
        Assert.Equal(25_000 * 1000L, ledger.Sealed.SumMinor + ledger.Open.Sum(gift => gift.AmountMinor!.Value));
        Assert.Equal(12_500, ledger.Sealed.Anonymous + ledger.Open.Count(gift => gift.Anonymous));
        Assert.Equal(250 * 24, ledger.Sealed.PeopleBeyondGivers + ledger.Open.Sum(gift => gift.People - 1));
    }
}
