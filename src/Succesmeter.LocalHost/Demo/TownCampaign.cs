namespace Succesmeter.LocalHost.Demo;

/// <summary>One campaign with all that ever happens in it. What is shown at an instant is a beginning of its lists.</summary>
internal sealed record TownCampaign
{
    public required int Number { get; init; }

    public required string Id { get; init; }

    public required TownKind Kind { get; init; }

    /// <summary>nl, fr or en.</summary>
    public required string Language { get; init; }

    public required string Title { get; init; }

    public required string Description { get; init; }

    public required string Category { get; init; }

    public required TownPerson Holder { get; init; }

    public required int District { get; init; }

    /// <summary>In euros, or in orders; null for recurring support.</summary>
    public required int? Goal { get; init; }

    public required DateTimeOffset LaunchedAt { get; init; }

    /// <summary>When it ends or is closed or cancelled.</summary>
    public required DateTimeOffset ClosedAt { get; init; }

    /// <summary>As declared; null where none is.</summary>
    public required DateTimeOffset? EndsAt { get; init; }

    public bool KeepsAll { get; init; }

    /// <summary>All lists are in order of time.</summary>
    public IReadOnlyList<TownGift> Gifts { get; init; } = [];

    public IReadOnlyList<TownComment> Comments { get; init; } = [];

    public IReadOnlyList<TownAction> Actions { get; init; } = [];

    public IReadOnlyList<TownUpdate> Updates { get; init; } = [];

    public IReadOnlyList<TownReward> Rewards { get; init; } = [];

    public IReadOnlyList<TownNeed> Needs { get; init; } = [];

    /// <summary>Of recurring support: when members began and stopped.</summary>
    public IReadOnlyList<TownMember> Members { get; init; } = [];

    public bool IsSensitive => Kind == TownKind.Sensitive;

    public bool CountsOrders => Kind == TownKind.Orders;

    public bool IsRecurring => Kind == TownKind.Recurring;

    public TownView At(DateTimeOffset instant) => TownView.Of(this, instant);
}

/// <param name="Amount">In whole euros, or in orders.</param>
/// <param name="Reward">Which reward was chosen; null: waived.</param>
internal sealed record TownGift(string Id, DateTimeOffset At, int Amount, TownPerson Donor, bool Anonymous, string? Message, int? Reward);

/// <param name="Answers">The comment that it answers, or null.</param>
internal sealed record TownComment(string Id, DateTimeOffset At, TownPerson Author, bool ByHolder, string Text, string? Answers);

/// <param name="Kind">As snapshots name it: mail, press, event, social, thanks.</param>
internal sealed record TownAction(DateTimeOffset At, string Kind);

internal sealed record TownUpdate(DateTimeOffset At, string Title);

internal sealed record TownReward(string Title, int Price, int? Limit);

internal sealed record TownNeed(string Title, DateTimeOffset? FilledAt);

internal sealed record TownMember(DateTimeOffset BeganAt, DateTimeOffset? StoppedAt);
