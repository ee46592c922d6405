namespace Succesmeter.Snapshots;

/// <summary>Why a row of a file was not taken.</summary>
/// <param name="Line">From 1; the first line that the row occupies. Of a JSON array: the element's number.</param>
/// <param name="Field">A path such as <c>contributions[3].amount</c>; <c>$</c> for the row as a whole.</param>
/// <param name="Rule">The rule that was broken, as a sentence part: <c>must be a number of at least 0</c>.</param>
public sealed record Rejection(long Line, string Field, string Rule);
