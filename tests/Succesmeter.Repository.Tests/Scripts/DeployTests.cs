using System.Security.Cryptography;

namespace Succesmeter.Repository.Tests.Scripts;

/// <summary><c>.ci/deploy</c>, with a stand-in for <c>az</c>.</summary>
public sealed class DeployTests
{
    private static readonly Dictionary<string, string> Staging = new(StringComparer.Ordinal) { ["AZURE_ENV_NAME"] = "staging" };

    [Fact]
    public async Task A_package_goes_to_the_app_that_the_infrastructure_named()
    {
        using var folder = WithAPackage();
        var (exitCode, output) = await folder.RunAsync(folder.At(".ci/deploy"), Staging, "package", folder.At("package"));

        Assert.True(exitCode == 0, output);
        Assert.Contains("Deploying abc to func-one", output, StringComparison.Ordinal);
        Assert.Contains(
            folder.Calls,
            call => call.StartsWith($"az functionapp deployment source config-zip --resource-group rg-one --name func-one --src {folder.At("package")}/functions.zip --build-remote false", StringComparison.Ordinal));
        Assert.Equal("https://func-one.example", (await File.ReadAllTextAsync(folder.At("package/url"))).Trim());
        Assert.Equal("postdeploy of func-one, true", folder.Calls[^1]);
    }

    [Fact]
    public async Task A_package_that_is_not_as_it_was_made_goes_nowhere()
    {
        using var folder = WithAPackage();
        folder.Write("package/functions.zip", "changed");
        var (exitCode, _) = await folder.RunAsync(folder.At(".ci/deploy"), Staging, "package", folder.At("package"));

        Assert.NotEqual(0, exitCode);
        Assert.Empty(folder.Calls);
    }

    [Fact]
    public async Task Infrastructure_is_told_the_settings()
    {
        using var folder = WithAPackage();
        var (exitCode, output) = await folder.RunAsync(
            folder.At(".ci/deploy"), new(Staging, StringComparer.Ordinal) { ["SETTINGS"] = "ALERT_EMAIL=a@example.org\nSITE=https://one.example/?a=b\r\n" }, "infrastructure");

        Assert.True(exitCode == 0, output);
        Assert.Contains(folder.Calls, static call => call.StartsWith("az deployment sub create --location westeurope --name succesmeter-staging --parameters infra/main.bicepparam", StringComparison.Ordinal));
        Assert.Equal("postprovision of func-one, true", folder.Calls[^1]);
        Assert.Equal("a@example.org https://one.example/?a=b", (await File.ReadAllTextAsync(folder.At("settings"))).Trim());
    }

    [Fact]
    public async Task Without_an_environment_nothing_is_deployed()
    {
        using var folder = WithAPackage();
        var (exitCode, _) = await folder.RunAsync(folder.At(".ci/deploy"), new(StringComparer.Ordinal) { ["AZURE_ENV_NAME"] = "" }, "infrastructure");

        Assert.NotEqual(0, exitCode);
        Assert.Empty(folder.Calls);
    }

    private static ScriptFolder WithAPackage()
    {
        var folder = new ScriptFolder();
        // A copy, so that it finds the hooks of this folder.
        folder.Write(".ci/deploy", Checkout.Read(".ci/deploy"));
        foreach (var hook in (string[])["postprovision", "postdeploy"])
            folder.Write($"infra/hooks/{hook}.sh", $"echo \"{hook} of $FUNCTION_APP_NAME, $MAY_WAIT\" >> '{folder.At("calls")}'\n");
        folder.Write("package/functions.zip", "whole");
        folder.Write("package/commit", "abc\n");
        folder.Write("package/SHA256SUMS", string.Concat(((string[])["functions.zip", "commit"]).Select(name => $"{Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(folder.At($"package/{name}"))))}  {name}\n")));
        // Resource Manager gives names of outputs back with a case of its own.
        folder.StandIn(
            "az",
            $$$"""
            case "$1 $2 $3" in
              "deployment sub create") echo "${ALERT_EMAIL:-} ${SITE:-}" > '{{{folder.At("settings")}}}' ;;
              "deployment sub show") echo '{"azurE_RESOURCE_GROUP":{"type":"String","value":"rg-one"},"functioN_APP_NAME":{"type":"String","value":"func-one"},"functioN_APP_URL":{"type":"String","value":"https://func-one.example"},"maY_WAIT":{"type":"Bool","value":true}}' ;;
              "account show "*) echo 00000000-0000-0000-0000-000000000000 ;;
            esac
            """);
        return folder;
    }
}
