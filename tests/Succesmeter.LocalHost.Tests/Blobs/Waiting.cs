using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Tests.Blobs;

public sealed class Waiting(Calls calls)
{
    [Function("Waiting")]
    public async Task RunAsync([BlobTrigger("incoming/{name}")] BlobClient blob, string name, CancellationToken cancellation)
    {
        calls.Add($"{name} begins");

        try
        {
            await calls.WaitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            calls.Add($"{name} cancelled");
            throw;
        }

        calls.Add($"{name} ends");
    }
}
