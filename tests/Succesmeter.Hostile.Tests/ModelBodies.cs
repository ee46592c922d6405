using System.Security.Cryptography;
using System.Text;
using Succesmeter.Forecasts;
using Succesmeter.Networks;
using Succesmeter.Social;
using Succesmeter.Storage;
using Succesmeter.Storage.Blobs;

namespace Succesmeter.Hostile.Tests;

/// <summary>Files of models: small ones to begin with, and their readers, to whom a bent file is given as it is and with a hash that fits it again, since a hash keeps out damage and not ill will.</summary>
internal static class ModelBodies
{
    private const string Tree = "0:0.5:l:1:-1 1:3:r:-2:-3|0.1:10 -0.2:20 0.3:30";

    public static readonly byte[][] Forecasts = Mutator.Utf8(
        $"name small\nfeatures {string.Join(' ', ForecastModel.FeatureNames)}\ncalibration 0.1 0.9\nseen {string.Join(' ', ForecastModel.FeatureNames.Select(static _ => "0:1"))}\nbase-rates-all-or-nothing 0.9:100 0.8:50\nbase-rates-keep-it-all 0.5:10\ntrees 1\n{Tree}\n",
        $"name small\nfeatures {string.Join(' ', BackersModel.FeatureNames)}\nmargins {string.Join(' ', Enumerable.Repeat("0.1:0.2:0.3", BackersModel.Parts))}\nlow 1\n{Tree}\nmiddle 1\n{Tree}\nhigh 0\n");

    public static readonly byte[][] References = Mutator.Utf8(
        "name n\nsource s\ncampaigns 3\nfrom 2020-01-01\nuntil 2021-01-01\ncurrency EUR\nselection all\nderivation d\nlimits l\ntables 1\ntable reach\nscale log1p\ngoals 1000 5000\ndays 5\n10 1*3 2\n20 1 2 3\n");

    private static readonly byte[] s_network = PackedJson.Pack(KeptNetwork.None with { Links = [new("a", "b", 12, 40)], Ended = ["a"] }, NetworkJson.Default.KeptNetwork).ToArray();

    public static readonly byte[][] Packed =
    [
        s_network, Files.Utf8("""{"edges":"e","donors":20,"links":[{"one":"a","other":"b","shared":12,"union":40}],"ended":["a"],"shown":{"asOf":"2026-05-02T12:00:00Z"}}"""),
        Files.Utf8($$"""{"features":"{{KeptOutcomes.Now}}","campaigns":[{"name":"a","sequence":3,"endedAt":"2026-05-02T12:00:00Z","isKnown":true,"ratios":[0.1,1],"looks":[]}]}"""),
        Files.Utf8("""{"shift":0.1,"own":[{"share":0.9,"n":10}],"rates":null,"courses":[],"goals":{}}"""),
        Files.Utf8("""[{"campaign":"growfunding/a","sequence":1,"title":"t","status":"live","awaitsFacts":true,"asOf":"2026-05-02T12:00:00Z","takenAt":"2026-05-02T12:00:00Z"}]"""),
    ];

    public static readonly Action<BinaryData>[] PackedReaders =
    [
        static packed => PackedJson.Unpack(packed, NetworkJson.Default.KeptNetwork),
        static packed => PackedJson.Unpack(packed, ModelJson.Default.KeptOutcomes),
        static packed => PackedJson.Unpack(packed, ModelJson.Default.KeptPlatform),
        static packed => PackedJson.Unpack(packed, ListJson.Default.IReadOnlyListCampaignListing),
        static packed => PackedJson.Unpack(packed, ReportJson.Default.KeptReport),
    ];

    public static IEnumerable<(Action<Stream> Read, byte[] File)> Readers(string text)
    {
        var hash = ForecastModelFile.Hash(text);
        yield return (static file => ForecastModelFile.Read(file), Files.Utf8($"succesmeter-forecast 1\nversion {hash}\n{text}"));
        yield return (static file => ForecastModelFile.Read(file), Files.Utf8(text));
        yield return (static file => BackersModelFile.Read(file), Files.Utf8($"{BackersModelFile.Header}\nversion {hash}\n{text}"));
        var references = $"{ReferenceFile.Version}\n{text}";
        yield return (static file => ReferenceFile.Read(file), Files.Utf8($"{references}{ReferenceFile.Digest}{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(references)))}\n"));
    }
}
