using Microsoft.Extensions.Logging;

namespace Succesmeter.LocalHost.Storage;

/// <summary>Says once that something does not answer, and once that it does again, though it is asked every second.</summary>
internal sealed partial class Outage(string what, ILogger logger)
{
    private readonly ILogger _logger = logger;
    private bool _isOn;

    public void Begin(Exception why)
    {
        if (!_isOn)
            LogBegin(why, what);

        _isOn = true;
    }

    public void End()
    {
        if (_isOn)
            LogEnd(what);

        _isOn = false;
    }

    [LoggerMessage(LogLevel.Warning, "{What} does not answer as it should; it is asked until it does")]
    private partial void LogBegin(Exception exception, string what);

    [LoggerMessage(LogLevel.Information, "{What} answers again")]
    private partial void LogEnd(string what);
}
