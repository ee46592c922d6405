using Succesmeter.Campaigns;
using Succesmeter.Reports;
using Succesmeter.Storage.Blobs;
using Succesmeter.Testing;
using Succesmeter.Testing.Memory;

namespace Succesmeter.Storage.Tests.Blobs;

/// <summary>What every store of reports promises.</summary>
public abstract class ReportsContract
{
    private static readonly PlatformId Platform = new("growfunding");

    private protected abstract Task<IReportStore> NewAsync();

    [Fact]
    public async Task A_report_comes_back_to_the_last_bit_and_is_replaced_only_by_who_read_the_last()
    {
        var store = await NewAsync();
        Assert.Null(await store.FindAsync(Platform, default));

        Assert.True(await store.TryPutAsync(Report(1.0 / 3), null, default));
        Assert.False(await store.TryPutAsync(Report(0), null, default));
        var read = (await store.FindAsync(Platform, default))!;
        Assert.True(read.Report.Says(Report(1.0 / 3)));

        Assert.True(await store.TryPutAsync(Report(2), read.Version, default));
        Assert.False(await store.TryPutAsync(Report(3), read.Version, default));
        Assert.True((await store.FindAsync(Platform, default))!.Report.Says(Report(2)));
        Assert.Null(await store.FindAsync(new PlatformId("other"), default));
    }

    private static KeptReport Report(double value) => new(
        new PlatformReport(
            Platform,
            "Europe/Brussels",
            Some.Launch,
            [new ReportFigure("2026", "f", null, null, value, 5, 0.1 + 0.2, null, "share", null), new ReportFigure("2026-Q1", "f", "place", "=é\n", null, null, null, null, "share", "fewer-than-5")]),
        [new KeptDonors(41, new PeriodDonors(new ReportPeriod(2026, 1), 40, null, 10, null, 0.55, 0.5, null)), new KeptDonors(3, new PeriodDonors(new ReportPeriod(2026, null), null, null, null, null, null, null, null))]);
}

public sealed class MemoryReportsTests : ReportsContract
{
    private protected override Task<IReportStore> NewAsync() => Task.FromResult<IReportStore>(new MemoryReportStore());
}

public sealed class BlobReportsTests : ReportsContract
{
    private protected override async Task<IReportStore> NewAsync() => new BlobReportStore(await TestStorage.NewAccountAsync());
}
