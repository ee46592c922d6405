namespace Succesmeter.Social;

/// <summary>How an indicator is known, from best to worst; of several sources the worst one names the whole.</summary>
public enum Observability
{
    /// <summary>Read from what the source shows of gifts, donors or backers.</summary>
    Observed,

    /// <summary>Rests in part on what holder or platform say, such as the people behind an envelope.</summary>
    Declared,

    /// <summary>The truth lies between two known ends; the interval holds both.</summary>
    Bounded,

    /// <summary>The source does not show it. Never zero.</summary>
    Unobservable,
}
