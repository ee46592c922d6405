using System.Diagnostics;

namespace Succesmeter.Watching;

/// <summary>
/// The spans that show one snapshot's way from the drop, the push or the visit over its score to the deliveries, in one trace. Messages and blobs carry the W3C <c>traceparent</c> of what sent them.
/// They name stages, platforms and campaigns; never a donor, an address with its query, or the text of a failure, which may quote either. Where nobody listens there are none, and nothing is carried.
/// </summary>
public static class Spans
{
    /// <summary>Of the source, for who wants to listen.</summary>
    public const string Name = "Succesmeter";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>The <c>traceparent</c> of the span under way, for what goes on elsewhere; null where nobody listens.</summary>
    public static string? Current => Activity.Current is { IdFormat: ActivityIdFormat.W3C, Source.Name: Name } span ? span.Id : null;

    /// <summary>Runs a stage within a span; what it throws marks the span as failed, by its type alone, and is thrown on.</summary>
    /// <param name="stage">The span's name.</param>
    /// <param name="kind">Server for a request, consumer for a message or a blob, internal for a timer.</param>
    /// <param name="parent">A <c>traceparent</c> that came with a message or a blob; null, or one that cannot be read, begins a trace of its own below whatever is under way here.</param>
    /// <param name="work">The stage.</param>
    public static async Task<T> RunAsync<T>(string stage, ActivityKind kind, string? parent, Func<Task<T>> work)
    {
        using var span = Begin(stage, kind, parent);
        try
        {
            return await work();
        }
        catch (Exception failure)
        {
            span?.SetStatus(ActivityStatusCode.Error, failure.GetType().Name);
            throw;
        }
    }

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(string stage, ActivityKind kind, string? parent, Func<Task> work) => RunAsync(stage, kind, parent, async () =>
    {
        await work();
        return true;
    });

    /// <summary>Says of the span under way which campaign or other public thing it is about.</summary>
    /// <param name="name">What it is, without the prefix <c>succesmeter.</c> that all have.</param>
    /// <param name="value">Its id.</param>
    public static void Tag(string name, string value)
    {
        if (Activity.Current is { Source.Name: Name } span)
            span.SetTag($"succesmeter.{name}", value);
    }

    private static Activity? Begin(string stage, ActivityKind kind, string? parent)
    {
        if (!ActivityContext.TryParse(parent, null, isRemote: true, out var context))
            return Source.StartActivity(stage, kind);

        // The host has a span of its own for what it runs: the trace goes on from where the message was sent, and points there.
        var hosts = Activity.Current is { } run ? new[] { new ActivityLink(run.Context) } : null;
        return Source.StartActivity(stage, kind, context, links: hosts);
    }
}
