using System.Text;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

/// <summary>Counts what the whole process allocates, so nothing else may run meanwhile.</summary>
[Collection(nameof(Alone))]
public sealed class SnapshotFileMemoryTests
{
    [Theory]
    [InlineData("", "1 c0", "2 $ must be at most 16777216 bytes long", "3 c2")]
    [InlineData("[", "1 c0", "2 $ must be at most 16777216 bytes long", "3 c2")]
    public async Task A_line_of_200_MB_is_skipped_without_being_held(string open, params string[] told)
    {
        var close = open.Length > 0 ? "]" : "";
        var between = open.Length > 0 ? "," : "\n";
        var parts = new Stream[]
        {
            Part(open + Some.Row(campaign: "c0") + between + "{\"description\":\""),
            new Repeated((byte)'x', 200_000_000),
            Part("\"}" + between + Some.Row(campaign: "c2") + close),
        };
        var before = GC.GetTotalAllocatedBytes(precise: true);

        Assert.Equal(told, Some.Told(await Some.RowsOfAsync(new Joined(parts))));

        // One row's limit, held in a buffer that doubled its way up to it.
        Assert.InRange(GC.GetTotalAllocatedBytes(precise: true) - before, 0, 120_000_000);

        static MemoryStream Part(string text) => new(Encoding.UTF8.GetBytes(text));
    }

    [Fact]
    public async Task Memory_does_not_grow_with_the_file()
    {
        var block = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1_000).Select(i => Some.Row(campaign: $"c{i}") + "\n")));
        await CountAsync(10);
        var few = await CountAsync(20);
        var many = await CountAsync(400);

        Assert.InRange(many - few, long.MinValue, 8_000_000);

        async Task<long> CountAsync(int blocks)
        {
            var most = 0L;
            var rows = 0;
            await foreach (var row in SnapshotFile.ReadAsync(new Joined([.. Enumerable.Range(0, blocks).Select(_ => new MemoryStream(block))]), Some.Reading, CancellationToken.None))
                if (++rows % 10_000 == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));

            Assert.Equal(blocks * 1_000, rows);
            return most;
        }
    }
}

[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
