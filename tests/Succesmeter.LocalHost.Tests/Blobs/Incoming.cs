using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Tests.Blobs;

public sealed class Incoming(Calls calls)
{
    [Function("Incoming")]
    public void Run([BlobTrigger("incoming/{name}")] string blob, string name) => calls.Add($"{name} {blob}");
}
