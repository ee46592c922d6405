using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Succesmeter.LocalHost.Demo;

/// <summary>The socket on which the town's site will listen, bound when it is first asked for: the recipe must hold the site's address before the site runs.</summary>
internal sealed class TownSocket : IDisposable
{
    private readonly Socket _socket;
    private bool _isTaken;

    public TownSocket(IOptions<DemoOptions> options)
    {
        var wanted = options.Value.EndPoint();
        _socket = TryBind(wanted) ?? TryBind(new(wanted.Address, 0))
            ?? throw new CannotStartException($"The demo town's site cannot listen on {wanted.Address}: choose another address with Demo__Urls, or leave the town out with --no-demo.");
        Bound = (IPEndPoint)_socket.LocalEndPoint!;
        var visited = Bound.Address.Equals(IPAddress.Any) ? IPAddress.Loopback : Bound.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback : Bound.Address;
        Address = new Uri($"http://{new IPEndPoint(visited, Bound.Port)}/");
    }

    public IPEndPoint Bound { get; }

    /// <summary>Where the site is visited from this machine.</summary>
    public Uri Address { get; }

    /// <summary>Gives the socket away, once.</summary>
    public Socket Take()
    {
        _isTaken = true;
        return _socket;
    }

    public void Dispose()
    {
        if (!_isTaken)
            _socket.Dispose();
    }

    /// <remarks>It listens at once: only then does the system refuse the port to others.</remarks>
    private static Socket? TryBind(IPEndPoint at)
    {
        var socket = new Socket(at.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(at);
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
    }
}
