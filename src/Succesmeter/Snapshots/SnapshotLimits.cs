using System.Runtime.CompilerServices;

namespace Succesmeter.Snapshots;

/// <summary>How much one file, row or text may hold. A value outside its range throws where it is set.</summary>
public sealed record SnapshotLimits
{
    /// <summary>Of any amount, in major units of any currency: far above every campaign, far below where Int64 minor units end.</summary>
    public const decimal MostAmount = 1_000_000_000_000m;

    public static SnapshotLimits Default { get; } = new();

    /// <summary>A longer row is refused and skipped without being held in memory.</summary>
    public int MaxRowBytes { get; init => field = Between(1 << 10, value, 256 << 20); } = 16 << 20;

    /// <summary>What a gzipped file may become.</summary>
    public long MaxExpandedBytes { get; init => field = Between(1L << 10, value, 1L << 40); } = 8L << 30;

    /// <summary>Bytes out for each byte in, once <see cref="FreeExpandedBytes"/> are out. Deflate itself ends near 1,032.</summary>
    public int MaxExpansion { get; init => field = Between(2, value, 2_000); } = 1_000;

    /// <summary>So much may come out of gzip before <see cref="MaxExpansion"/> is asked: small files of equal rows pack very well.</summary>
    public long FreeExpandedBytes { get; init => field = Between(0L, value, 1L << 40); } = 10 << 20;

    /// <summary>Levels of JSON; the schema itself needs three.</summary>
    public int MaxDepth { get; init => field = Between(4, value, 256); } = 32;

    public int MaxContributions { get; init => field = Between(1, value, 1_000_000); } = 10_000;

    public int MaxSupporters { get; init => field = Between(1, value, 1_000_000); } = 10_000;

    public int MaxComments { get; init => field = Between(1, value, 1_000_000); } = 10_000;

    public int MaxActions { get; init => field = Between(1, value, 1_000_000); } = 10_000;

    public int MaxRewards { get; init => field = Between(1, value, 100_000); } = 1_000;

    public int MaxLanguages { get; init => field = Between(1, value, 100); } = 20;

    /// <summary>Characters of a title, of a campaign or a reward.</summary>
    public int MaxTitle { get; init => field = Between(10, value, 10_000); } = 500;

    /// <summary>Characters of a holder, category, place, donor or gift id.</summary>
    public int MaxName { get; init => field = Between(10, value, 10_000); } = 250;

    public int MaxUrl { get; init => field = Between(10, value, 32_000); } = 2_048;

    public int MaxDescription { get; init => field = Between(10, value, 1_000_000); } = 100_000;

    /// <summary>How much of a refused row is kept for the quarantine.</summary>
    public int MaxRawBytes { get; init => field = Between(0, value, 1 << 20); } = 16 << 10;

    private static T Between<T>(T least, T value, T most, [CallerMemberName] string? name = null) where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie between {least} and {most}.");
}
