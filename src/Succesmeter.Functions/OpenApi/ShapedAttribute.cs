namespace Succesmeter.Functions.OpenApi;

/// <summary>The shape of JSON that was written elsewhere and is passed on as it is.</summary>
/// <param name="type">A record whose properties are its fields.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ShapedAttribute(Type type) : Attribute
{
    public Type Type { get; } = type;
}
