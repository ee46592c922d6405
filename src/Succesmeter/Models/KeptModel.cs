namespace Succesmeter.Models;

/// <summary>A model on the shelf, with what its card says.</summary>
public sealed record KeptModel
{
    public required string Name { get; init; }

    public required string Version { get; init; }

    /// <summary>Came with a release; else it was fitted here.</summary>
    public required bool IsShipped { get; init; }

    public required int Trees { get; init; }

    /// <summary>When it first served; null for the one that served from the beginning.</summary>
    public DateTimeOffset? PromotedAt { get; init; }

    /// <summary>The champion whose trees it continues; null for a shipped one.</summary>
    public string? Continues { get; init; }

    /// <summary>Own campaigns that its further trees were fitted to.</summary>
    public int? Campaigns { get; init; }

    public int? Failures { get; init; }

    /// <summary>The end of the newest of them.</summary>
    public DateTimeOffset? Through { get; init; }
}
