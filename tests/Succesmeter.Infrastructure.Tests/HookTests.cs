using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>The hooks do what templates cannot, and nothing the second time. The Azure CLI is played by a script that writes down what it is asked.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class HookTests : IDisposable
{
    private const string Secret = "bm90IGEga2V5LCBidXQgYXMgbG9uZyBhcyBvbmUgaXM=";

    /// <summary>What the hooks are told by azd itself; everything else must be an output.</summary>
    private static readonly string[] OfAzd = ["AZURE_SUBSCRIPTION_ID"];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    public static TheoryData<string> Hooks => ["preprovision.sh", "postprovision.sh", "postdeploy.sh"];

    private string Asked => Path.Combine(folder.FullName, "asked");

    private string Received => Path.Combine(folder.FullName, "received");

    public void Dispose() => folder.Delete(recursive: true);

    [ShellTheory]
    [MemberData(nameof(Hooks))]
    public void A_hook_is_well_formed_and_azd_runs_it(string hook)
    {
        var path = Path.Combine(House.Infra, "hooks", hook);

        Assert.Equal((0, ""), Run("bash", ["-n", path]));
        Assert.True(File.GetUnixFileMode(path).HasFlag(UnixFileMode.UserExecute));
        Assert.Contains($"  {Path.GetFileNameWithoutExtension(hook)}:\n    shell: sh\n    run: infra/hooks/{hook}\n", House.Read("azure.yaml"), StringComparison.Ordinal);
    }

    [BicepTheory]
    [MemberData(nameof(Hooks))]
    public void What_a_hook_needs_is_said_by_azd_or_the_template(string hook)
    {
        var outputs = Bicep.Template("main.bicep")["outputs"]!.AsObject().Select(static one => one.Key);
        Assert.Subset(outputs.Concat(OfAzd).ToHashSet(StringComparer.Ordinal), Needed().Matches(House.Read("infra", "hooks", hook)).Select(static match => match.Groups["name"].Value).ToHashSet(StringComparer.Ordinal));
    }

    [ShellFact]
    public void Missing_keys_are_made_and_those_that_are_there_are_left_alone()
    {
        Play("""case "$*" in *secrets/webhooks-key-1*) echo webhooks-key-1; exit 0 ;; *secrets/*) echo 'Not Found({"error":{"code":"SecretNotFound"}})' >&2; exit 3 ;; esac""");

        Assert.Equal((0, "Making in kv: donors-pseudonym-key-1\n"), Hook("postprovision.sh"));
        Assert.Equal($$$"""{"vaultName":{"value":"kv"},"keys":{"value":{"donors-pseudonym-key-1":"{{{Secret}}}"}},"names":{"value":["donors-pseudonym-key-1"]}}""", File.ReadAllText(Received));
        Assert.Contains("config/configreferences/appsettings/refresh", File.ReadAllText(Asked), StringComparison.Ordinal);
    }

    [ShellFact]
    public void A_key_is_seen_by_no_argument_and_no_line_of_output()
    {
        Play("""case "$*" in *secrets/*) echo SecretNotFound >&2; exit 3 ;; esac""");
        var (exitCode, said) = Hook("postprovision.sh");

        Assert.Equal(0, exitCode);
        Assert.DoesNotContain(Secret, said, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, File.ReadAllText(Asked), StringComparison.Ordinal);
        Assert.Contains(Secret, File.ReadAllText(Received), StringComparison.Ordinal);
    }

    [ShellFact]
    public void With_all_keys_there_nothing_is_made()
    {
        Play("""case "$*" in *secrets/*) echo there ;; esac""");

        Assert.Equal((0, "All keys are in kv.\n"), Hook("postprovision.sh"));
        Assert.False(File.Exists(Received));
    }

    [ShellFact]
    public void A_key_that_cannot_be_looked_for_is_not_made()
    {
        Play("""case "$*" in *secrets/*) echo 'Forbidden({"error":{"code":"AuthorizationFailed"}})' >&2; exit 1 ;; esac""");
        var (exitCode, said) = Hook("postprovision.sh");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("AuthorizationFailed", said, StringComparison.Ordinal);
        Assert.False(File.Exists(Received));
    }

    [ShellFact]
    public void Files_are_told_of_once_the_code_runs()
    {
        Play("""case "$*" in *"keys list"*) echo true ;; *"function show"*) echo EventGrid ;; esac""");

        Assert.Equal((0, "Event Grid tells func of files that come into incoming.\n"), Hook("postdeploy.sh"));
        Assert.Contains("--name incoming-events --template-file incoming-events.bicep", File.ReadAllText(Asked), StringComparison.Ordinal);
        Assert.Contains("functionAppName=func topicName=egst functionName=FilesToSnapshots", File.ReadAllText(Asked), StringComparison.Ordinal);
    }

    [ShellFact]
    public void Code_that_waits_for_a_scan_is_refused()
    {
        Play("""case "$*" in *"keys list"*) echo true ;; *"function show"*) echo LogsAndContainerScan ;; esac""");
        var (exitCode, said) = Hook("postdeploy.sh");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("BlobSource=EventGrid", said, StringComparison.Ordinal);
        Assert.DoesNotContain("incoming-events", File.ReadAllText(Asked), StringComparison.Ordinal);
    }

    [ShellFact]
    public void Nothing_begins_without_somebody_to_alert()
    {
        Play("");
        var (exitCode, said) = Hook("preprovision.sh");

        Assert.NotEqual(0, exitCode);
        Assert.Contains("azd env set ALERT_EMAIL", said, StringComparison.Ordinal);
    }

    [ShellFact]
    public void The_first_month_of_the_budget_is_kept_once()
    {
        Play("");

        Assert.Equal(0, Hook("preprovision.sh", ("ALERT_EMAIL", Bicep.Email)).ExitCode);
        Assert.Matches("azd env set BUDGET_START [0-9]{4}-[0-9]{2}-01\n", File.ReadAllText(Asked));

        File.Delete(Asked);
        Assert.Equal(0, Hook("preprovision.sh", ("ALERT_EMAIL", Bicep.Email), ("BUDGET_START", "2026-11-01")).ExitCode);
        Assert.DoesNotContain("azd env set", File.ReadAllText(Asked), StringComparison.Ordinal);
    }

    [Fact]
    public void The_build_is_told_what_the_project_asks_for()
    {
        var project = House.Read("src", "Succesmeter.Functions", "Succesmeter.Functions.csproj");
        var main = House.Read("infra", "main.bicep");

        Assert.Contains("'$(BlobSource)' == 'EventGrid'", project, StringComparison.Ordinal);
        Assert.Contains("output BlobSource string = 'EventGrid'", main, StringComparison.Ordinal);
        Assert.Contains("'$(WorkerPackages)' == 'true'", project, StringComparison.Ordinal);
        Assert.Contains("output WorkerPackages string = 'true'", main, StringComparison.Ordinal);

        var azd = House.Read("azure.yaml");
        Assert.Contains("  functions:\n    project: src/Succesmeter.Functions\n", azd, StringComparison.Ordinal);
        Assert.Contains("'azd-service-name': 'functions'", House.Read("infra", "modules", "functions.bicep"), StringComparison.Ordinal);
        Assert.True(azd.IndexOf("- azd: provision", StringComparison.Ordinal) < azd.IndexOf("- azd: deploy", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_variable_of_an_environment_is_explained()
    {
        var readme = House.Read("infra", "README.md");
        var variables = Variable().Matches(House.Read("infra", "main.bicepparam")).Select(static match => match.Groups["name"].Value).ToList();

        Assert.NotEmpty(variables);
        Assert.All(variables, variable => Assert.Contains($"`{variable}`", readme, StringComparison.Ordinal));
    }

    /// <param name="answers">What the Azure CLI says to which arguments. A deployment's parameters are kept.</param>
    private void Play(string answers)
    {
        Write("az", $$"""
            printf 'az %s\n' "$*" >> '{{Asked}}'
            case "$*" in *"--parameters @-"*) cat > '{{Received}}' ;; esac
            {{answers}}
            """);
        Write("azd", $"""printf 'azd %s\n' "$*" >> '{Asked}'""");
        Write("openssl", $"echo '{Secret}'");
    }

    private void Write(string program, string text)
    {
        var path = Path.Combine(folder.FullName, program);
        File.WriteAllText(path, $"#!/usr/bin/env bash\n{text}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private (int ExitCode, string Said) Hook(string hook, params (string Name, string Value)[] environment) =>
        Run(Path.Combine(House.Infra, "hooks", hook), [], [
            ("AZURE_SUBSCRIPTION_ID", "sub"), ("AZURE_RESOURCE_GROUP", "rg"), ("FUNCTION_APP_NAME", "func"), ("FUNCTION_APP_URL", "https://func.example"),
            ("EVENT_TOPIC_NAME", "egst"), ("VAULT_NAME", "kv"), ("KEY_NAMES", "donors-pseudonym-key-1 webhooks-key-1"), .. environment]);

    private (int ExitCode, string Said) Run(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Except(["HOME", "PATH", "TMPDIR"], StringComparer.Ordinal).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        start.Environment["PATH"] = $"{folder.FullName}{Path.PathSeparator}{start.Environment["PATH"]}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + errors.Result);
    }

    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):\?", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Needed();

    [GeneratedRegex(@"readEnvironmentVariable\('(?<name>[A-Z_]+)'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Variable();
}

/// <summary>A fact that needs bash.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellFactAttribute : FactAttribute
{
    public ShellFactAttribute() => Skip = Shell.WhyNot;
}

/// <summary>The same of a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ShellTheoryAttribute : TheoryAttribute
{
    public ShellTheoryAttribute() => Skip = Shell.WhyNot;
}

internal static class Shell
{
    public static string? WhyNot => OperatingSystem.IsWindows() ? "The hooks are run by bash, from WSL where the machine runs Windows." : null;
}
