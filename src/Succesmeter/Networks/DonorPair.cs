namespace Succesmeter.Networks;

/// <summary>One donor gave to one campaign, by their numbers.</summary>
/// <param name="FirstMinute">Of the first gift, in minutes since 2000 (<see cref="DonorGraph.MinuteOf"/>).</param>
/// <param name="LastMinute">Of the last one.</param>
public readonly record struct DonorPair(int Donor, int Campaign, int FirstMinute, int LastMinute);
