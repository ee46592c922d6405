namespace Succesmeter.Emergence;

/// <summary>When a gift was given, as exactly as that is known.</summary>
/// <param name="Earliest">Not before this.</param>
/// <param name="Latest">Not after this; equal to <paramref name="Earliest"/> where the source tells the instant.</param>
public readonly record struct GiftTime(DateTimeOffset Earliest, DateTimeOffset Latest)
{
    public GiftTime(DateTimeOffset at)
        : this(at, at)
    {
    }
}
