using System.Text.Json;
using Succesmeter.Testing;

namespace Succesmeter.EndToEnd.Tests.Webhooks;

/// <summary>npm's <c>standardwebhooks</c>: what a receiver would check a signature with.</summary>
internal static class StandardWebhooks
{
    private static readonly string Pinned = Path.Combine(AppContext.BaseDirectory, "Webhooks", "npm");

    /// <returns>Of each <c>ok</c>, or what is wrong with it.</returns>
    public static async Task<IReadOnlyList<string>> VerifyAsync(params IEnumerable<(string Secret, IReadOnlyDictionary<string, string> Headers, string Body)> received)
    {
        // Beside its packages, since Node looks for a module where the script lies.
        var folder = await NpmPackages.EnsureAsync(Pinned, "standardwebhooks");
        var script = Path.Combine(folder, "verify.mjs");
        File.Copy(Path.Combine(Pinned, "verify.mjs"), script, overwrite: true);
        var lines = received.Select(static one => JsonSerializer.Serialize(new { secret = one.Secret, headers = one.Headers, body = one.Body }));
        var (exitCode, output) = await NpmPackages.RunAsync("node", folder, string.Join('\n', lines) + "\n", script);
        Assert.True(exitCode == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
