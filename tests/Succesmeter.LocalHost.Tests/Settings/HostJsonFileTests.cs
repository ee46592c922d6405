using Microsoft.Extensions.Configuration;
using Succesmeter.LocalHost.Settings;

namespace Succesmeter.LocalHost.Tests.Settings;

public sealed class HostJsonFileTests
{
    [Fact]
    public void Our_own_host_json_says_what_the_design_says()
    {
        var read = HostJsonFile.Read(Path.Combine(AppContext.BaseDirectory, "host.json"));

        Assert.Equal("", read.RoutePrefix);
        Assert.Equal(TimeSpan.FromSeconds(30), read.Queues.VisibilityTimeout);
        Assert.Equal(TimeSpan.FromSeconds(1), read.Queues.MaxPollingInterval);
        Assert.Equal(5, read.Queues.MaxDequeueCount);
        Assert.True(read.Queues.MessagesAreBase64);
    }

    [Fact]
    public void An_empty_host_json_has_the_real_hosts_defaults()
    {
        var read = Of();

        Assert.Equal("api", read.RoutePrefix);
        Assert.Equal(TimeSpan.FromMinutes(30), read.FunctionTimeout);
        Assert.Equal(new QueueSettings(), read.Queues);
        Assert.Equal(new BlobSettings(), read.Blobs);
    }

    [Fact]
    public void What_it_says_is_read()
    {
        var read = Of(
            ("functionTimeout", "-1"),
            ("logging:logLevel:default", "Warning"),
            ("extensions:http:routePrefix", "/v1/"),
            ("extensions:queues:batchSize", "3"),
            ("extensions:queues:newBatchThreshold", "2"),
            ("extensions:queues:maxDequeueCount", "7"),
            ("extensions:queues:messageEncoding", "None"),
            ("extensions:blobs:maxDegreeOfParallelism", "4"),
            ("extensions:blobs:poisonBlobThreshold", "6"));

        Assert.Null(read.FunctionTimeout);
        Assert.Equal("Warning", read.LogLevels[""]);
        Assert.Equal("v1", read.RoutePrefix);
        Assert.Equal(new QueueSettings { BatchSize = 3, NewBatchThreshold = 2, MaxDequeueCount = 7, MessagesAreBase64 = false }, read.Queues);
        Assert.Equal(new BlobSettings { MaxDegreeOfParallelism = 4, PoisonBlobThreshold = 6 }, read.Blobs);
    }

    [Theory]
    [InlineData("functionTimeout", "soon")]
    [InlineData("extensions:queues:batchSize", "33")]
    [InlineData("extensions:queues:visibilityTimeout", "-00:00:01")]
    [InlineData("extensions:queues:messageEncoding", "rot13")]
    public void What_it_cannot_mean_stops_the_start_and_is_named(string key, string value) =>
        Assert.Contains(value, Assert.Throws<CannotStartException>(() => Of((key, value))).Message);

    private static HostJsonFile Of(params (string Key, string Value)[] settings) => HostJsonFile.Of(
        new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => (string?)setting.Value)).Build());
}
