namespace Succesmeter.Models;

/// <summary>The storage that models are kept in does not answer: whoever can wait, waits.</summary>
public sealed class ModelsUnreachableException(string message, Exception cause) : Exception(message, cause);
