namespace Succesmeter.Campaigns;

/// <summary>When something happened, and how exactly that is known.</summary>
/// <param name="At">UTC, to the millisecond; for a date without a time the start of that day in the platform's zone.</param>
/// <param name="IsWholeDay">Only the date is known: the event lies somewhere in the 24 hours (or 23, or 25) that follow.</param>
public readonly record struct Moment(DateTimeOffset At, bool IsWholeDay = false);
