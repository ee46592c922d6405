using Succesmeter.Campaigns;

namespace Succesmeter.Snapshots;

/// <summary>What the holder did to reach people.</summary>
public sealed record HolderAction(Moment At, ActionKind Kind);

public enum ActionKind
{
    Mail,
    Press,
    Event,
    Social,
    Update,
    Thanks,
    Other,
}
