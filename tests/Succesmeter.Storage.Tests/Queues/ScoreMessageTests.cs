using System.Text;
using Succesmeter.Campaigns;
using Succesmeter.Scores;
using Succesmeter.Storage.Queues;
using Succesmeter.Testing;

namespace Succesmeter.Storage.Tests.Queues;

public sealed class ScoreMessageTests
{
    private static readonly Gen<ScoreRequest> Request =
        Gen.Select(Gen.Int[0, 100_000], Gen.Bool, Gen.Int[0, ScoreRequest.MostParcels]).Select((number, ticks, parcels) =>
            new ScoreRequest(new CampaignId(new PlatformId("growfunding"), $"campaign-{number}"), ticks ? Some.Launch : null)
            {
                Parcels = [.. Enumerable.Range(0, parcels).Select(parcel => $"{Some.Launch.ToUnixTimeMilliseconds():D15}|{new string('a', 32)}|{parcel:D12}")],
            });

    [Fact]
    public void What_is_packed_is_read_again_in_order_and_whole() =>
        Request.Array[0, 60].Sample(requests =>
        {
            var read = ScoreMessage.Pack(requests).Select(message => ScoreMessage.Read(message.ToText())).SelectMany(message => message.Requests);
            Assert.Equal(Dump.Of(requests), Dump.Of(read.ToArray()));
        });

    [Fact]
    public void No_message_is_larger_than_a_queue_takes() =>
        Request.Array[1, 60].Sample(
            requests => Assert.All(ScoreMessage.Pack(requests), message => Assert.InRange(Encoding.UTF8.GetByteCount(message.ToText()), 1, 48 * 1024)));

    [Fact]
    public void Many_campaigns_share_a_message() =>
        Assert.Equal([16, 16, 8], ScoreMessage.Pack(Enumerable.Range(0, 40).Select(number => new ScoreRequest(new CampaignId(new PlatformId("p"), $"c{number}")))).Select(message => message.Requests.Count));

    [Fact]
    public void Since_when_it_fails_travels_with_the_message()
    {
        var message = new ScoreMessage([new ScoreRequest(Some.Campaign)], Some.Launch);
        Assert.Equal(Some.Launch, ScoreMessage.Read(message.ToText()).FailingSince);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"campaigns":[]}""")]
    [InlineData("""{"campaigns":[null]}""")]
    [InlineData("""{"campaigns":[{"campaign":"no slash"}]}""")]
    public void What_names_no_campaign_is_refused_with_its_text(string text) =>
        Assert.Contains($"'{text}'", Assert.Throws<FormatException>(() => ScoreMessage.Read(text)).Message, StringComparison.Ordinal);
}
