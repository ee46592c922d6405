using System.Collections.Concurrent;

namespace Succesmeter.LocalHost.Tests;

/// <summary>What the functions of a test did, in their order, and a door that they may wait at.</summary>
public sealed class Calls : IDisposable
{
    private readonly ConcurrentQueue<string> _all = new();
    private readonly SemaphoreSlim _door = new(0);

    public IReadOnlyList<string> All => [.. _all];

    public void Add(string call) => _all.Enqueue(call);

    public Task WaitAsync(CancellationToken cancellation) => _door.WaitAsync(cancellation);

    public void LetIn(int many = 1) => _door.Release(many);

    public void Dispose() => _door.Dispose();
}
