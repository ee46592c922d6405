using System.Net;

namespace Succesmeter.Outbound;

/// <summary>Finds the addresses of a host name.</summary>
public interface INameResolver
{
    /// <returns>In the order in which they are to be tried; none when the name has none.</returns>
    /// <exception cref="System.Net.Sockets.SocketException">The name is not known, or could not be asked for.</exception>
    Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation);
}

/// <summary>Asks the machine's own resolver.</summary>
public sealed class SystemNameResolver : INameResolver
{
    public async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) => await Dns.GetHostAddressesAsync(host, cancellation);
}
