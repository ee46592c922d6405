namespace Succesmeter.Aftercare;

/// <summary>What a holder said of a project in one wave. Counts and a word out of four, so that nothing in it names anybody.</summary>
public sealed record AftercareAnswer
{
    /// <summary>More is a slip of the keyboard.</summary>
    public const int MostPeople = 10_000;

    /// <summary>On its platform.</summary>
    public required string Campaign { get; init; }

    public required Wave Wave { get; init; }

    public required ProjectOutcome Outcome { get; init; }

    /// <summary>People who helped without pay, 0 to <see cref="MostPeople"/>; null where that was not said.</summary>
    public int? Volunteers { get; init; }

    /// <summary>People and organisations that the holder came to know through the campaign, 0 to <see cref="MostPeople"/>; null where that was not said.</summary>
    public int? NewContacts { get; init; }

    /// <summary>When the wave was first answered, on the campaign clock.</summary>
    public required DateTimeOffset AnsweredAt { get; init; }

    /// <summary>When the words that stand here were said; later than <see cref="AnsweredAt"/> after a correction.</summary>
    public required DateTimeOffset ChangedAt { get; init; }

    /// <summary>The campaign as it had ended, when the words were said.</summary>
    public SeenAtEnd Seen { get; init; } = SeenAtEnd.Nothing;

    /// <summary>Puts these words in the place of earlier ones: the last word counts, and who repeats it changes no instant.</summary>
    public AftercareAnswer After(AftercareAnswer? earlier) => earlier is null
        ? this
        : this with
        {
            AnsweredAt = earlier.AnsweredAt,
            ChangedAt = (Outcome, Volunteers, NewContacts) == (earlier.Outcome, earlier.Volunteers, earlier.NewContacts) ? earlier.ChangedAt : ChangedAt,
        };
}
