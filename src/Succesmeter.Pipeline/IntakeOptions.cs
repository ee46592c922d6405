using Succesmeter.Snapshots;

namespace Succesmeter.Pipeline;

/// <summary>What a file may be.</summary>
public sealed class IntakeOptions
{
    public const string Section = "Intake";

    /// <summary>Bounds on lines, expansion and lists; what is past them is refused with the bound it broke.</summary>
    public SnapshotLimits Limits { get; set; } = new();
}
