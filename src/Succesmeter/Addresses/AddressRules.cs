using System.Net;
using System.Net.Sockets;

namespace Succesmeter.Addresses;

/// <summary>
/// Which addresses may be called when somebody else names them: those of the public internet alone. A name is checked here and the address that it resolves to again at
/// every connection, since a name can change its address between the two (DNS rebinding).
/// </summary>
public static class AddressRules
{
    private const int FirstUserPort = 1024;

    /// <summary>IANA's special-purpose registries (RFC 6890 and its successors), and Azure's wire server, which lies in public space.</summary>
    private static readonly IPNetwork[] NotPublicV4 =
    [
        IPNetwork.Parse("0.0.0.0/8"), IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("100.64.0.0/10"), IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("168.63.129.16/32"),
        IPNetwork.Parse("169.254.0.0/16"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.0.0.0/24"), IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("192.88.99.0/24"),
        IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("224.0.0.0/4"),
        IPNetwork.Parse("240.0.0.0/4"),
    ];

    /// <summary>All that is public lies in it; what carries an IPv4 address inside (mapped, NAT64, compatible) does not, nor do link-local, unique-local and multicast.</summary>
    private static readonly IPNetwork GlobalV6 = IPNetwork.Parse("2000::/3");

    /// <summary>Teredo and other protocols' own, documentation, 6to4 (which carries an IPv4 address inside).</summary>
    private static readonly IPNetwork[] NotPublicV6 =
        [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"), IPNetwork.Parse("3fff::/20")];

    private static readonly string[] NotPublicNames = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "home.arpa", "test", "invalid", "example", "onion"];

    /// <summary>The address as it is written, before any name is resolved.</summary>
    /// <param name="address">As somebody gave it.</param>
    /// <param name="allowLoopback">This machine may be called, and without TLS: for development alone.</param>
    /// <returns>The rule that it breaks, to follow the field's name; null when it breaks none.</returns>
    public static string? WhyNot(Uri address, bool allowLoopback)
    {
        if (!address.IsAbsoluteUri || address.Host.Length == 0)
            return "must be an absolute address with a host";
        if (address.UserInfo.Length > 0)
            return "must not carry a user name or password";

        if (HostOf(address) is not { } host)
            return "must have a host that can be looked up";

        var isAddress = IPAddress.TryParse(host, out var ip);
        var isLoopback = isAddress ? IPAddress.IsLoopback(ip!) && !ip!.IsIPv4MappedToIPv6 : IsUnder(host, "localhost");
        if (allowLoopback && isLoopback)
            return address.Scheme is "http" or "https" ? null : "must begin with http:// or https://";

        if (address.Scheme != "https")
            return "must begin with https://";
        if (address.Port != 443 && address.Port < FirstUserPort)
            return $"must use port 443, or one from {FirstUserPort} up";
        if (isAddress)
            return WhyNot(ip!, allowLoopback);
        if (!host.Contains('.', StringComparison.Ordinal) || Array.Exists(NotPublicNames, name => IsUnder(host, name)))
            return "must be a name of the public internet";

        return null;
    }

    /// <summary>The address to which a connection would go.</summary>
    /// <returns>The rule that it breaks; null when it breaks none.</returns>
    public static string? WhyNot(IPAddress address, bool allowLoopback)
    {
        const string rule = "must be an address of the public internet";
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return (allowLoopback && IPAddress.IsLoopback(address)) || !Array.Exists(NotPublicV4, network => network.Contains(address)) ? null : rule;

        // IPAddress.IsLoopback takes ::ffff:127.0.0.1 for loopback too, and IPNetwork unwraps mapped addresses: both would open a side door.
        if (address.IsIPv4MappedToIPv6)
            return rule;
        if (allowLoopback && IPAddress.IsLoopback(address))
            return null;

        return GlobalV6.Contains(address) && !Array.Exists(NotPublicV6, network => network.Contains(address)) ? null : rule;
    }

    /// <returns>The host as it is looked up; null for one that no name can be made of.</returns>
    private static string? HostOf(Uri address)
    {
        try
        {
            return address.IdnHost.TrimEnd('.').Trim('[', ']');
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    private static bool IsUnder(string host, string name) =>
        host.Equals(name, StringComparison.OrdinalIgnoreCase)
        || (host.Length > name.Length && host[^(name.Length + 1)] == '.' && host.EndsWith(name, StringComparison.OrdinalIgnoreCase));
}
