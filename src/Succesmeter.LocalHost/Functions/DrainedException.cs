namespace Succesmeter.LocalHost.Functions;

/// <summary>A function was stopped by the host's own end, which is no failure of its.</summary>
internal sealed class DrainedException(string message, Exception innerException) : Exception(message, innerException);
