using Azure.Core;
using Azure.Core.Pipeline;
using Succesmeter.Watching;

namespace Succesmeter.Storage;

/// <summary>Counts what a service answered, retries included: transactions are what is paid for.</summary>
internal sealed class CountedAnswers(string service) : HttpPipelineSynchronousPolicy
{
    public static T In<T>(T options, string service)
        where T : ClientOptions
    {
        options.AddPolicy(new CountedAnswers(service), HttpPipelinePosition.PerRetry);
        return options;
    }

    public override void OnReceivedResponse(HttpMessage message) => Instruments.Answered(service, message.Response.Status);
}
