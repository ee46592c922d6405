using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Text.Json.Nodes;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>The compiler of templates, and what it made of those in <c>infra</c>; each is compiled once.</summary>
internal static class Bicep
{
    /// <summary>What main.bicepparam cannot do without.</summary>
    public const string Email = "someone@example.org";

    private static readonly ConcurrentDictionary<string, Lazy<JsonObject>> Compiled = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, Lazy<JsonObject>> Evaluated = new(StringComparer.Ordinal);

    private static string? Program { get; } =
        typeof(Bicep).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().FirstOrDefault(static one => one.Key == "Bicep")?.Value;

    /// <summary>Why there is no compiler; null when there is one.</summary>
    public static string? WhyNot => Program is null ? "The package with Bicep's compiler that this project knows runs on Linux on x64 alone." : null;

    /// <param name="file">Below <c>infra</c>, such as <c>main.bicep</c>.</param>
    public static JsonObject Template(string file) =>
        Compiled.GetOrAdd(file, static name => new(() => Object(Build([], "build", Path.Combine(House.Infra, name), "--stdout")))).Value;

    /// <summary>The parameters of an environment, as azd would find them; the compiler must not warn of anything.</summary>
    public static JsonObject Parameters(params (string Name, string Value)[] environment) =>
        Evaluated.GetOrAdd(string.Join(' ', environment), _ => new(() =>
        {
            var answer = Build([("ALERT_EMAIL", Email), .. environment], "build-params", Path.Combine(House.Infra, "main.bicepparam"), "--stdout");
            return Object(JsonNode.Parse(answer)!["parametersJson"]!.GetValue<string>())["parameters"]!.AsObject();
        })).Value;

    /// <summary>Runs it with no variable of the environment that templates ask for but the ones given.</summary>
    public static (int ExitCode, string Answer, string Said) Run((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        foreach (var name in start.Environment.Keys.Except(["HOME", "PATH", "TMPDIR"], StringComparer.Ordinal).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var said = process.StandardError.ReadToEndAsync();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, answer, said.Result);
    }

    private static string Build((string Name, string Value)[] environment, params string[] arguments)
    {
        var ran = Run(environment, arguments);
        Assert.Equal("", ran.Said);
        Assert.Equal(0, ran.ExitCode);
        return ran.Answer;
    }

    private static JsonObject Object(string text) => JsonNode.Parse(text)!.AsObject();
}

/// <summary>A fact that needs the compiler, and without one is skipped with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepFactAttribute : FactAttribute
{
    public BicepFactAttribute() => Skip = Bicep.WhyNot;
}

/// <summary>The same of a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BicepTheoryAttribute : TheoryAttribute
{
    public BicepTheoryAttribute() => Skip = Bicep.WhyNot;
}
