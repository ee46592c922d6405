using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;
using Succesmeter.Visits;

namespace Succesmeter.Pipeline;

/// <summary>When the crawl comes; bound to <c>Crawl</c>. How it behaves when it does is said beside the fetcher.</summary>
public sealed class VisitOptions
{
    public const string Section = "Crawl";

    public CadenceSettings Cadence { get; set; } = new();

    /// <summary>What a platform does otherwise, by its id.</summary>
    public Dictionary<string, CadenceSettings> Platforms { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Real time between the first visits of two campaigns that one list shows, so that a platform that is new here is not rushed.</summary>
    public TimeSpan Stagger { get; set; } = TimeSpan.FromSeconds(3);

    internal Cadence CadenceOf(PlatformId platform)
    {
        var all = Cadence.Over(new Cadence());
        return Platforms.TryGetValue(platform.Value, out var own) ? own.Over(all) : all;
    }

    internal TimeSpan SearchEvery(PlatformId platform) =>
        (Platforms.TryGetValue(platform.Value, out var own) ? own.Search : null) ?? Cadence.Search ?? CadenceSettings.DefaultSearch;
}

/// <summary>Times on the campaign clock; one that is not said is as <see cref="Visits.Cadence"/> has it.</summary>
public sealed class CadenceSettings
{
    internal static readonly TimeSpan DefaultSearch = TimeSpan.FromHours(6);

    public TimeSpan? Opening { get; set; }

    public TimeSpan? Closing { get; set; }

    public TimeSpan? Hot { get; set; }

    public TimeSpan? Steady { get; set; }

    public TimeSpan? DormantAfter { get; set; }

    public TimeSpan? Dormant { get; set; }

    public TimeSpan[]? AfterEnd { get; set; }

    /// <summary>Between two searches for campaigns; six hours unless said.</summary>
    public TimeSpan? Search { get; set; }

    internal Cadence Over(Cadence other) => new()
    {
        Opening = Opening ?? other.Opening,
        Closing = Closing ?? other.Closing,
        Hot = Hot ?? other.Hot,
        Steady = Steady ?? other.Steady,
        DormantAfter = DormantAfter ?? other.DormantAfter,
        Dormant = Dormant ?? other.Dormant,
        AfterEnd = AfterEnd is { } after ? [.. after.Order()] : other.AfterEnd,
    };

    internal IEnumerable<string> Broken(string name)
    {
        foreach (var (setting, value) in new[] { (nameof(Hot), Hot), (nameof(Steady), Steady), (nameof(Dormant), Dormant), (nameof(Search), Search) })
            if (value < Shortest || value > Longest)
                yield return $"{name}:{setting} must lie between {Shortest} and {Longest}.";
        foreach (var (setting, value) in new[] { (nameof(Opening), Opening), (nameof(Closing), Closing), (nameof(DormantAfter), DormantAfter) })
            if (value < TimeSpan.Zero || value > Longest)
                yield return $"{name}:{setting} must lie between 0 and {Longest}.";
        if (AfterEnd?.Any(static after => after <= TimeSpan.Zero || after > Longest) == true)
            yield return $"{name}:{nameof(AfterEnd)} must lie between 0 and {Longest}.";
    }

    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);
}

/// <summary>A time out of range stops the app at start.</summary>
public sealed class VisitOptionsValidator : IValidateOptions<VisitOptions>
{
    public ValidateOptionsResult Validate(string? name, VisitOptions options)
    {
        var broken = options.Cadence.Broken($"{VisitOptions.Section}:{nameof(VisitOptions.Cadence)}").ToList();
        foreach (var (platform, settings) in options.Platforms)
            broken.AddRange(PlatformId.TryParse(platform, out _)
                ? settings.Broken($"{VisitOptions.Section}:{nameof(VisitOptions.Platforms)}:{platform}")
                : [$"{VisitOptions.Section}:{nameof(VisitOptions.Platforms)}:{platform} must be a platform's id: {IdRule.Text}."]);
        if (options.Stagger < TimeSpan.Zero || options.Stagger > TimeSpan.FromMinutes(1))
            broken.Add($"{VisitOptions.Section}:{nameof(VisitOptions.Stagger)} must lie between 0 and a minute.");
        return broken.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(broken);
    }
}
