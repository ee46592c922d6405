using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Succesmeter.Functions;

/// <summary>How the pipeline is watched. Where what it shows goes, the usual settings say: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>APPLICATIONINSIGHTS_CONNECTION_STRING</c>, both or none.</summary>
public sealed class WatchingOptions
{
    public const string Section = "Watching";

    /// <summary>Of all traces; which ones follows from their ids, so that a trace is whole or not there. Figures count all.</summary>
    [Range(0, 1)]
    public double TraceShare { get; set; } = 1;
}

[OptionsValidator]
public sealed partial class WatchingOptionsValidator : IValidateOptions<WatchingOptions>;
