using System.Text;
using Succesmeter.Storage.Blobs;
using Succesmeter.Testing;
using Succesmeter.Visits;

namespace Succesmeter.Storage.Tests.Blobs;

public sealed class BlobPageArchiveTests
{
    private static readonly DateTimeOffset TakenAt = new(2026, 5, 2, 8, 0, 0, 123, TimeSpan.Zero);

    [Fact]
    public async Task Pages_of_a_visit_come_back_in_their_order_as_they_came()
    {
        var archive = new BlobPageArchive(await TestStorage.NewAccountAsync());
        var pages = Enumerable.Range(0, 12).Select(Page).ToList();
        for (var index = 0; index < pages.Count; index++)
            await archive.KeepAsync(Some.Campaign, TakenAt, index, pages[index], default);
        await archive.KeepAsync(Some.Campaign, TakenAt.AddMilliseconds(1), 0, Page(99), default);

        var read = (await archive.ReadAsync(Some.Campaign, TakenAt, 11, default))!;

        Assert.Equal(pages.Take(11).Select(Text), read.Select(Text));
        Assert.Null(await archive.ReadAsync(Some.Campaign, TakenAt, 13, default));
    }

    [Fact]
    public async Task What_could_not_be_read_is_set_aside_with_what_is_wrong_with_it()
    {
        var account = await TestStorage.NewAccountAsync();
        await new BlobPageArchive(account).QuarantineAsync(Some.Campaign, TakenAt, [Page(0)], ["pledged must be given", "goal must be a number"], default);

        var container = account.Blobs.GetBlobContainerClient("quarantine");
        var folder = $"pages/{Some.Campaign}/20260502T080000123Z/";
        Assert.Equal("pledged must be given\ngoal must be a number\n", (await container.GetBlobClient(folder + "why.txt").DownloadContentAsync()).Value.Content.ToString());
        Assert.True(await container.GetBlobClient(folder + "000-project.gz").ExistsAsync());
    }

    private static FetchedPage Page(int number) => new(
        new PageRequest(new Uri($"https://buurt.example.org/p/é/{number}"), number == 0 ? "project" : $"donors-{number}"), number % 2 == 0 ? "text/html; charset=utf-8" : null, Encoding.UTF8.GetBytes($"page {number} é"), TakenAt.AddTicks(number))
    {
        FinalAddress = new Uri($"https://buurt.example.org/q/{number % 3}"),
        Validators = new PageValidators($"W/\"é {number}\r\"", number % 4 == 0 ? null : "Sat, 02 May 2026 08:00:00 GMT"),
    };

    private static string Text(FetchedPage page) => $"{page.Request} {page.ContentType} {Encoding.UTF8.GetString(page.Body.Span)} {page.FetchedAt:O} {page.FinalAddress} {page.Validators}";
}
