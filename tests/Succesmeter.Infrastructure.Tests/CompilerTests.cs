using System.Text.Json;
using System.Text.Json.Nodes;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>The compiler and its linter find nothing to say.</summary>
public sealed class CompilerTests
{
    /// <summary>It compares with today's date, or asks a registry; neither is for a test.</summary>
    private static readonly string[] LeftOut = ["use-recent-api-versions", "use-recent-module-versions"];

    public static TheoryData<string> Environments => ["production", "staging-of-ann"];

    [BicepFact]
    public void No_template_is_warned_of()
    {
        var ran = Bicep.Run([], "lint", "--pattern", Path.Combine(House.Infra, "**", "*.bicep"));

        Assert.Equal("", ran.Said + ran.Answer);
        Assert.Equal(0, ran.ExitCode);
    }

    [BicepFact]
    public void A_template_with_something_unused_would_be_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var file = Path.Combine(folder.FullName, "unused.bicep");
            File.WriteAllText(file, "param unused string");
            var ran = Bicep.Run([], "lint", file, "--config", Path.Combine(House.Infra, "bicepconfig.json"));

            Assert.NotEqual(0, ran.ExitCode);
            Assert.Contains("Error no-unused-params", ran.Said, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Every_rule_is_an_error_and_nothing_is_silenced()
    {
        var config = JsonNode.Parse(House.Read("infra", "bicepconfig.json"), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip });
        var rules = config!["analyzers"]!["core"]!["rules"]!.AsObject();

        Assert.All(rules, rule => Assert.Equal(LeftOut.Contains(rule.Key) ? "off" : "error", Template.Text(rule.Value!["level"])));
        Assert.All(
            Directory.EnumerateFiles(House.Infra, "*.bicep*", SearchOption.AllDirectories),
            file => Assert.DoesNotContain("#disable-", File.ReadAllText(file), StringComparison.Ordinal));
    }

    [BicepTheory]
    [MemberData(nameof(Environments))]
    public void Every_environment_has_its_parameters(string environment)
    {
        var parameters = Bicep.Parameters(("AZURE_ENV_NAME", environment));
        Assert.Equal(environment, Template.Text(parameters["environmentName"]!["value"]));
        Assert.Equal("westeurope", Template.Text(parameters["location"]!["value"]));
        Assert.False(parameters["publicScores"]!["value"]!.GetValue<bool>());
        Assert.False(parameters["isPrivate"]!["value"]!.GetValue<bool>());
    }

    [BicepFact]
    public void Staging_is_smaller_than_production()
    {
        var staging = Bicep.Parameters(("AZURE_ENV_NAME", "staging-of-ann"))["sizes"]!["value"]!;
        var production = Bicep.Parameters(("AZURE_ENV_NAME", "production"))["sizes"]!["value"]!;

        Assert.Equal("Standard_LRS", Template.Text(staging["storageSku"]));
        Assert.Equal("Standard_ZRS", Template.Text(production["storageSku"]));
        Assert.True(staging["monthlyBudget"]!.GetValue<int>() < production["monthlyBudget"]!.GetValue<int>());
        Assert.True(production["expectsScores"]!.GetValue<bool>());
    }

    [BicepFact]
    public void Nothing_is_deployed_without_somebody_to_alert()
    {
        var ran = Bicep.Run([("AZURE_ENV_NAME", "production")], "build-params", Path.Combine(House.Infra, "main.bicepparam"), "--stdout");

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("ALERT_EMAIL", ran.Said, StringComparison.Ordinal);
    }

    [BicepFact]
    public void What_an_environment_says_reaches_its_parameters()
    {
        var parameters = Bicep.Parameters(("IS_PRIVATE", "true"), ("CRAWL_RECIPES", "growfunding,own.json"), ("WEBHOOK_KEY_VERSION", "3"), ("GOTEO_USER", "ann"));

        Assert.True(parameters["isPrivate"]!["value"]!.GetValue<bool>());
        Assert.Equal(3, parameters["webhookKeyVersion"]!["value"]!.GetValue<int>());
        Assert.Equal(["growfunding", "own.json"], Template.Texts(parameters["crawl"]!["value"]!["recipes"]));
        Assert.Equal("ann", Template.Text(parameters["crawl"]!["value"]!["goteoUser"]));
    }
}
