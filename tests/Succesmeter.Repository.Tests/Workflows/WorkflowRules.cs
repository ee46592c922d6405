using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Succesmeter.Repository.Tests.Workflows;

/// <summary>What this repository asks of its workflows and actions beyond their syntax: nothing runs that was not reviewed, with no more rights than it needs, and by hand too.</summary>
internal static partial class WorkflowRules
{
    /// <summary>A step of more lines than this is a program, and belongs into a script that runs by hand.</summary>
    private const int LinesOfAStep = 3;

    /// <param name="yaml">A workflow, or an action that is made of steps.</param>
    /// <param name="isExecutable">Whether the repository has a file of that path that is executable.</param>
    /// <returns>What breaks a rule, in words; empty where nothing does.</returns>
    public static IEnumerable<string> BrokenBy(string yaml, Func<string, bool> isExecutable)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        var root = (YamlMappingNode)stream.Documents[0].RootNode;
        var jobs = root.Has("jobs") ? root.Map("jobs").Children.ToDictionary(static job => ((YamlScalarNode)job.Key).Value!, static job => (YamlMappingNode)job.Value, StringComparer.Ordinal) : [];
        var steps = (root.Has("runs") ? root.Map("runs").Steps() : []).Concat(jobs.Values.SelectMany(static job => job.Steps())).ToList();

        return [.. Pins(yaml, root), .. Rights(root, jobs), .. Scripts(root, steps, isExecutable), .. Steps(steps)];
    }

    private static IEnumerable<string> Pins(string yaml, YamlMappingNode root)
    {
        var lines = Use().Matches(yaml);
        foreach (var line in lines.Select(static match => match.Value.Trim()).Where(static line => !PinnedUse().IsMatch(line)))
            yield return $"'{line}' is neither of this repository nor pinned: owner/name@<40 hexadecimal digits> # v1.2.3";

        // What is not written on a line of its own has no place for a version, and would not be seen above.
        if (root.AllNodes.OfType<YamlMappingNode>().Count(static node => node.Has("uses")) is var all && all != lines.Count)
            yield return string.Create(CultureInfo.InvariantCulture, $"{all} actions are used, and {lines.Count} stand on a line of their own");
    }

    private static IEnumerable<string> Rights(YamlMappingNode root, Dictionary<string, YamlMappingNode> jobs)
    {
        if (root.Has("runs"))
            yield break;
        if (root.Text("permissions") is not null || !root.Has("permissions") || root.Map("permissions").Children.Count != 0)
            yield return "the workflow does not say `permissions: {}`, from where each job asks for its own";
        if (root.AllNodes.OfType<YamlScalarNode>().Any(static node => node.Value is "pull_request_target"))
            yield return "pull_request_target runs what a stranger wrote with the rights of this repository";

        foreach (var (name, job) in jobs)
        {
            if (!job.Has("permissions") || job.Text("permissions") is not null)
                yield return $"the job {name} does not list its permissions";
            if (!job.Has("uses") && !job.Has("timeout-minutes"))
                yield return $"the job {name} has no timeout-minutes, and could run for six hours";
        }
    }

    private static IEnumerable<string> Scripts(YamlMappingNode root, List<YamlMappingNode> steps, Func<string, bool> isExecutable)
    {
        var scripts = steps.Select(static step => step.Text("run")).OfType<string>().ToList();
        if (scripts.Count > 0 && !root.Has("runs") && !(root.Has("defaults") && root.Map("defaults").Map("run").Text("shell") == "bash"))
            yield return "defaults.run.shell is not bash: without a name the shell goes on after a failure inside a pipe";

        foreach (var script in scripts)
        {
            var lines = script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            // Of an expression the shell sees the value as if it had been written there.
            if (script.Contains("${{", StringComparison.Ordinal))
                yield return $"'{lines[0]}' has an expression in its script: hand it over by env";
            if (lines.Length > LinesOfAStep)
                yield return $"'{lines[0]}' goes on for {lines.Length.ToString(CultureInfo.InvariantCulture)} lines: make it a script";
            foreach (var command in lines.Select(static line => line.Split(' ')[0]).Where(command => command.Contains('/', StringComparison.Ordinal) && !isExecutable(command)))
                yield return $"'{command}' is no executable file of this repository";
        }
    }

    private static IEnumerable<string> Steps(List<YamlMappingNode> steps) =>
        from step in steps
        where step.Text("uses")?.StartsWith("actions/checkout@", StringComparison.Ordinal) == true && !(step.Has("with") && step.Map("with").Text("persist-credentials") == "false")
        select "a checkout leaves its token behind: persist-credentials: false";

    private static bool Has(this YamlMappingNode map, string key) => map.Children.ContainsKey(new YamlScalarNode(key));

    private static YamlMappingNode Map(this YamlMappingNode map, string key) => (YamlMappingNode)map.Children[new YamlScalarNode(key)];

    /// <returns>Null where there is none, or what is there is no scalar.</returns>
    private static string? Text(this YamlMappingNode map, string key) => map.Has(key) && map.Children[new YamlScalarNode(key)] is YamlScalarNode scalar ? scalar.Value : null;

    private static IEnumerable<YamlMappingNode> Steps(this YamlMappingNode map) =>
        map.Has("steps") ? ((YamlSequenceNode)map.Children[new YamlScalarNode("steps")]).Children.Cast<YamlMappingNode>() : [];

    [GeneratedRegex(@"^[ ]*(?:- )?uses:.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Use();

    [GeneratedRegex(@"^(?:- )?uses: (?:\./[\w./-]+|[\w.-]+(?:/[\w.-]+)+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex PinnedUse();
}
