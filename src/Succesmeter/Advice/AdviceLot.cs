using System.Collections.Immutable;

namespace Succesmeter.Advice;

/// <summary>What could have been advised at one instant and what the lot let through: with both kept, whether advice goes with what happens next can be asked as of an experiment.</summary>
/// <param name="Applied">All codes that applied, in the order of the rules.</param>
/// <param name="Given">Those that were shown, in the order in which they were.</param>
public sealed record AdviceLot(ImmutableArray<string> Applied, ImmutableArray<string> Given)
{
    public bool Equals(AdviceLot? other) => other is not null && Applied.SequenceEqual(other.Applied, StringComparer.Ordinal) && Given.SequenceEqual(other.Given, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Applied.Length, Given.Length, Given.IsEmpty ? null : Given[0]);
}
