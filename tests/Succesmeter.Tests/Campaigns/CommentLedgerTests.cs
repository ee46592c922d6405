using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Campaigns;

public sealed class CommentLedgerTests
{
    private static readonly Gen<Comment[]> Lists = Gen.Select(Gen.Int[0, 12], Gen.Double[0, 30], Gen.Enum<CommentAuthor>(), Gen.Int[0, 24], (id, days, by, answers) =>
        new Comment($"{id}", new Moment(Seen.Launch.AddDays(days)), by, new Pseudonym((ulong)id, 1, 1), by == CommentAuthor.Holder && answers <= 12 ? $"{answers}" : null))
        .Array[0, 15].Select(list => list.DistinctBy(comment => comment.Id).ToArray());

    [Fact]
    public void The_same_list_again_changes_nothing() =>
        Lists.Sample(list =>
        {
            var once = Of(Day(31, list));
            var twice = Of(Day(31, list), Day(32, list));
            return once.Open.SequenceEqual(twice.Open) && once.Due(Seen.Launch.AddDays(40)) == twice.Due(Seen.Launch.AddDays(40));
        });

    [Fact]
    public void The_order_within_a_list_changes_nothing() =>
        Lists.Sample(list => Of(Day(31, list)).Open.SequenceEqual(Of(Day(31, [.. list.Reverse()])).Open));

    [Fact]
    public void A_list_that_shows_the_newest_alone_adds_up_to_the_whole() =>
        Lists.Sample(list =>
        {
            Comment[] inOrder = [.. list.OrderBy(comment => comment.At!.Value.At)];
            var whole = Of(Day(31, inOrder));
            var parts = Of(Day(31, inOrder[..(inOrder.Length / 2)]), Day(32, inOrder[(inOrder.Length / 2)..]));
            return whole.Open.Select(c => (c.Key, c.At)).SequenceEqual(parts.Open.Select(c => (c.Key, c.At)));
        });

    [Fact]
    public void However_many_comments_there_are_the_state_stays_bounded_and_the_counts_stay_right()
    {
        // Every second one is answered within the hour; the whole list comes in four growing snapshots.
        Comment[] all = [.. Enumerable.Range(0, 3500).SelectMany(i => Pair(i))];
        var ledger = Of(Day(40, all[..2000]), Day(41, all[..4000]), Day(42, all[..5000]), Day(43, all));

        Assert.InRange(ledger.Open.Length, 1, CommentLedger.MostOpen);
        Assert.Equal(CommentLedger.MostCommenters, ledger.Commenters.Length);
        Assert.Equal((3500, 1750, 1750), ledger.Due(Seen.Launch.AddDays(50)));

        static Comment[] Pair(int i)
        {
            var at = Seen.Launch.AddMinutes(10 * i);
            var asked = new Comment($"q{i}", new Moment(at), CommentAuthor.Backer, new Pseudonym((ulong)i, 1, 1), null);
            return i % 2 == 0 ? [asked, new Comment($"a{i}", new Moment(at.AddMinutes(5)), CommentAuthor.Holder, null, $"q{i}")] : [asked];
        }
    }

    [Fact]
    public void Comments_without_ids_are_told_apart_by_their_ordinal_among_equals()
    {
        var same = new Comment(null, new Moment(Seen.Launch), CommentAuthor.Backer, null, null);
        Assert.Equal(2, Of(Day(5, [same, same]), Day(6, [same, same])).Open.Length);
    }

    private static Snapshot Day(double day, Comment[] list) => Seen.On(day) with { CommentList = list };

    private static CommentLedger Of(params ReadOnlySpan<Snapshot> snapshots) => Seen.State(snapshots).Comments;
}
