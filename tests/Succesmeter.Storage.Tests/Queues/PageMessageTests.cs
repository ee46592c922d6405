using Succesmeter.Campaigns;
using Succesmeter.Intake;
using Succesmeter.Storage.Queues;
using Succesmeter.Testing;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Tests.Queues;

public sealed class PageMessageTests
{
    private static readonly Gen<DateTimeOffset> AnyInstant = Gen.Long[0, 4_000_000_000_000].Select(DateTimeOffset.FromUnixTimeMilliseconds);

    private static readonly Gen<PageToFetch> Any = Gen.OneOf<PageToFetch>(
        Gen.Select(AnyInstant, AnyInstant.Nullable(), Gen.Int[0, 300], AnyInstant.Nullable(), static (due, taken, kept, failing) => (PageToFetch)new PageToFetch.Visit(Some.Campaign, due) { TakenAt = taken, Kept = kept, FailingSince = failing }),
        Gen.Select(AnyInstant, Gen.Int[0, 1_000], Gen.Int[0, 3], static (search, depth, failures) =>
            (PageToFetch)new PageToFetch.Listing(new PlatformId("buurt"), search, new PageRequest(new Uri($"https://buurt.example.org/é?page={depth}&x=%20"), $"list-{depth}"), depth) { Failures = failures }));

    [Fact]
    public void A_message_is_read_as_it_was_written() => Any.Sample(static page => PageMessage.Read(PageMessage.Write(page)) == page);

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("""{ "campaign": "no slash", "due": "2026-05-02T08:00:00Z" }""")]
    [InlineData("""{ "campaign": "a/b" }""")]
    [InlineData("""{ "platform": "a", "search": "2026-05-02T08:00:00Z", "address": "/list", "kind": "list" }""")]
    public void What_is_no_message_says_so(string text) => Assert.Throws<FormatException>(() => PageMessage.Read(text));

    [Fact]
    public async Task A_page_is_hidden_until_it_is_due_and_a_week_at_most()
    {
        var account = await TestStorage.NewAccountAsync();
        var queue = new StoragePageQueue(account, TimeProvider.System);
        var visit = new PageToFetch.Visit(Some.Campaign, new DateTimeOffset(2026, 5, 2, 8, 0, 0, TimeSpan.Zero));
        await queue.SendAsync(visit with { Kept = 1 }, TimeSpan.FromDays(400), default);
        await queue.SendAsync(visit with { Kept = 2 }, TimeSpan.FromMinutes(10), default);
        await queue.SendAsync(visit with { Kept = 3 }, TimeSpan.FromSeconds(-5), default);

        var shown = (await account.Queues.GetQueueClient("pages-to-fetch").ReceiveMessagesAsync(10)).Value;

        Assert.Equal(visit with { Kept = 3 }, PageMessage.Read(Assert.Single(shown).Body.ToString()));
    }

    [Fact]
    public async Task A_page_that_was_given_up_is_sent_again_and_keeps_since_when_it_fails()
    {
        var account = await TestStorage.NewAccountAsync();
        var poison = account.Queues.GetQueueClient("pages-to-fetch-poison");
        await poison.CreateIfNotExistsAsync();
        var visit = new PageToFetch.Visit(Some.Campaign, new DateTimeOffset(2026, 5, 2, 8, 0, 0, TimeSpan.Zero));
        await poison.SendMessageAsync(PageMessage.Write(visit));
        var queues = new PoisonQueues(account);

        GivenUp.Page? given = null;
        await foreach (var one in queues.TakeAsync(default))
            given = Assert.IsType<GivenUp.Page>(one);
        await queues.RetryAsync(given!, default);

        var sent = PageMessage.Read((await account.Queues.GetQueueClient("pages-to-fetch").ReceiveMessageAsync()).Value.Body.ToString());
        Assert.Equal(visit with { FailingSince = given!.Since }, sent);
        Assert.Equal(0, (await poison.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }
}
