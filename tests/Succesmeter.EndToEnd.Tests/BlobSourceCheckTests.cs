using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Succesmeter.Functions;

namespace Succesmeter.EndToEnd.Tests;

public sealed class BlobSourceCheckTests : ILogger<BlobSourceCheckTests>, ILoggerFactory
{
    private readonly List<string> _errors = [];

    [Theory]
    [InlineData("func-succesmeter.azurewebsites.net", BlobTriggerSource.LogsAndContainerScan, 1)]
    [InlineData("func-succesmeter.azurewebsites.net", BlobTriggerSource.EventGrid, 0)]
    [InlineData("localhost:7071", BlobTriggerSource.LogsAndContainerScan, 0)]
    [InlineData("localhost:7071", BlobTriggerSource.EventGrid, 1)]
    [InlineData(null, BlobTriggerSource.LogsAndContainerScan, 0)]
    [InlineData(null, BlobTriggerSource.EventGrid, 1)]
    public async Task A_build_that_would_read_no_file_says_so_at_start(string? host, BlobTriggerSource source, int errors)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("WEBSITE_HOSTNAME", host)]).Build();
        await new BlobSourceCheck(configuration, source, new Logger<BlobSourceCheck>(this)).StartAsync(default);
        Assert.Equal(errors, _errors.Count(static said => said.Contains("no file will be read", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("func-succesmeter.azurewebsites.net", "https://func-succesmeter.azurewebsites.net/")]
    [InlineData("localhost:7071", "http://localhost:7071/")]
    [InlineData(null, null)]
    public void Links_lead_to_where_the_app_stands(string? host, string? site) =>
        Assert.Equal(site, AzureSite.Of(new ConfigurationBuilder().AddInMemoryCollection([new("WEBSITE_HOSTNAME", host)]).Build())?.AbsoluteUri);

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel == LogLevel.Error)
            _errors.Add(formatter(state, exception));
    }

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    void IDisposable.Dispose()
    {
    }
}
