using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Social;
using Succesmeter.Tests.Campaigns;

namespace Succesmeter.Tests.Social;

public sealed class DialogueTests
{
    private static readonly DateTimeOffset Start = Seen.Launch;

    [Fact]
    public void An_answer_within_72_hours_counts_and_a_later_one_does_not()
    {
        // Asked on day 1: answered after 72 hours, answered a second later than that, never answered; asked on day 8: too young on day 10.
        var dialogue = Of(
            10,
            Asked("a", 1), Asked("b", 1), Asked("c", 1), Asked("d", 8),
            Answer("a", 4), new Comment("x", new Moment(Start.AddDays(4).AddSeconds(1)), CommentAuthor.Holder, null, "b"));

        Assert.Equal((0.3333, 3, Observability.Observed), (dialogue.Value!.Value, dialogue.N!.Value, dialogue.Observability));
        // Jeffreys for 1 of 3: Beta(1.5, 2.5) at 5 % and 95 % (by numerical integration of the density: .06241, .76447).
        Assert.Equal(0.0624, dialogue.Bounds!.Value.Low!.Value, 0.0001);
        Assert.Equal(0.7645, dialogue.Bounds.Value.High!.Value, 0.0001);
    }

    [Fact]
    public void Commenters_stand_beside_it_per_hundred_backers()
    {
        var dialogue = Of(10, Asked("a", 1, author: 1), Asked("b", 1, author: 1), Asked("c", 2, author: 2));
        Assert.Equal(new SideFigure("commenters", 5, "per 100 backers"), dialogue.Beside);
    }

    [Fact]
    public void Without_comments_there_is_nothing_to_answer()
    {
        var none = Of(10);
        Assert.Equal((null, Reasons.NothingToAnswer, Observability.Observed), (none.Value, none.Reason, none.Observability));
        Assert.Equal(Reasons.NothingToAnswer, Of(10, Asked("a", 8)).Reason);
        Assert.Equal(Reasons.NothingToAnswer, Of(10, new Comment("a", new Moment(Start), CommentAuthor.Holder, null, null)).Reason);
        Assert.Equal(Reasons.NothingToAnswer, Profile(Seen.On(10) with { Comments = 0 })["dialogue"].Reason);
    }

    [Fact]
    public void A_number_of_comments_says_no_more_than_that_a_share_is_a_share()
    {
        var counted = Profile(Seen.On(10) with { Comments = 4 })["dialogue"];
        Assert.Equal((null, Observability.Bounded, Reasons.CommentCountOnly, 4), (counted.Value, counted.Observability, counted.Reason, counted.N));
        Assert.Equal(new ValueRange(0, 1), counted.Bounds);
        Assert.Equal((Observability.Unobservable, Reasons.CommentsNotShown), (Profile(Seen.On(10))["dialogue"].Observability, Profile(Seen.On(10))["dialogue"].Reason));
    }

    [Fact]
    public void Without_roles_nobody_knows_who_answered() =>
        Assert.Equal(Reasons.AuthorRolesUnknown, Of(10, Asked("a", 1) with { By = null }, Answer("a", 2)).Reason);

    [Fact]
    public void In_a_flat_list_the_holders_next_word_may_be_an_answer()
    {
        var flat = Of(10, Asked("a", 1), Asked("b", 5), new Comment("h", new Moment(Start.AddDays(2)), CommentAuthor.Holder, null, null));
        Assert.Equal((0.0, Observability.Bounded, Reasons.RepliesNotLinked), (flat.Value!.Value, flat.Observability, flat.Reason));
        // At the most one of two: Jeffreys' upper end for 1 of 2.
        Assert.Equal(JeffreysInterval.Of(1, 2).High, flat.Bounds!.Value.High!.Value, 4);
    }

    [Fact]
    public void A_question_that_is_taken_off_the_page_stays_asked()
    {
        Comment[] asked = [Asked("a", 1), Asked("b", 1), Answer("a", 2)];
        var kept = Profile(Seen.On(3) with { CommentList = asked }, Seen.On(10) with { CommentList = asked });
        var hidden = Profile(Seen.On(3) with { CommentList = asked }, Seen.On(10) with { CommentList = [asked[0], asked[2]] });
        Assert.Equal(0.5, kept["dialogue"].Value);
        Assert.Equal(kept["dialogue"], hidden["dialogue"]);
    }

    [Fact]
    public void Comments_that_came_after_the_page_was_closed_count_as_unanswered()
    {
        var closed = Profile(Seen.On(1) with { CommentList = [] }, Seen.On(20) with { Comments = 6 })["dialogue"];
        Assert.Equal((0.0, 6, Observability.Bounded, Reasons.Hidden), (closed.Value!.Value, closed.N!.Value, closed.Observability, closed.Reason));
        Assert.Equal(1, closed.Bounds!.Value.High);
    }

    [Fact]
    public void An_answer_that_comes_after_the_instant_is_not_known_then()
    {
        var crowd = Crowd.Of(Seen.State(Seen.On(10) with { CommentList = [Asked("a", 1), Answer("a", 3.5)] }), Start.AddDays(10));
        Assert.Equal((1, 1, 1), crowd.Comments.Due(Start.AddDays(4)));
        Assert.Equal((0, 0, 0), crowd.Comments.Due(Start.AddDays(3.9)));
    }

    private static Comment Asked(string id, double day, ulong author = 1) => new(id, new Moment(Start.AddDays(day)), CommentAuthor.Backer, new Pseudonym(author, author, 1), null);

    private static Comment Answer(string to, double day) => new($"re-{to}", new Moment(Start.AddDays(day)), CommentAuthor.Holder, null, to);

    private static Indicator Of(double day, params Comment[] comments) => Profile(Seen.On(day) with { Backers = 40, CommentList = comments })["dialogue"];

    private static SocialProfile Profile(params ReadOnlySpan<Snapshot> snapshots)
    {
        var state = Seen.State(snapshots);
        var asOf = state.Latest!.At;
        return SocialProfile.Of(Crowd.Of(state, asOf), CampaignContext.Of(state, asOf), References.Shipped, asOf);
    }
}
