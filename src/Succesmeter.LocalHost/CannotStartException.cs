namespace Succesmeter.LocalHost;

/// <summary>Something on this machine keeps the host from starting; the message is the one sentence its user reads.</summary>
public sealed class CannotStartException(string message, Exception? innerException = null) : Exception(message, innerException);
