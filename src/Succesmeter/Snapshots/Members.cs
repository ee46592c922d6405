namespace Succesmeter.Snapshots;

/// <summary>Recurring support: those giving now, and how many began and stopped since the launch.</summary>
public sealed record Members(int Active, int? Started, int? Stopped);
