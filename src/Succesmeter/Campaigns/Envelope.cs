namespace Succesmeter.Campaigns;

/// <summary>What some people gave by hand, as the holder says; it counts once a coach confirmed it.</summary>
/// <param name="At">When it was collected.</param>
/// <param name="People">Who stands behind it, at least 2.</param>
/// <param name="AmountMinor">Of all together, above zero, in minor units of the campaign's currency.</param>
/// <param name="Confirmed">A coach has looked at it.</param>
public readonly record struct Envelope(DateTimeOffset At, int People, long AmountMinor, bool Confirmed)
{
    /// <summary>A state remembers no more.</summary>
    public const int Most = 100;

    public const int MostPeople = 500;

    /// <summary>As one more gift of the crowd: of nobody we know, for all who stand behind it.</summary>
    internal Gift AsGift() => new() { Key = (ulong)At.UtcTicks, At = new Moment(At), FirstSeenAt = At, AmountMinor = AmountMinor, People = People, Anonymous = true };
}
