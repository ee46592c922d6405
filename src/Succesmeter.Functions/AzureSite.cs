using Microsoft.Extensions.Configuration;

namespace Succesmeter.Functions;

/// <summary>Where the app stands, as Azure and Core Tools tell it.</summary>
internal static class AzureSite
{
    private const string HostName = "WEBSITE_HOSTNAME";

    /// <returns>Null where nobody said so. Core Tools names this machine, which has no certificate.</returns>
    public static Uri? Of(IConfiguration configuration) => configuration[HostName] switch
    {
        { Length: > 0 } host => new Uri($"{(IsHere(host) ? "http" : "https")}://{host}"),
        _ => null,
    };

    /// <summary>In Azure, and not under Core Tools.</summary>
    public static bool IsAzure(IConfiguration configuration) => configuration[HostName] is { Length: > 0 } host && !IsHere(host);

    private static bool IsHere(string host) => host.Split(':')[0] is "localhost" or "127.0.0.1" or "0.0.0.0";
}
