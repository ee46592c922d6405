using Succesmeter.LocalHost.Demo;

namespace Succesmeter.Browser.Tests;

/// <summary>The pages by their names.</summary>
internal static class Addresses
{
    public static readonly string[] Names = ["today", "campaign", "platform", "network", "coaches", "subscriptions", "method"];

    public static string Of(string name) => name switch
    {
        "today" => "/",
        "campaign" => $"/campaigns/{Town.Platform}/{Pages.Campaign}",
        "platform" => $"/platforms/{Town.Platform}",
        "network" => $"/platforms/{Town.Platform}/network",
        "subscriptions" => $"/subscriptions?campaign={Town.Platform}/{Pages.Campaign}",
        _ => $"/{name}",
    };

    /// <summary>Coaches and holders come with a key; the others read what is open.</summary>
    public static string? KeyOf(string name) => name is "coaches" or "campaign" or "subscriptions" ? TestHost.RootToken : null;
}
