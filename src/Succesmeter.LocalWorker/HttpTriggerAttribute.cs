namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for a request; without a level it asks for the function key.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute : Attribute
{
    public HttpTriggerAttribute()
    {
        AuthLevel = AuthorizationLevel.Function;
    }

    public HttpTriggerAttribute(params string[] methods)
        : this()
    {
        Methods = methods;
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel)
    {
        AuthLevel = authLevel;
    }

    public HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods)
    {
        AuthLevel = authLevel;
        Methods = methods;
    }

    /// <summary>The function's name when null.</summary>
    public string? Route { get; set; }

    /// <summary>All when null.</summary>
    public string[]? Methods { get; }

    public AuthorizationLevel AuthLevel { get; }
}
