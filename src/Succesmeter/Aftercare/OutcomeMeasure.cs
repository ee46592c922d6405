namespace Succesmeter.Aftercare;

/// <summary>A side of an after-care answer as a number.</summary>
public sealed record OutcomeMeasure
{
    /// <summary>1: done as planned; 0: anything else.</summary>
    public static readonly OutcomeMeasure AsPlanned = new("as-planned", static answer => answer.Outcome == ProjectOutcome.AsPlanned ? 1 : 0);

    /// <summary>1: done, as planned or adapted; 0: under way or not.</summary>
    public static readonly OutcomeMeasure Done = new("done", static answer => answer.Outcome is ProjectOutcome.AsPlanned or ProjectOutcome.Adapted ? 1 : 0);

    /// <summary>People; null where that was not said.</summary>
    public static readonly OutcomeMeasure Volunteers = new("volunteers", static answer => answer.Volunteers);

    /// <summary>People and organisations; null where that was not said.</summary>
    public static readonly OutcomeMeasure NewContacts = new("new-contacts", static answer => answer.NewContacts);

    private readonly Func<AftercareAnswer, double?> of;

    private OutcomeMeasure(string name, Func<AftercareAnswer, double?> of)
    {
        Name = name;
        this.of = of;
    }

    public static IReadOnlyList<OutcomeMeasure> All { get; } = [AsPlanned, Done, Volunteers, NewContacts];

    public string Name { get; }

    public double? Of(AftercareAnswer answer) => of(answer);
}
