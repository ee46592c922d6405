using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;

namespace Succesmeter.Storage.Blobs;

/// <summary>
/// Container <c>lists</c>: <c>{platform}/{version}.json.gz</c>, and <c>{platform}/newest</c>, which says which version that is and when it was made. Hosts that make the same list write the same
/// blob. What was read or made stays in memory while it is the newest, so that a request reads no table.
/// </summary>
public sealed class BlobCampaignLists(StorageAccount account, ICampaignList campaigns, IOptions<ListOptions> options, TimeProvider clock) : ICampaignLists
{
    private const int VersionDigits = 20;

    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerNames.Lists);
    private readonly ConcurrentDictionary<PlatformId, Held> held = new();
    private KnownPlatforms? platforms;

    public async Task<IReadOnlyList<PlatformId>> PlatformsAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (platforms is { } known && now - known.At < options.Value.Age)
            return known.Platforms;

        var read = new KnownPlatforms(await campaigns.PlatformsAsync(cancellation), now);
        platforms = read;
        return read.Platforms;
    }

    public async Task<ListVersion> NewestAsync(PlatformId platform, CancellationToken cancellation)
    {
        var one = held.GetOrAdd(platform, static _ => new Held());
        if (IsFresh(one))
            return one.List!;

        // One request makes it; the others are given the one before, or wait where there is none, or where none may be old.
        if (one.List is { } before && options.Value.Age > TimeSpan.Zero)
        {
            if (!await one.Gate.WaitAsync(TimeSpan.Zero, cancellation))
                return before;
        }
        else
        {
            await one.Gate.WaitAsync(cancellation);
        }

        try
        {
            if (IsFresh(one))
                return one.List!;

            var (list, madeAt) = await OtherHostsAsync(platform, one, cancellation) ?? (await MakeAsync(platform, one, cancellation), clock.GetUtcNow());
            (one.List, one.MadeAt) = (list, madeAt);
            return list;
        }
        finally
        {
            one.Gate.Release();
        }
    }

    public async Task<ListVersion?> FindAsync(PlatformId platform, string version, CancellationToken cancellation)
    {
        if (version.Length != VersionDigits || !version.All(char.IsAsciiHexDigitLower))
            return null;
        var one = held.GetValueOrDefault(platform);
        if (one?.List is { } newest && newest.Version == version)
            return newest;
        if (one?.Paged is { } paged && paged.Version == version)
            return paged;

        if (await ReadAsync(platform, version, cancellation) is not { } found)
            return null;
        held.GetOrAdd(platform, static _ => new Held()).Paged = found;
        return found;
    }

    private async Task<ListVersion?> ReadAsync(PlatformId platform, string version, CancellationToken cancellation)
    {
        try
        {
            var read = await BlobOf(platform, version).DownloadContentAsync(cancellation);
            return new ListVersion(platform, version, PackedJson.Unpack(read.Value.Content, ListJson.Default.IReadOnlyListCampaignListing));
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private bool IsFresh(Held one) => one.List is not null && clock.GetUtcNow() - one.MadeAt < options.Value.Age;

    /// <summary>What another host made a moment ago.</summary>
    private async Task<(ListVersion List, DateTimeOffset MadeAt)?> OtherHostsAsync(PlatformId platform, Held one, CancellationToken cancellation)
    {
        try
        {
            var newest = JsonSerializer.Deserialize((await NewestOf(platform).DownloadContentAsync(cancellation)).Value.Content, ListJson.Default.NewestList)!;
            if (clock.GetUtcNow() - newest.MadeAt >= options.Value.Age)
                return null;

            var list = one.List?.Version == newest.Version ? one.List : await ReadAsync(platform, newest.Version, cancellation);
            return list is null ? null : (list, newest.MadeAt);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    private async Task<ListVersion> MakeAsync(PlatformId platform, Held one, CancellationToken cancellation)
    {
        var rows = new List<CampaignListing>();
        await foreach (var row in campaigns.ReadAsync(platform, null, cancellation))
            rows.Add(row);
        var version = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(rows, ListJson.Default.IReadOnlyListCampaignListing)))[..VersionDigits];

        // Written again though it may be there: its age says until when it is kept.
        await BlobOf(platform, version).UploadAsync(PackedJson.Pack(rows, ListJson.Default.IReadOnlyListCampaignListing), overwrite: true, cancellation);
        await NewestOf(platform).UploadAsync(new BinaryData(JsonSerializer.SerializeToUtf8Bytes(new NewestList(version, clock.GetUtcNow()), ListJson.Default.NewestList)), overwrite: true, cancellation);
        if (one.TidiedAt is not { } tidied || clock.GetUtcNow() - tidied >= options.Value.Kept)
        {
            await ForgetAsync(platform, version, cancellation);
            one.TidiedAt = clock.GetUtcNow();
        }

        return new ListVersion(platform, version, rows);
    }

    private async Task ForgetAsync(PlatformId platform, string newest, CancellationToken cancellation)
    {
        var (newestName, until) = (BlobOf(platform, newest).Name, clock.GetUtcNow() - options.Value.Kept);
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, $"{platform}/", cancellation))
            if (blob.Name.EndsWith(".json.gz", StringComparison.Ordinal) && blob.Name != newestName && blob.Properties.LastModified < until)
                await container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellation);
    }

    private BlobClient BlobOf(PlatformId platform, string version) => container.GetBlobClient(string.Create(CultureInfo.InvariantCulture, $"{platform}/{version}.json.gz"));

    private BlobClient NewestOf(PlatformId platform) => container.GetBlobClient($"{platform}/newest");

    private sealed record KnownPlatforms(IReadOnlyList<PlatformId> Platforms, DateTimeOffset At);

    private sealed class Held
    {
        public SemaphoreSlim Gate { get; } = new(1, 1);

        public ListVersion? List { get; set; }

        public DateTimeOffset MadeAt { get; set; }

        /// <summary>What was read for pages of an earlier version: who turns pages asks for it many times.</summary>
        public ListVersion? Paged { get; set; }

        /// <summary>Old versions were looked for then: all of them are listed for it, which is too much to do with every new one.</summary>
        public DateTimeOffset? TidiedAt { get; set; }
    }
}

internal sealed record NewestList(string Version, DateTimeOffset MadeAt);

/// <summary>What container <c>lists</c> holds.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, IgnoreReadOnlyProperties = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(CampaignIdConverter)])]
[JsonSerializable(typeof(IReadOnlyList<CampaignListing>))]
[JsonSerializable(typeof(NewestList))]
internal sealed partial class ListJson : JsonSerializerContext;

internal sealed class CampaignIdConverter : JsonConverter<CampaignId>
{
    public override CampaignId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        CampaignId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("No id of a campaign.");

    public override void Write(Utf8JsonWriter writer, CampaignId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
