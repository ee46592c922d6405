namespace Succesmeter.LocalHost.Demo;

/// <summary>How the town is crawled, unless configuration says otherwise.</summary>
internal static class DemoDefaults
{
    /// <remarks>
    /// At an hour a second the usual cadence would be a visit of each campaign in a second. These are the same shape at a pace that leaves a laptop room for other things:
    /// about four visits a second over the whole town.
    /// </remarks>
    public static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
    {
        ["Crawl:Contact"] = "https://example.org/",
        ["Crawl:AllowLoopback"] = "true",
        ["Crawl:RequestsPerMinute"] = "600",
        [$"Crawl:Platforms:{Town.Platform}:Hot"] = "06:00:00",
        [$"Crawl:Platforms:{Town.Platform}:Steady"] = "12:00:00",
        [$"Crawl:Platforms:{Town.Platform}:Dormant"] = "1.00:00:00",
        [$"Crawl:Platforms:{Town.Platform}:Search"] = "12:00:00",
    };
}
