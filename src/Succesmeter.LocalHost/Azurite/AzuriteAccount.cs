using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Succesmeter.LocalHost.Azurite;

/// <summary>One storage account of an Azurite. Its key opens nothing but an emulator on this machine.</summary>
internal sealed record AzuriteAccount(string Name, string Key)
{
    /// <summary>The account that Azurite has when none is named, with the key from its public documentation.</summary>
    public static AzuriteAccount Default { get; } = new(
        "devstoreaccount1",
        "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==");

    public static AzuriteAccount Numbered(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"account{number:0000}");
        return new(name, Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(name))));
    }

    public string ConnectionString(AzuritePorts ports) => string.Create(
        CultureInfo.InvariantCulture,
        $"DefaultEndpointsProtocol=http;AccountName={Name};AccountKey={Key};BlobEndpoint=http://127.0.0.1:{ports.Blob}/{Name};QueueEndpoint=http://127.0.0.1:{ports.Queue}/{Name};TableEndpoint=http://127.0.0.1:{ports.Table}/{Name};");
}
