using System.Text;
using Azure;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;

namespace Succesmeter.LocalHost.Queues;

/// <summary>Message bodies as host.json's messageEncoding wants them.</summary>
internal static class MessageText
{
    public static string Encode(string text, bool base64) =>
        base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text)) : text;

    /// <returns>Null when it is not the Base64 it should be.</returns>
    public static BinaryData? Decode(BinaryData body, bool base64)
    {
        if (!base64)
            return body;

        var text = body.ToString();
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? new BinaryData(bytes.AsMemory(0, length)) : null;
    }

    /// <summary>Sends to a queue that is made if it is missing.</summary>
    public static async Task SendToNewOrOldAsync(this QueueClient queue, string text, CancellationToken cancellation)
    {
        try
        {
            await queue.SendMessageAsync(text, cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == QueueErrorCode.QueueNotFound)
        {
            await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await queue.SendMessageAsync(text, cancellation);
        }
    }
}
