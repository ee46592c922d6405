namespace Succesmeter.Forecasts;

/// <summary>One decision tree.</summary>
/// <param name="Splits">The first is the root; none when the tree is a single leaf.</param>
/// <param name="Leaves">One more than there are splits.</param>
public sealed record Tree(IReadOnlyList<Split> Splits, IReadOnlyList<Leaf> Leaves);

/// <param name="Feature">Its place among the model's features.</param>
/// <param name="Threshold">A value up to here goes left.</param>
/// <param name="UnknownGoesLeft">Where a feature that is not known goes.</param>
/// <param name="Left">A split's place, or the bitwise complement of a leaf's place.</param>
/// <param name="Right">Likewise.</param>
public readonly record struct Split(int Feature, double Threshold, bool UnknownGoesLeft, int Left, int Right);

/// <param name="Value">In log-odds.</param>
/// <param name="Cover">How many training rows fell here: the weights of an attribution.</param>
public readonly record struct Leaf(double Value, double Cover);
