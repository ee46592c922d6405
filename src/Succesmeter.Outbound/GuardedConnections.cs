using System.Net;
using System.Net.Sockets;
using Succesmeter.Addresses;

namespace Succesmeter.Outbound;

/// <summary>
/// Connects to addresses of the public internet alone. A name is resolved once, what it resolves to is checked, and the connection goes to the checked address: a name that gives another
/// answer a moment later (DNS rebinding) gains nothing.
/// </summary>
public sealed class GuardedConnections(INameResolver names, TimeSpan within, bool allowLoopback, TimeProvider time)
{
    /// <summary>No cookies, no proxy, no redirects, no decompression: each of these is done by hand or not at all.</summary>
    public SocketsHttpHandler Handler() => new()
    {
        ConnectCallback = async (context, cancellation) => await ConnectAsync(context.DnsEndPoint, cancellation),
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        UseProxy = false,
        // Our trace ids are none of their business.
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = 64,
        // Of a redirect or an error the body is not read; a small one is let pass so that the connection serves again, a large one costs the connection.
        MaxResponseDrainSize = 64 * 1024,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>What a connection refuses comes to the caller wrapped.</summary>
    /// <returns>The <see cref="ForbiddenAddressException"/> or <see cref="TooSlowException"/> in it, or that it is; null where there is none.</returns>
    public static Exception? RefusalIn(Exception failure)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
            if (inner is ForbiddenAddressException or TooSlowException)
                return inner;

        return null;
    }

    private async Task<Stream> ConnectAsync(DnsEndPoint to, CancellationToken cancellation)
    {
        using var limit = new CancellationTokenSource(within, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await ConnectAsync(to, await CheckedAsync(to.Host, either.Token), either.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new TooSlowException($"no connection within {within.TotalSeconds:0.###} s");
        }
    }

    private async Task<IReadOnlyList<IPAddress>> CheckedAsync(string host, CancellationToken cancellation)
    {
        var addresses = IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await names.ResolveAsync(host, cancellation);
        if (addresses.Count == 0)
            throw new SocketException((int)SocketError.HostNotFound);

        // A public name that points at this machine is refused even where this machine itself may be asked by its own name.
        var isOwnName = allowLoopback && Uri.TryCreate($"http://{host}/", UriKind.Absolute, out var plain) && AddressRules.WhyNot(plain, allowLoopback) is null;
        foreach (var address in addresses)
            if (AddressRules.WhyNot(address, isOwnName) is { } rule)
                throw new ForbiddenAddressException($"{host} resolves to {address}, which {rule}");

        return addresses;
    }

    private static async Task<Stream> ConnectAsync(DnsEndPoint to, IReadOnlyList<IPAddress> addresses, CancellationToken cancellation)
    {
        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], to.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Count)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }
}

/// <summary>A connection would have gone where none may go.</summary>
public sealed class ForbiddenAddressException(string rule) : Exception(rule);

/// <summary>A limit in time was passed.</summary>
public sealed class TooSlowException(string message) : Exception(message);

/// <summary>A limit in bytes was passed, or the body is not what its headers say.</summary>
public sealed class UnusableBodyException(string message, Exception? inner = null) : Exception(message, inner);
