namespace Succesmeter.Networks;

/// <summary>What was learned of giving again. Nothing that it says of one donor leaves the domain; only <see cref="ExpectedReturns"/> and <see cref="LikelyCrowds"/> do.</summary>
/// <param name="Return">On <see cref="ReturnFeatures"/>: whether within twelve months.</param>
/// <param name="Next">On the features of a donor and a campaign: which one, if any.</param>
public sealed record NextGiftModel(LogisticModel Return, LogisticModel Next);
