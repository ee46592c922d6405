using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>
/// What one file asks again and again: the starts of days, and the pseudonyms of donors whom each snapshot of a campaign lists anew. Bounded: a slot holds what was asked last.
/// </summary>
internal sealed class ReadingCache(IPseudonyms pseudonyms)
{
    // Powers of two, so that a mask finds the slot: some years of days, and under 2 MB of donors.
    private const int Days = 2_048;
    private const int Donors = 8_192;

    private readonly (TimeZoneInfo? Zone, int DayNumber, DateTimeOffset Start)[] _days = new (TimeZoneInfo?, int, DateTimeOffset)[Days];
    private readonly (PlatformId? Platform, string? Donor, Pseudonym? Pseudonym)[] _donors = new (PlatformId?, string?, Pseudonym?)[Donors];

    public DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        ref var slot = ref _days[day.DayNumber & (Days - 1)];
        if (slot.DayNumber != day.DayNumber || !ReferenceEquals(slot.Zone, zone))
            slot = (zone, day.DayNumber, MomentText.StartOf(day, zone));

        return slot.Start;
    }

    public Pseudonym? PseudonymOf(PlatformId platform, string donor)
    {
        ref var slot = ref _donors[donor.GetHashCode(StringComparison.Ordinal) & (Donors - 1)];
        if (slot.Donor != donor || slot.Platform != platform)
            slot = (platform, donor, pseudonyms.Of(platform, donor));

        return slot.Pseudonym;
    }
}
