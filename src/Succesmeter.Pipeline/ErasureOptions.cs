using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Succesmeter.Pipeline;

/// <summary>How donors are forgotten; bound to <c>Erasure</c>.</summary>
public sealed class ErasureOptions
{
    public const string Section = "Erasure";

    /// <summary>
    /// How long a reader may go on with tombstones that it read before: a minute that they are remembered, and the half hour that a function may take (host.json, functionTimeout). Histories are gone
    /// through once more after this, and only then an erasure is finished.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan Settles { get; set; } = TimeSpan.FromMinutes(35);

    /// <summary>How long raw files are kept.</summary>
    [Range(typeof(TimeSpan), "1.00:00:00", "366.00:00:00")]
    public TimeSpan RawKept { get; set; } = TimeSpan.FromDays(30);
}

[OptionsValidator]
public sealed partial class ErasureOptionsValidator : IValidateOptions<ErasureOptions>;
