namespace Succesmeter.Visits;

/// <summary>How a visit ended.</summary>
public enum VisitResult
{
    Seen,
    Unchanged,
    Gone,
    Forbidden,
    Failed,
    Unreadable,
}

/// <summary>What a visit of a campaign came to.</summary>
/// <param name="Result">In one word, as it is kept.</param>
/// <param name="Trouble">For people; null where there was none.</param>
public abstract record VisitOutcome(VisitResult Result, string? Trouble)
{
    /// <summary>It counts as a failure of the page.</summary>
    public bool BringsNothing => Result is not (VisitResult.Seen or VisitResult.Unchanged);

    /// <param name="TakenAt">On the campaign clock.</param>
    /// <param name="Shown">A hash of what was shown, its instant apart.</param>
    /// <param name="Validators">Of the first page.</param>
    /// <param name="LaunchedAt">As shown, or null.</param>
    /// <param name="EndsAt">As shown, or null.</param>
    /// <param name="IsOver">The platform calls it succeeded, failed or cancelled.</param>
    /// <param name="Trouble">What could not be read beside.</param>
    public sealed record Seen(DateTimeOffset TakenAt, string Shown, PageValidators Validators, DateTimeOffset? LaunchedAt, DateTimeOffset? EndsAt, bool IsOver, string? Trouble = null)
        : VisitOutcome(VisitResult.Seen, Trouble);

    /// <summary>The page is the same as before, by its server's word.</summary>
    public sealed record Unchanged() : VisitOutcome(VisitResult.Unchanged, null);

    public sealed record Gone(string Why) : VisitOutcome(VisitResult.Gone, Why);

    public sealed record Forbidden(string Rule) : VisitOutcome(VisitResult.Forbidden, Rule);

    public sealed record Failed(string Why) : VisitOutcome(VisitResult.Failed, Why);

    /// <param name="Complaints">Each names a field and the rule that it broke.</param>
    public sealed record Unreadable(IReadOnlyList<string> Complaints) : VisitOutcome(VisitResult.Unreadable, string.Join("; ", Complaints));
}
