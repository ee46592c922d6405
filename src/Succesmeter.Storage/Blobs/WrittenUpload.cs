using System.IO.Pipelines;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Succesmeter.Storage.Blobs;

/// <summary>Uploads what somebody writes, however large: a block at once is held, and nothing stands in the blob until the writer has come to its end.</summary>
internal static class WrittenUpload
{
    public static async Task UploadAsync(BlobClient blob, BlobUploadOptions options, Func<Stream, Task> write, CancellationToken cancellation)
    {
        // Opened for writing a blob would be emptied first, and stay so if the writer failed.
        options.TransferOptions = BlobIncomingFiles.OneBlockAtOnce;
        var pipe = new Pipe();
        var writing = WriteAsync();
        Exception? failure = null;
        try
        {
            await using var content = pipe.Reader.AsStream();
            await blob.UploadAsync(content, options, cancellation);
        }
        catch (Exception e)
        {
            failure = e;
            throw;
        }
        finally
        {
            // Told before it is waited for: a writer waits for a reader who is gone.
            await pipe.Reader.CompleteAsync(failure);
            await writing;
        }

        async Task WriteAsync()
        {
            try
            {
                await using (var target = pipe.Writer.AsStream(leaveOpen: true))
                    await write(target);
                await pipe.Writer.CompleteAsync();
            }
            catch (Exception e)
            {
                await pipe.Writer.CompleteAsync(e);
            }
        }
    }
}
