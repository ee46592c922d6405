using Succesmeter.Intake;
using Succesmeter.Scores;
using Succesmeter.Storage.Queues;
using Succesmeter.Testing;

namespace Succesmeter.Storage.Tests.Queues;

public sealed class PoisonQueuesTests
{
    [Fact]
    public async Task Nothing_is_taken_where_the_host_never_gave_anything_up()
    {
        var poison = new PoisonQueues(await TestStorage.NewAccountAsync());
        Assert.Empty(await TakeAsync(poison));
    }

    [Fact]
    public async Task A_campaign_is_sent_again_and_keeps_since_when_it_fails()
    {
        var account = await TestStorage.NewAccountAsync();
        await GiveUpAsync(account, "campaigns-to-score-poison", new ScoreMessage([new ScoreRequest(Some.Campaign)]).ToText());
        var poison = new PoisonQueues(account);

        var given = Assert.IsType<GivenUp.Scores>(Assert.Single(await TakeAsync(poison)));
        await poison.RetryAsync(given, default);

        var sent = ScoreMessage.Read((await account.Queues.GetQueueClient("campaigns-to-score").ReceiveMessageAsync()).Value.Body.ToString());
        Assert.Equal((Some.Campaign, given.Since), (sent.Requests.Single().Campaign, sent.FailingSince));
        Assert.Equal(0, (await account.Queues.GetQueueClient("campaigns-to-score-poison").GetPropertiesAsync()).Value.ApproximateMessagesCount);

        await GiveUpAsync(account, "campaigns-to-score-poison", sent.ToText());
        Assert.Equal(given.Since, Assert.Single(await TakeAsync(poison)).Since);
    }

    [Fact]
    public async Task A_file_is_named_and_stays_until_it_is_forgotten()
    {
        var account = await TestStorage.NewAccountAsync();
        await GiveUpAsync(account, "webjobs-blobtrigger-poison", """{"Type":"BlobTrigger","FunctionId":"f","BlobType":"Block","ContainerName":"incoming","BlobName":"a/b.ndjson","ETag":"\"0x1\""}""");
        var poison = new PoisonQueues(account);

        var file = Assert.IsType<GivenUp.File>(Assert.Single(await TakeAsync(poison)));
        Assert.Equal("a/b.ndjson", file.Name);
        Assert.Empty(await TakeAsync(poison));

        await poison.ForgetAsync(file, default);
        await poison.ForgetAsync(file, default);
        Assert.Equal(0, (await account.Queues.GetQueueClient("webjobs-blobtrigger-poison").GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    [Theory]
    [InlineData("campaigns-to-score-poison", "what?")]
    [InlineData("webjobs-blobtrigger-poison", "[]")]
    [InlineData("webjobs-blobtrigger-poison", """{"ContainerName":"someone-elses","BlobName":"a"}""")]
    public async Task What_nobody_can_read_is_shown_as_it_is(string queue, string text)
    {
        var account = await TestStorage.NewAccountAsync();
        await GiveUpAsync(account, queue, text);
        Assert.Equal(text, Assert.IsType<GivenUp.Unreadable>(Assert.Single(await TakeAsync(new PoisonQueues(account)))).Text);
    }

    private static async Task GiveUpAsync(StorageAccount account, string queue, string text)
    {
        var client = account.Queues.GetQueueClient(queue);
        await client.CreateIfNotExistsAsync();
        await client.SendMessageAsync(text);
    }

    private static async Task<List<GivenUp>> TakeAsync(PoisonQueues poison)
    {
        var taken = new List<GivenUp>();
        await foreach (var given in poison.TakeAsync(default))
            taken.Add(given);
        return taken;
    }
}
