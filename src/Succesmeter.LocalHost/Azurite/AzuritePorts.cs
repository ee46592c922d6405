namespace Succesmeter.LocalHost.Azurite;

/// <summary>Where the three services listen on 127.0.0.1; 0 asks for any free port.</summary>
public sealed record AzuritePorts(int Blob, int Queue, int Table)
{
    public static AzuritePorts AnyFree { get; } = new(0, 0, 0);
}
