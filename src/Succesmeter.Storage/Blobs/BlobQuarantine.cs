using System.Text;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using Succesmeter.Intake;
using Succesmeter.Snapshots;

namespace Succesmeter.Storage.Blobs;

/// <summary>Container <c>quarantine</c>: <c>{receipt}.ndjson</c> with line, field, rule and the row as sent.</summary>
public sealed class BlobQuarantine(StorageAccount account) : IQuarantine
{
    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Quarantine);

    public IQuarantinedRows Begin(string receiptId) => new Rows(container.GetBlockBlobClient($"{receiptId}.ndjson"));

    private sealed class Rows(BlockBlobClient blob) : IQuarantinedRows
    {
        private Stream? content;

        public async Task AddAsync(Rejection why, ReadOnlyMemory<byte> raw, CancellationToken cancellation)
        {
            content ??= await blob.OpenWriteAsync(
                overwrite: true,
                new BlockBlobOpenWriteOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/x-ndjson" } },
                cancellation);
            using var line = new MemoryStream();
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                json.WriteNumber("line", why.Line);
                json.WriteString("field", why.Field);
                json.WriteString("rule", why.Rule);

                // What is not UTF-8 keeps its readable part; the archive has the bytes.
                json.WriteString("raw", Encoding.UTF8.GetString(raw.Span));
                json.WriteEndObject();
            }

            line.WriteByte((byte)'\n');
            await content.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellation);
        }

        public async Task CompleteAsync(CancellationToken cancellation)
        {
            if (content is null)
                return;

            // Only disposing commits the blocks.
            await content.FlushAsync(cancellation);
            await content.DisposeAsync();
            content = null;
        }

        /// <remarks>A list that was not completed is committed too: what was refused before a failure is better seen twice than never.</remarks>
        public async ValueTask DisposeAsync()
        {
            if (content is { } open)
            {
                content = null;
                await open.DisposeAsync();
            }
        }
    }
}
