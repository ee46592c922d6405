using Succesmeter.Campaigns;
using Succesmeter.Emergence;
using Succesmeter.Networks;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Storage.Tables;
using Succesmeter.Testing;

namespace Succesmeter.Storage.Tests.Tables;

public sealed class CampaignStateCodecTests
{
    [Fact]
    public void What_is_written_is_read_again() =>
        SomeHistory.Any.Sample(
            history =>
            {
                // The network and a coach say what no snapshot does.
                var state = Folded(history) with
                {
                    Ties = history.Length % 2 == 0 ? null : new ShownTies(new ShownFigure(0.35, 40, true), ShownFigure.None, new ShownFigure(-1.5, 20, false)) { Reciprocity = history.Length },
                    Bursts = [new GiftBurst(1000, Some.Launch, Some.Launch.AddHours(1), 12)],
                    Envelopes = [new Envelope(Some.Launch.AddDays(2), 25, 25_000, Confirmed: true), new Envelope(Some.Launch.AddDays(3), 2, 1, Confirmed: false)],
                    Emergence = (history.Length % 3) switch
                    {
                        0 => null,
                        1 => new EmergenceLook(Some.Launch.AddDays(3), new EmergenceEstimate { Observability = Observability.Unobservable, Reason = EmergenceReasons.FewGifts }, history.Length, 0, false),
                        _ => new EmergenceLook(Some.End, new EmergenceEstimate
                        {
                            BranchingRatio = 1.0 / 3, Interval = new RatioInterval(0, 0.7), HalfLifeHours = 9.1, Contributions = 64, TimeResolutionHours = 0.01, ShareThatFollowed = 0.2, LikelihoodRatio = 12.5,
                            Verdict = EmergenceVerdict.SelfSustaining, Observability = Observability.Observed,
                        }, 70, 3, true),
                    },
                    ConfirmedBursts = [new GiftBurst(500, Some.Launch.AddDays(1), Some.Launch.AddDays(2), 10)],
                };
                Assert.Equal(Dump.Of(state), Dump.Of(CampaignStateCodec.Read(Some.Campaign, CampaignStateCodec.Write(state))));
            },
            iter: 100);

    [Fact]
    public void Ties_are_part_of_a_state()
    {
        var state = CampaignState.Of(Some.Campaign) with { Ties = new ShownTies(new ShownFigure(0.35, 40, true), ShownFigure.None, new ShownFigure(-1.5, 25, false)) };
        Assert.Equal(state.Ties, CampaignStateCodec.Read(Some.Campaign, CampaignStateCodec.Write(state))!.Ties);
    }

    [Fact]
    public void A_state_of_another_version_is_none()
    {
        var bytes = CampaignStateCodec.Write(CampaignState.Of(Some.Campaign));
        bytes[0]++;
        Assert.Null(CampaignStateCodec.Read(Some.Campaign, bytes));
    }

    [Fact]
    public void A_half_written_state_is_told_and_not_guessed()
    {
        var bytes = CampaignStateCodec.Write(CampaignState.Of(Some.Campaign).With(Some.Snapshot, out _));
        for (var length = 1; length < bytes.Length; length++)
            Assert.Throws<InvalidDataException>(() => CampaignStateCodec.Read(Some.Campaign, bytes[..length]));
    }

    [Fact]
    public void The_most_gifts_and_comments_that_stay_open_fit_in_a_row()
    {
        var gifts = Enumerable.Range(0, 10_000).Select(i => new Contribution
        {
            Id = $"gift-{i}",
            At = new Moment(Some.Launch.AddSeconds(i * 37)),
            Amount = 5 + (i % 90),
            Donor = new Pseudonym((ulong)i * 0x9E3779B97F4A7C15, (ulong)i * 0xC2B2AE3D27D4EB4F, 1),
            Identity = IdentityQuality.Account,
            Place = $"{1000 + (i % 300)}",
            People = i % 2 == 0 ? 25 : 1,
            MessageLength = 120,
        }).ToArray();
        var comments = Enumerable.Range(0, 2 * CommentLedger.MostOpen).Select(i => new Comment(
            $"{i}", new Moment(Some.Launch.AddMinutes(i * 7)), i % 2 == 0 ? CommentAuthor.Backer : CommentAuthor.Holder, new Pseudonym((ulong)i << 40, 1, 1), i % 2 == 0 ? null : $"{i - 1}")).ToArray();
        var state = CampaignState.Of(Some.Campaign)
            .With(Some.Snapshot with { ContributionsAre = ContributionsAre.New, Contributions = gifts, CommentList = comments }, out _)
            .With(Some.Snapshot with { TakenAt = Some.Snapshot.TakenAt.AddHours(1), ContributionsAre = ContributionsAre.New, Contributions = [.. gifts[..2000].Select(gift => gift with { Id = gift.Id + "-more" })] }, out _);
        Assert.Equal(GiftLedger.MostOpen, state.Gifts.Open.Length);
        Assert.Equal((CommentLedger.MostOpen, CommentLedger.MostCommenters), (state.Comments.Open.Length, state.Comments.Commenters.Length));

        Assert.InRange(CampaignStateCodec.Write(state).Length, 100_000, 512 * 1024);
    }

    private static CampaignState Folded(ReceivedSnapshot[] history) => history
        .GroupBy(row => row.Snapshot.TakenAt)
        .OrderBy(instant => instant.Key)
        .Aggregate(CampaignState.Of(Some.Campaign), (state, instant) => state.With(instant.First().Snapshot, out _));
}
