namespace Succesmeter.Histories;

/// <summary>A snapshot is larger than a row can hold, even compressed.</summary>
public sealed class ParcelTooLargeException(string message) : Exception(message);
