using System.Runtime.InteropServices;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>Ctrl-C, SIGTERM and a closed terminal ask to stop, from the first moment on.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _came = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals()
    {
        _registrations = [Watch(PosixSignal.SIGINT), Watch(PosixSignal.SIGTERM), Watch(PosixSignal.SIGHUP), Watch(PosixSignal.SIGQUIT)];
    }

    public CancellationToken Came => _came.Token;

    public void Dispose()
    {
        foreach (var registration in _registrations)
            registration.Dispose();

        _came.Dispose();
    }

    private PosixSignalRegistration Watch(PosixSignal signal) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        _came.Cancel();
    });
}
