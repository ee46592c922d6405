using Microsoft.Extensions.Time.Testing;
using Succesmeter.Storage.Blobs;
using Succesmeter.Testing;

namespace Succesmeter.Storage.Tests.Blobs;

public sealed class BlobArchivedFilesTests
{
    private static readonly string[] Came =
    [
        "files/2026-04-30/r1/a.ndjson", "files/2026-05-01/r2/a.ndjson", "files/2026-05-01/r3/b/c.ndjson.gz", "files/2026-05-02/r4/d.csv", "files/2026-05-03/r5/e.json", "pages/growfunding/kidical-mass/x",
    ];

    [Theory]
    [InlineData("2026-05-01", "2026-05-02", null, "a.ndjson b/c.ndjson.gz d.csv")]
    [InlineData("2026-05-01", "9999-12-31", "files/2026-05-01/r2/a.ndjson", "b/c.ndjson.gz d.csv e.json")]
    [InlineData("2026-05-01", "9999-12-31", "files/2026-05-01/r3/b/c.ndjson.gz", "d.csv e.json")]
    [InlineData("2026-01-01", "2026-05-01", "files/2026-04-29/r0/z.json", "a.ndjson a.ndjson b/c.ndjson.gz")]
    [InlineData("2026-05-04", "9999-12-31", null, "")]
    [InlineData("2026-01-01", "2026-04-29", null, "")]
    [InlineData("2026-01-01", "9999-12-31", "files/2026-05-03/r5/e.json", "")]
    public async Task What_came_on_those_days_waits_again_from_where_the_call_before_ended(string from, string through, string? after, string names)
    {
        var account = await TestStorage.NewAccountAsync();
        foreach (var name in Came)
            await account.Blobs.GetBlobContainerClient("archive").UploadBlobAsync(name, BinaryData.FromString(name));
        var files = new BlobArchivedFiles(account, new FakeTimeProvider(new(2026, 5, 4, 9, 0, 0, TimeSpan.Zero)));

        var again = await files.ReadAgainAsync(DateOnly.Parse(from), DateOnly.Parse(through), after, default);

        var expected = names.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((expected.Length, null), (again.Files, again.After));
        var waiting = new List<string>();
        await foreach (var blob in account.Blobs.GetBlobContainerClient("incoming").GetBlobsAsync())
            waiting.Add(blob.Name.Split("/again-")[0]);
        Assert.Equal(expected, waiting);
    }
}
