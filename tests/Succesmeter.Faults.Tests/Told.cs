namespace Succesmeter.Faults.Tests;

/// <summary>What a subscriber was told.</summary>
internal static class Told
{
    public static IReadOnlyList<string> Ids(Receiver subscriber) =>
        [.. subscriber.All.Where(static one => one.Type != "test.ping").Select(static one => one.Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Who is told again is told the same.</summary>
    public static void NeverInOtherWords(Receiver subscriber) =>
        Assert.All(subscriber.All.GroupBy(static one => one.Id, StringComparer.Ordinal), static one => Assert.Single(one.Select(static told => told.Body).Distinct(StringComparer.Ordinal)));

    /// <returns>Calls beyond the first about one event.</returns>
    public static int Again(Receiver subscriber) => subscriber.All.Count - subscriber.All.Select(static one => one.Id).Distinct(StringComparer.Ordinal).Count();
}
