using Succesmeter.Campaigns;
using Succesmeter.Snapshots;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Pipeline.Tests;

/// <summary>What holder or coach says goes the way of snapshots.</summary>
public sealed class NotesTests
{
    /// <summary>
    /// Actions, envelopes and their confirmations; the later half takes things back. Of what says the same twice the first to arrive stays, and what is said again after it was taken back is the corner
    /// that docs/decisions.md names for snapshots.
    /// </summary>
    private static readonly Gen<ReceivedNote[]> Notes =
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 5]).Array[0, 20].Select(rows => rows.Select((row, i) =>
        {
            var (tens, kind) = row;
            var at = Some.Launch.AddHours(200 * tens);
            Note note = kind switch
            {
                0 => new Note.GaveByHand(at, 25, 25_000),
                1 => new Note.ConfirmedByHand(at, 25, 25_000),
                2 => new Note.ConfirmedBurst(at, new GiftBurst(1000, at.AddHours(-1), at, 10)),
                _ => new Note.Acted(at, (ActionKind)kind),
            };
            return Some.Received(note with { Withdrawn = 2 * i >= rows.Length }, second: i);
        }).DistinctBy(said => (said.Note.Id, said.Note.Withdrawn)).ToArray());

    [Fact]
    public void Any_order_of_arrival_of_snapshots_and_notes_ends_in_the_same_rows() =>
        Gen.Select(SomeHistory.Any, Notes, Gen.Int).Sample(
            (history, notes, seed) =>
            {
                var together = new MemoryTown();
                Deliver(together, [.. history, .. notes]);
                Score(together);

                var dice = new Random(seed);
                object[] shuffled = [.. history, .. notes];
                dice.Shuffle(shuffled);
                var apart = new MemoryTown();
                foreach (var portion in shuffled.Chunk(dice.Next(1, 8)))
                {
                    Deliver(apart, portion);
                    Score(apart);
                }

                Assert.Equal(together.RowsAsync(Some.Campaign).Result, apart.RowsAsync(Some.Campaign).Result);
            },
            iter: 20);

    [Fact]
    public async Task What_is_said_twice_counts_once_and_changes_no_row()
    {
        var town = await TownAsync();
        var mail = new Note.Acted(Some.Launch.AddDays(13), ActionKind.Mail);
        await SayAsync(town, mail, 1);
        var rows = await town.RowsAsync(Some.Campaign);

        await SayAsync(town, mail, 2);

        Assert.Equal(rows, await town.RowsAsync(Some.Campaign));
        Assert.Single((await StateAsync(town)).Actions);
    }

    [Fact]
    public async Task A_late_snapshot_takes_nothing_back()
    {
        var town = await TownAsync();
        await SayAsync(town, new Note.Acted(Some.Launch.AddDays(13), ActionKind.Mail), 1);
        await SayAsync(town, new Note.GaveByHand(Some.Launch.AddDays(13), 25, 25_000), 2);
        await SayAsync(town, new Note.ConfirmedByHand(Some.Launch.AddDays(13), 25, 25_000), 3);
        var burst = new GiftBurst(1000, Some.Launch.AddDays(12), Some.Launch.AddDays(12).AddHours(1), 10);
        await SayAsync(town, new Note.ConfirmedBurst(Some.Launch.AddDays(13), burst), 4);

        foreach (var day in (double[])[1, 12.5, 20])
        {
            await town.DeliverAsync(Some.Received(Some.Snapshot with { TakenAt = Some.Launch.AddDays(day) }));
            await town.ScoreAsync(Some.Campaign);
        }

        var state = await StateAsync(town);
        Assert.Equal(new HolderAction(new Moment(Some.Launch.AddDays(13)), ActionKind.Mail), Assert.Single(state.Actions));
        Assert.Equal(new Envelope(Some.Launch.AddDays(13), 25, 25_000, Confirmed: true), Assert.Single(state.Envelopes));
        Assert.Equal(burst, Assert.Single(state.ConfirmedBursts));
    }

    [Fact]
    public async Task What_is_taken_back_is_gone_until_it_is_said_again()
    {
        var town = await TownAsync();
        var mail = new Note.Acted(Some.Launch.AddDays(10), ActionKind.Mail);
        await SayAsync(town, mail, 1);
        await SayAsync(town, mail with { Withdrawn = true }, 2);
        Assert.Empty((await StateAsync(town)).Actions);

        await SayAsync(town, mail, 3);
        Assert.Single((await StateAsync(town)).Actions);
    }

    [Fact]
    public async Task A_note_is_scored_at_its_instant_and_knows_nothing_of_what_came_later()
    {
        var town = await TownAsync();
        var before = (await town.EntriesAsync(Some.Campaign))[0].Score;
        await SayAsync(town, new Note.Acted(Some.Snapshot.TakenAt.AddHours(1), ActionKind.Mail), 1);

        var entries = await town.EntriesAsync(Some.Campaign);
        Assert.Equal((2, Some.Snapshot.TakenAt.AddHours(1)), (entries.Count, entries[1].At));
        Assert.Equal(before, entries[0].Score);
        Assert.NotNull(entries[1].Score);
    }

    private static async Task<MemoryTown> TownAsync()
    {
        var town = new MemoryTown();
        await town.DeliverAsync(Some.Received(Some.Snapshot));
        await town.ScoreAsync(Some.Campaign);
        return town;
    }

    private static async Task SayAsync(MemoryTown town, Note note, int second)
    {
        await town.DeliverAsync(Some.Campaign, Some.Received(note, second));
        await town.ScoreAsync(Some.Campaign);
    }

    private static async Task<CampaignState> StateAsync(MemoryTown town) => (await town.Store.FindRecordAsync(Some.Campaign, default)).State;

    private static void Deliver(MemoryTown town, IEnumerable<object> arrived)
    {
        foreach (var one in arrived)
        {
            if (one is ReceivedNote note)
                town.DeliverAsync(Some.Campaign, note).Wait();
            else
                town.DeliverAsync((ReceivedSnapshot)one).Wait();
        }
    }

    private static void Score(MemoryTown town)
    {
        // A load takes a page of parcels at most.
        do
            town.ScoreAsync(Some.Campaign).Wait();
        while (town.Store.LoadAsync(Some.Campaign, [], default).Result.Parcels.Count > 0);
    }
}
