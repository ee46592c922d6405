namespace Succesmeter.Campaigns;

/// <summary>How fresh lists are; bound to <c>Lists</c>.</summary>
public sealed class ListOptions
{
    public const string Section = "Lists";

    /// <summary>A list is made anew at most so often, and is at most so old.</summary>
    public TimeSpan Age { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>So long after it was last made a version can still be paged through, at least.</summary>
    public TimeSpan Kept { get; set; } = TimeSpan.FromMinutes(15);
}
