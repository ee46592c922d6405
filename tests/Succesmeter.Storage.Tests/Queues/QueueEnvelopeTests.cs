using Succesmeter.Scores;
using Succesmeter.Storage.Queues;
using Succesmeter.Testing;

namespace Succesmeter.Storage.Tests.Queues;

public sealed class QueueEnvelopeTests
{
    [Fact]
    public void A_message_says_from_when_on_it_could_be_taken_up()
    {
        var text = new ScoreMessage([new ScoreRequest(Some.Campaign)]).ToText(Some.Launch);
        Assert.Equal(Some.Launch, QueueEnvelope.Of(text).VisibleAt);
        Assert.Equal(Some.Campaign, Assert.Single(ScoreMessage.Read(text).Requests).Campaign);
    }

    [Theory]
    [InlineData("""{"campaigns":[{"campaign":"growfunding/kidical-mass"}]}""")]
    [InlineData("null")]
    [InlineData("not JSON")]
    public void A_message_of_before_it_was_kept_and_what_is_none_have_none(string text) => Assert.Equal(new QueueEnvelope(null, null), QueueEnvelope.Of(text));
}
