namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function on a schedule of six fields (the first is seconds), read in UTC; <c>%SETTING%</c> is looked up.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    /// <summary>Remembers when it ran, and makes up for a missed run; never for schedules under a minute.</summary>
    public bool UseMonitor { get; set; } = true;

    public bool RunOnStartup { get; set; }
}
