namespace Microsoft.Azure.Functions.Worker;

/// <summary>What a timer's function is told about its schedule.</summary>
public class TimerInfo
{
    /// <summary>Null where the monitor is off.</summary>
    public ScheduleStatus? ScheduleStatus { get; set; }

    /// <summary>This run makes up for one that was missed.</summary>
    public bool IsPastDue { get; set; }
}
