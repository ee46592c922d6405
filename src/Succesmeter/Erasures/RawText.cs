using System.Buffers;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Succesmeter.Snapshots;

namespace Succesmeter.Erasures;

/// <summary>
/// Raw files without the donors who were erased. In JSON of any form, also one that breaks rules or breaks off, each text that names one of them becomes null; of anything else nothing can be
/// taken out, so it has to go. Read as it streams: memory holds one text.
/// </summary>
public static class RawText
{
    private const int BufferBytes = 64 * 1024;

    /// <summary>No field of a snapshot is as long.</summary>
    private const int MostTextBytes = 1024 * 1024;

    /// <summary>What two pieces of running text have in common, so that no name falls between them.</summary>
    private const int Overlap = 1_024;

    /// <summary>Looks through a file.</summary>
    /// <param name="content">Read once, forward; gzipped or not.</param>
    public static async Task<RawFinding> FindAsync(Stream content, ErasedNames names, CancellationToken cancellation) =>
        names.IsEmpty ? RawFinding.NamesNobody : await ReadAsync(content, target: null, names, cancellation);

    /// <summary>Copies a file and leaves the names out; gzipped stays gzipped.</summary>
    /// <param name="content">Found before to be <see cref="RawFinding.CanBeCleaned"/>, and opened anew.</param>
    public static async Task CopyAsync(Stream content, Stream target, ErasedNames names, CancellationToken cancellation) => await ReadAsync(content, target, names, cancellation);

    private static async Task<RawFinding> ReadAsync(Stream content, Stream? target, ErasedNames names, CancellationToken cancellation)
    {
        await using var bytes = await ContentBytes.OpenAsync(content, SnapshotLimits.Default, cancellation);
        await using var packed = target is not null && bytes.IsGzipped ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true) : null;
        var finding = await ReadAsync(bytes, packed ?? target, names, cancellation);

        // Cut off or corrupt: whether a name stands behind the break nobody can tell.
        return bytes.Break is null ? finding : RawFinding.MustGo;
    }

    private static async Task<RawFinding> ReadAsync(ContentBytes content, Stream? target, ErasedNames names, CancellationToken cancellation)
    {
        var buffer = new byte[BufferBytes];
        var filled = await FillAsync(content, buffer, cancellation);
        if (!IsJson(buffer.AsSpan(0, filled)))
            return await IsInTextAsync(content, buffer, filled, names, cancellation) ? RawFinding.MustGo : RawFinding.NamesNobody;

        var json = new JsonTexts(names, target is not null);
        while (filled > 0)
        {
            json.Take(buffer.AsSpan(0, filled));
            await WriteAsync();
            filled = await FillAsync(content, buffer, cancellation);
        }

        json.End();
        await WriteAsync();
        return json.Finding;

        async Task WriteAsync()
        {
            if (target is not null)
                await target.WriteAsync(json.Written, cancellation);
            json.Clear();
        }
    }

    private static bool IsJson(ReadOnlySpan<byte> head) => head.TrimStart((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']) is [(byte)'{' or (byte)'[', ..];

    /// <returns>0 at the end alone.</returns>
    private static async ValueTask<int> FillAsync(ContentBytes content, byte[] buffer, CancellationToken cancellation)
    {
        var filled = 0;
        while (filled < buffer.Length && await content.ReadAsync(buffer.AsMemory(filled), cancellation) is > 0 and var read)
            filled += read;
        return filled;
    }

    private static async Task<bool> IsInTextAsync(ContentBytes content, byte[] buffer, int filled, ErasedNames names, CancellationToken cancellation)
    {
        var decoder = Encoding.UTF8.GetDecoder();
        var characters = new char[BufferBytes];
        var before = "";
        while (filled > 0)
        {
            var text = before + new string(characters, 0, decoder.GetChars(buffer.AsSpan(0, filled), characters, flush: false));
            if (names.IsIn(text))
                return true;

            before = text[Math.Max(0, text.Length - Overlap)..];
            filled = await FillAsync(content, buffer, cancellation);
        }

        return false;
    }

    /// <summary>Goes through JSON byte by byte and looks at what stands between quotation marks.</summary>
    private sealed class JsonTexts(ErasedNames names, bool writes)
    {
        private readonly ArrayBufferWriter<byte> written = new();
        private readonly ArrayBufferWriter<byte> text = new();
        private bool isInText;
        private bool isEscaped;
        private bool isLeftOut;

        public RawFinding Finding { get; private set; } = RawFinding.NamesNobody;

        public ReadOnlyMemory<byte> Written => written.WrittenMemory;

        public void Clear() => written.ResetWrittenCount();

        public void Take(ReadOnlySpan<byte> bytes)
        {
            foreach (var one in bytes)
            {
                if (!isInText)
                {
                    TakeBetween(one);
                }
                else if (isEscaped || one is not ((byte)'"' or (byte)'\\' or (byte)'\n'))
                {
                    isEscaped = false;
                    Hold(one);
                }
                else if (one == (byte)'\\')
                {
                    isEscaped = true;
                    Hold(one);
                }
                else if (one == (byte)'"')
                {
                    EndText();
                }
                else
                {
                    // No text of JSON has a line's end in it: this row is broken, and the next one begins here.
                    BreakOff();
                    Write(one);
                }
            }
        }

        public void End()
        {
            if (isInText)
                BreakOff();
            SettleLeftOut(next: 0);
        }

        private void TakeBetween(byte one)
        {
            if (one is not ((byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n'))
                SettleLeftOut(one);
            if (one == (byte)'"')
                isInText = true;
            else
                Write(one);
        }

        private void Hold(byte one)
        {
            if (text.WrittenCount >= MostTextBytes)
            {
                // Looked at in pieces, and no longer taken out.
                BreakOff();
                isInText = true;
            }

            text.GetSpan(1)[0] = one;
            text.Advance(1);
        }

        private void EndText()
        {
            isInText = false;
            if (names.IsIn(Decoded(text.WrittenSpan)))
            {
                isLeftOut = true;
                Finding = Finding == RawFinding.MustGo ? Finding : RawFinding.CanBeCleaned;
            }
            else
            {
                Write((byte)'"');
                Write(text.WrittenSpan);
                Write((byte)'"');
            }

            text.ResetWrittenCount();
        }

        private void BreakOff()
        {
            isInText = isEscaped = false;
            if (names.IsIn(Encoding.UTF8.GetString(text.WrittenSpan)))
                Finding = RawFinding.MustGo;
            Write((byte)'"');
            Write(text.WrittenSpan);
            text.ResetWrittenCount();
        }

        /// <summary>What was left out was a value, and is null; or a name of a field, and is empty.</summary>
        private void SettleLeftOut(byte next)
        {
            if (isLeftOut)
                Write(next == (byte)':' ? "\"\""u8 : "null"u8);
            isLeftOut = false;
        }

        private void Write(byte one) => Write([one]);

        private void Write(ReadOnlySpan<byte> bytes)
        {
            if (writes)
                written.Write(bytes);
        }

        private static string Decoded(ReadOnlySpan<byte> raw)
        {
            if (!raw.Contains((byte)'\\'))
                return Encoding.UTF8.GetString(raw);

            try
            {
                var json = new Utf8JsonReader([(byte)'"', .. raw, (byte)'"']);
                return json.Read() ? json.GetString()! : "";
            }
            catch (Exception broken) when (broken is JsonException or InvalidOperationException)
            {
                return Encoding.UTF8.GetString(raw);
            }
        }
    }
}
