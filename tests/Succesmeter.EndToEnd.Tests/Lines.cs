using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Succesmeter.EndToEnd.Tests;

/// <summary>Every log line of every level, with its scopes, properties and exception.</summary>
internal sealed class Lines : ILoggerProvider, ISupportExternalScope
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ConcurrentQueue<string> All { get; } = new();

    public void AddTo(ILoggingBuilder logging) => logging.SetMinimumLevel(LogLevel.Trace).AddFilter<Lines>(null, LogLevel.Trace).AddProvider(this);

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private sealed class Logger(Lines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => lines._scopes.Push(state);

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var properties = state is IEnumerable<KeyValuePair<string, object?>> named ? string.Join(' ', named) : "";
            var scopes = new List<string>();
            lines._scopes.ForEachScope(static (scope, said) => said.Add($"{scope} {(scope is IEnumerable<KeyValuePair<string, object?>> pairs ? string.Join(' ', pairs) : "")}"), scopes);
            lines.All.Enqueue($"{logLevel} {category} {formatter(state, exception)} {properties} {string.Join(' ', scopes)} {exception}");
        }
    }
}
