using System.Text.RegularExpressions;

namespace Succesmeter.Repository.Tests.Workflows;

/// <summary>The workflows are right in form, and keep to what this repository asks of them.</summary>
public sealed partial class WorkflowTests
{
    private const string Careful =
        """
        on: push
        permissions: {}
        defaults:
          run:
            shell: bash
        jobs:
          one:
            runs-on: ubuntu-24.04
            timeout-minutes: 5
            permissions:
              contents: read
            steps:
              - uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v6.0.2
                with:
                  persist-credentials: false
              - run: .ci/run "$REF"
        """;

    private static IEnumerable<string> Files => Checkout.Files.Keys.Where(static path => path.StartsWith(".github/workflows/", StringComparison.Ordinal) || path.StartsWith(".github/actions/", StringComparison.Ordinal));

    public static TheoryData<string> Paths => [.. Files];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Each_keeps_the_rules(string path) => Assert.Empty(WorkflowRules.BrokenBy(Checkout.Read(path), IsExecutable));

    [Fact]
    public async Task Actionlint_finds_nothing_to_complain_of()
    {
        var (exitCode, output) = await Actionlint.LintAsync(Checkout.Root, [.. Checkout.Files.Keys.Where(static path => path.StartsWith(".github/workflows/", StringComparison.Ordinal))]);
        Assert.True(exitCode == 0, output);
    }

    [Theory]
    [InlineData("runs-on: ubuntu-24.04", "runs-on: ubuntu-4.04", "label \"ubuntu-4.04\" is unknown")]
    [InlineData("\"$REF\"", "\"${{ githup.ref }}\"", "undefined variable \"githup\"")]
    [InlineData("contents: read", "contents: raed", "\"raed\" is invalid for permission")]
    public async Task Actionlint_finds_what_is_wrong(string right, string wrong, string said)
    {
        var folder = Directory.CreateTempSubdirectory("succesmeter-actionlint-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "workflow.yml"), Careful.Replace(right, wrong, StringComparison.Ordinal));
            var (exitCode, output) = await Actionlint.LintAsync(folder.FullName, "workflow.yml");
            Assert.NotEqual(0, exitCode);
            Assert.Contains(said, output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_careful_workflow_breaks_no_rule() => Assert.Empty(WorkflowRules.BrokenBy(Careful, IsExecutable));

    [Theory]
    [InlineData("@0123456789abcdef0123456789abcdef01234567 # v6.0.2", "@v6", "nor pinned")]
    [InlineData(" # v6.0.2", "", "nor pinned")]
    [InlineData("- uses: actions/checkout@0123456789abcdef0123456789abcdef01234567 # v6.0.2", "- { uses: actions/checkout@v6 }\n      - name: Two", "stand on a line of their own")]
    [InlineData("permissions: {}", "permissions: write-all", "does not say `permissions: {}`")]
    [InlineData("permissions: {}\n", "", "does not say `permissions: {}`")]
    [InlineData("    permissions:\n      contents: read\n", "", "does not list its permissions")]
    [InlineData("    timeout-minutes: 5\n", "", "has no timeout-minutes")]
    [InlineData("on: push", "on: [push, pull_request_target]", "what a stranger wrote")]
    [InlineData("\"$REF\"", "\"${{ github.event.pull_request.title }}\"", "has an expression in its script")]
    [InlineData(".ci/run \"$REF\"", "|\n          one\n          two\n          three\n          four", "make it a script")]
    [InlineData(".ci/run", ".ci/walk", "is no executable file")]
    [InlineData(".ci/run", ".ci/advisories.txt", "is no executable file")]
    [InlineData("    shell: bash\n", "    working-directory: src\n", "is not bash")]
    [InlineData("persist-credentials: false", "fetch-depth: 0", "leaves its token behind")]
    public void A_careless_one_breaks_the_rule(string careful, string careless, string said)
    {
        var workflow = Careful.Replace(careful, careless, StringComparison.Ordinal);
        Assert.NotEqual(Careful, workflow);
        Assert.Contains(WorkflowRules.BrokenBy(workflow, IsExecutable), broken => broken.Contains(said, StringComparison.Ordinal));
    }

    /// <summary>Two versions of one action would be two programs to review.</summary>
    [Fact]
    public void One_action_has_one_version()
    {
        var pins = Files.SelectMany(static path => Pin().Matches(Checkout.Read(path))).Select(static match => (Action: match.Groups["action"].Value, Pin: match.Groups["pin"].Value)).Distinct().ToList();
        Assert.NotEmpty(pins);
        Assert.Equal(pins.Count, pins.DistinctBy(static pin => pin.Action).Count());
    }

    private static bool IsExecutable(string path) => Checkout.Files.TryGetValue(path, out var isExecutable) && isExecutable;

    [GeneratedRegex(@"uses: (?<action>[\w./-]+)@(?<pin>[0-9a-f]{40} # \S+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Pin();
}
