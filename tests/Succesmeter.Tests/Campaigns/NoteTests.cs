using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Social;

namespace Succesmeter.Tests.Campaigns;

public sealed class NoteTests
{
    private static readonly DateTimeOffset At = Seen.Launch.AddDays(5);

    [Fact]
    public void A_tap_stands_among_the_actions_once()
    {
        var mail = new Note.Acted(At, ActionKind.Mail);
        Assert.Equal(new HolderAction(new Moment(At), ActionKind.Mail), Assert.Single(Seen.State(Seen.On(6)).With(mail).With(mail).Actions));
    }

    [Fact]
    public void What_was_taken_back_was_never_said() =>
        Assert.Empty(Seen.State(Seen.On(6)).With(new Note.Acted(At, ActionKind.Mail) { Withdrawn = true }).Actions);

    /// <summary>64 backers on the page, 25 in an envelope: 89 people.</summary>
    [Fact]
    public void An_envelope_counts_once_a_coach_has_confirmed_it_and_is_declared()
    {
        var told = Seen.State(Seen.On(6, 640) with { Backers = 64 }).With(new Note.GaveByHand(At, 25, 25_000));
        Assert.Equal((64.0, Observability.Observed), Reach(told));

        var confirmed = told.With(new Note.ConfirmedByHand(At, 25, 25_000));
        Assert.Equal((89.0, Observability.Declared), Reach(confirmed));
        Assert.Equal(confirmed.Envelopes, confirmed.With(new Note.ConfirmedByHand(At, 25, 25_000)).Envelopes);
        Assert.Empty(Seen.State(Seen.On(6)).With(new Note.ConfirmedByHand(At, 25, 25_000)).Envelopes);
    }

    /// <summary>Two gifts on a whole list and an envelope of 25: 27 people; the newest list does not take the envelope away.</summary>
    [Fact]
    public void A_later_list_of_gifts_leaves_an_envelope_where_it_is()
    {
        Contribution[] gifts = [new() { Id = "a", At = new Moment(At), Amount = 10 }, new() { Id = "b", At = new Moment(At), Amount = 10 }];
        var state = Seen.State(Seen.On(6, 20).Listing(ContributionsAre.All, gifts))
            .With(new Note.GaveByHand(At, 25, 25_000)).With(new Note.ConfirmedByHand(At, 25, 25_000))
            .With(Seen.On(7, 20).Listing(ContributionsAre.All, gifts), out _);
        Assert.Equal((27.0, Observability.Declared), Reach(state));
    }

    [Fact]
    public void Envelopes_stay_bounded()
    {
        var state = Seen.State(Seen.On(6));
        for (var minute = 0; minute < 150; minute++)
            state = state.With(new Note.GaveByHand(At.AddMinutes(minute), 2, 100));
        Assert.Equal((Envelope.Most, At.AddMinutes(50)), (state.Envelopes.Length, state.Envelopes[0].At));
    }

    [Fact]
    public void A_note_is_known_by_its_instant_and_by_what_it_says() =>
        Gen.Select(Gen.Long[0, 4_000_000_000_000], Gen.Enum<ActionKind>(), Gen.Int[2, 500]).Sample((milliseconds, kind, people) =>
        {
            var at = DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
            Note[] notes = [new Note.Acted(at, kind), new Note.GaveByHand(at, people, 100), new Note.ConfirmedByHand(at, people, 100), new Note.ConfirmedBurst(at, new GiftBurst(500, at, at, people))];
            return notes.Select(note => note.Id).Distinct().Count() == notes.Length && notes.All(note => Note.TryInstant(note.Id, out var read) && read == at);
        });

    [Theory]
    [InlineData("")]
    [InlineData("mail")]
    [InlineData("000001746187200-mail")]
    [InlineData("999999999999999-mail")]
    [InlineData("001746187200000-")]
    [InlineData("001746187200000-mail|t")]
    [InlineData("-01746187200000-mail")]
    public void What_is_no_id_of_a_note_is_told_apart(string id) =>
        Assert.Equal(id == "000001746187200-mail", Note.TryInstant(id, out _));

    private static (double, Observability) Reach(CampaignState state)
    {
        var asOf = state.Latest!.At;
        var reach = SocialProfile.Of(Crowd.Of(state, asOf), CampaignContext.Of(state, asOf), References.Shipped, asOf)["reach"];
        return (reach.Value!.Value, reach.Observability);
    }
}
