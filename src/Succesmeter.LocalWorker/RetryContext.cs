namespace Microsoft.Azure.Functions.Worker;

/// <summary>Present where the function has a retry policy, which is all that the functions may ask of it.</summary>
public abstract class RetryContext;
