using System.Globalization;
using Succesmeter.Visits;

namespace Succesmeter.Testing.Memory;

/// <summary>Gates of one process.</summary>
public sealed class MemoryHostGates(TimeProvider time) : IHostGates
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (HostState State, int Version)> _hosts = new(StringComparer.Ordinal);

    public HostState Of(string host)
    {
        lock (_lock)
            return _hosts.GetValueOrDefault(host).State ?? HostState.Unknown;
    }

    public Task<HostTurn> TryEnterAsync(string host, int requestsPerMinute, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var (state, version) = _hosts.GetValueOrDefault(host);
            return Task.FromResult<HostTurn>((state ?? HostState.Unknown).Enter(time.GetUtcNow(), requestsPerMinute) switch
            {
                HostEntry.Claim(var claimed) => Save(host, claimed, version + 1),
                HostEntry.Later(var wait, var why, var byHost) => new HostTurn.Later(wait, why, byHost),
                _ => throw new System.Diagnostics.UnreachableException(),
            });
        }
    }

    public Task<bool> LeaveAsync(HostTurn.Mine turn, HostState learnt, CancellationToken cancellation)
    {
        lock (_lock)
        {
            var version = _hosts.GetValueOrDefault(turn.Host).Version;
            if (version.ToString(CultureInfo.InvariantCulture) != turn.Version)
                return Task.FromResult(false);

            _hosts[turn.Host] = (learnt.Free(), version + 1);
            return Task.FromResult(true);
        }
    }

    private HostTurn.Mine Save(string host, HostState state, int version)
    {
        _hosts[host] = (state, version);
        return new HostTurn.Mine(host, state, version.ToString(CultureInfo.InvariantCulture));
    }
}
