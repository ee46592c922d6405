using System.Security.Cryptography;

namespace Succesmeter.Repository.Tests.Scripts;

/// <summary><c>.ci/secrets</c> finds what must not be committed. What it looks for is put together here, or it would find this file.</summary>
public sealed class SecretsTests
{
    [Fact]
    public async Task Each_kind_of_secret_is_found_and_not_shown()
    {
        using var folder = new ScriptFolder();
        // A whole one: what only has a key's first and last line is not taken for one.
        using var key = ECDsa.Create();
        var letters = string.Concat(Enumerable.Range(0, 86).Select(static place => (char)('a' + (place % 26))));
        Dictionary<string, string> secrets = new(StringComparer.Ordinal)
        {
            ["connection.txt"] = $"AccountName=one;AccountKey={letters}==;",
            ["link.md"] = $"https://one.example/incoming?sv=2025&sig={letters[..46]}%3D",
            [".github/workflows/deploy.yml"] = $"key: {letters[..44]}AzFu{letters[..6]}==",
            ["token.json"] = $"\"smt_{letters[..16]}_{letters[..43]}\"",
            ["hook.cs"] = $"whsec_{letters[..32]}",
            ["local.settings.json"] = $"\"Donors__PseudonymKey\": \"{letters[..43]}=\"",
            ["key.pem"] = key.ExportPkcs8PrivateKeyPem(),
            ["git.txt"] = $"ghp_{letters[..26]}0123456789",
        };
        foreach (var (name, text) in secrets)
            folder.Write(name, text + "\n");
        var (exitCode, output) = await folder.RunAsync(".ci/secrets", null, folder.Path);

        Assert.Equal(1, exitCode);
        Assert.All(secrets.Keys, name => Assert.Contains(name, output, StringComparison.Ordinal));
        Assert.DoesNotContain(letters[..16], output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_looks_like_one_passes()
    {
        using var folder = new ScriptFolder();
        folder.Write("README.md", "\"Donors__PseudonymKey\": \"<openssl rand -base64 32>\", \"AzureWebJobsStorage\": \"UseDevelopmentStorage=true\", Authorization: Bearer $TOKEN\n");
        var (exitCode, output) = await folder.RunAsync(".ci/secrets", null, folder.Path);

        Assert.True(exitCode == 0, output);
        Assert.Contains("No secret in 1 files.", output, StringComparison.Ordinal);
    }
}
