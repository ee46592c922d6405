using System.Text.Json;
using NJsonSchema;
using Succesmeter.Campaigns;
using Succesmeter.Snapshots;

namespace Succesmeter.Tests.Snapshots;

public sealed class SnapshotSchemaTests
{
    private static readonly JsonSchema s_schema = Load();

    /// <summary>A schema cannot know when a file was received.</summary>
    private static readonly DateTimeOffset s_afterAll = new(2100, 12, 31, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task The_schema_and_the_reader_take_the_example()
    {
        Assert.True(IsValid(Some.Example));
        Assert.NotNull(await Some.SnapshotOfAsync(Some.Example));
    }

    [Theory]
    [InlineData("\"title\":5")]
    [InlineData("\"title\":\"a\\u0000b\"")]
    [InlineData("\"goal\":\"7500\"")]
    [InlineData("\"goal\":-1")]
    [InlineData("\"goal\":1e300")]
    [InlineData("\"schema\":\"succesmeter/snapshot/2\"")]
    [InlineData("\"launchedAt\":\"0001-01-01T00:00:00Z\"")]
    [InlineData("\"launchedAt\":\"9999-12-31\"")]
    [InlineData("\"launchedAt\":\"yesterday\"")]
    [InlineData("\"launchedAt\":5")]
    [InlineData("\"backers\":1.5")]
    [InlineData("\"backers\":-1")]
    [InlineData("\"sensitive\":\"yes\"")]
    [InlineData("\"latitude\":91")]
    [InlineData("\"currency\":\"euro\"")]
    [InlineData("\"funding\":\"some-or-nothing\"")]
    [InlineData("\"state\":\"paused\"")]
    [InlineData("\"url\":\"javascript:alert(1)\"")]
    [InlineData("\"languages\":\"nl\"")]
    [InlineData("\"languages\":[\"N1\"]")]
    [InlineData("\"contributions\":{}")]
    [InlineData("\"contributions\":[5]")]
    [InlineData("\"contributions\":[{\"amount\":-5}]")]
    [InlineData("\"contributions\":[{\"people\":0}]")]
    [InlineData("\"contributions\":[{\"identity\":\"face\"}]")]
    [InlineData("\"supporters\":[{\"firstSeen\":\"soon\"}]")]
    [InlineData("\"commentList\":[{\"by\":\"nobody\"}]")]
    [InlineData("\"rewards\":[{\"price\":\"5\"}]")]
    [InlineData("\"needs\":5")]
    [InlineData("\"members\":{\"active\":-1}")]
    [InlineData("\"actions\":[{\"kind\":\"mail\"}]")]
    [InlineData("\"actions\":[{\"at\":\"2026-04-24\",\"kind\":\"spam\"}]")]
    [InlineData("\"campaign\":\"a/b\"")]
    [InlineData("\"campaign\":5")]
    [InlineData("\"takenAt\":null")]
    [InlineData("\"pledged\":null")]
    [InlineData("\"pledged\":-1")]
    public async Task The_schema_and_the_reader_refuse_the_same_bad_rows(string fields)
    {
        var row = WithReplaced(fields);

        Assert.False(IsValid(row));
        await Some.RejectionOfAsync(row);
    }

    [Theory]
    [InlineData("\"goal\":0")]
    [InlineData("\"goal\":null")]
    [InlineData("\"title\":null")]
    [InlineData("\"unknown\":{\"a\":[1]}")]
    [InlineData("\"contributions\":[{}]")]
    [InlineData("\"needs\":{\"asked\":1}")]
    [InlineData("\"pledged\":null,\"members\":{\"active\":1}")]
    [InlineData("\"launchedAt\":\"2026-04-20 08:00\"")]
    [InlineData("\"languages\":[\"nl-BE\"]")]
    public async Task The_schema_and_the_reader_take_the_same_good_rows(string fields)
    {
        var row = WithReplaced(fields);

        Assert.True(IsValid(row));
        Assert.NotNull(await Some.SnapshotOfAsync(row));
    }

    [Fact]
    public void What_the_schema_takes_the_reader_takes() =>
        Mutated.Rows.Sample(
            row =>
            {
                using var document = JsonDocument.Parse(row);
                var platform = document.RootElement.TryGetProperty("platform", out _) ? null : new PlatformId("growfunding");

                return !IsValid(row) || Some.RowsOfAsync(row, Some.Reading with { Platform = platform, ReceivedAt = s_afterAll }).GetAwaiter().GetResult() is [ReadRow.Taken];
            },
            iter: 2_000);

    [Fact]
    public void The_schema_knows_the_fields_that_the_reader_knows()
    {
        using var stream = SnapshotSchema.Open();
        using var schema = JsonDocument.Parse(stream);
        var properties = schema.RootElement.GetProperty("properties");
        using var example = JsonDocument.Parse(Some.Example);

        Assert.Equal(example.RootElement.EnumerateObject().Select(p => p.Name), properties.EnumerateObject().Select(p => p.Name).OrderBy(InExample));
        foreach (var list in (string[])["rewards", "contributions", "supporters", "commentList", "actions"])
            Assert.Equal(example.RootElement.GetProperty(list)[0].EnumerateObject().Select(p => p.Name), properties.GetProperty(list).GetProperty("items").GetProperty("properties").EnumerateObject().Select(p => p.Name));

        int InExample(string name) => example.RootElement.EnumerateObject().Select(p => p.Name).ToList().IndexOf(name);
    }

    /// <summary>A small row in which the given fields stand instead of its own.</summary>
    private static string WithReplaced(string fields)
    {
        using var own = JsonDocument.Parse(Some.Row());
        using var given = JsonDocument.Parse("{" + fields + "}");
        var kept = own.RootElement.EnumerateObject().Where(p => !given.RootElement.TryGetProperty(p.Name, out _)).Select(p => p.ToString());

        return "{" + string.Join(',', kept.Append(fields)) + "}";
    }

    private static bool IsValid(string row) => s_schema.Validate(row).Count == 0;

    private static JsonSchema Load()
    {
        using var reader = new StreamReader(SnapshotSchema.Open());
        return JsonSchema.FromJsonAsync(reader.ReadToEnd()).GetAwaiter().GetResult();
    }
}
