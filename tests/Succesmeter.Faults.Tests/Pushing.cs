using System.Net;
using System.Runtime.Versioning;

namespace Succesmeter.Faults.Tests;

/// <summary>A client that sends the same until it is accepted, whatever happens.</summary>
[UnsupportedOSPlatform("windows")]
internal static class Pushing
{
    /// <returns>How often each answer came; null for none.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> AllAsync(RealHost host, IEnumerable<string> lines, int each, TimeSpan pause)
    {
        var answers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var portion in lines.Chunk(each))
        {
            for (HttpStatusCode? status = null; status != HttpStatusCode.Accepted;)
            {
                status = await host.TryPushAsync(string.Join('\n', portion));
                var said = status is { } code ? ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture) : "none";
                answers[said] = answers.GetValueOrDefault(said) + 1;
                await Task.Delay(pause);
            }
        }

        return answers;
    }

    public static string Text(IReadOnlyDictionary<string, int> answers) => string.Join(", ", answers.OrderBy(static one => one.Key, StringComparer.Ordinal).Select(static one => $"{one.Key} × {one.Value}"));
}
