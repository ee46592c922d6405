using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Functions;
using Succesmeter.Functions.Access;
using Succesmeter.Functions.Requests;
using Succesmeter.Pipeline;
using Succesmeter.Platforms;
using Succesmeter.Platforms.Fetching;
using Succesmeter.Storage;
using Succesmeter.Visits;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>The settings that the app is given are settings that it reads.</summary>
public sealed partial class SettingTests
{
    private const string Identity = "11111111-2222-3333-4444-555555555555";
    private const string Key = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    /// <summary>Read by the platform or the triggers, and by no options of ours.</summary>
    private static readonly string[] Platforms = ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING", "APPLICATIONINSIGHTS_CONNECTION_STRING", "AzureWebJobsDisableHomepage", "AzureWebJobsStorage__credential"];

    /// <summary>What the templates' expressions could come to, as the platform would write it. A setting that is not here is new.</summary>
    private static readonly Dictionary<string, string> Values = new(StringComparer.Ordinal)
    {
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = $"ClientId={Identity};Authorization=AAD",
        ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000000",
        ["Access__PublicScores"] = "False",
        ["Api__Origins"] = "",
        ["AzureWebJobsStorage__accountName"] = "stsuccesmeterabc",
        ["AzureWebJobsStorage__blobServiceUri"] = "https://stsuccesmeterabc.blob.core.windows.net/",
        ["AzureWebJobsStorage__clientId"] = Identity,
        ["AzureWebJobsStorage__queueServiceUri"] = "https://stsuccesmeterabc.queue.core.windows.net/",
        ["AzureWebJobsStorage__tableServiceUri"] = "https://stsuccesmeterabc.table.core.windows.net/",
        ["Crawl__Contact"] = "crawl@example.org",
        ["Crawl__RequestsPerMinute"] = "18",
        ["Donors__FormerKeys__1"] = Key,
        ["Donors__PseudonymKey"] = Key,
        ["Donors__PseudonymKeyVersion"] = "2",
        ["Platforms__Goteo__Key"] = "k",
        ["Platforms__Goteo__User"] = "ann",
        ["Platforms__Recipes__0"] = "growfunding",
        ["Platforms__Ulule__IsCrawled"] = "True",
        ["Webhooks__KeyVersion"] = "2",
        ["Webhooks__Keys__1"] = Key,
        ["Webhooks__Keys__2"] = Key,
        ["Webhooks__Site"] = "https://meter.example/",
    };

    private static JsonObject Variables => Template.Module(Bicep.Template("main.bicep"), "functions")["variables"]!.AsObject();

    [BicepFact]
    public void Every_setting_is_one_that_the_app_reads()
    {
        var sections = (from assembly in new[] { typeof(SuccesmeterServices), typeof(WebhookOptions), typeof(PlatformOptions), typeof(StorageOptions), typeof(Campaigns.ListOptions) }.Select(static type => type.Assembly)
                        from type in assembly.GetTypes()
                        where type.Name.EndsWith("Options", StringComparison.Ordinal)
                        let section = type.GetField("Section", BindingFlags.Public | BindingFlags.Static)?.GetRawConstantValue() as string
                        where section is not null
                        from property in type.GetProperties()
                        select $"{section.Replace(":", "__", StringComparison.Ordinal)}__{property.Name}").ToHashSet(StringComparer.OrdinalIgnoreCase);

        var names = Names().Except(Platforms, StringComparer.Ordinal).ToList();
        Assert.NotEmpty(names);
        // Recipes are read by their name alone, since what is registered depends on them.
        Assert.Contains("{PlatformOptions.Section}:Recipes", House.Read("src", "Succesmeter.Platforms", "CrawledPlatformServices.cs"), StringComparison.Ordinal);
        sections.Add("Platforms__Recipes");
        Assert.All(names, name => Assert.Contains(sections, section => name.Equals(section, StringComparison.OrdinalIgnoreCase) || name.StartsWith(section + "__", StringComparison.OrdinalIgnoreCase)));
    }

    [BicepFact]
    public void A_setting_that_is_a_secret_leads_to_the_vault()
    {
        var literal = Variables.SelectMany(static variable => variable.Value as JsonObject ?? []).ToDictionary(static setting => setting.Key, static setting => Template.Text(setting.Value), StringComparer.Ordinal);
        var secret = literal.Keys.Where(static name => Secret().IsMatch(name)).ToList();

        Assert.Contains("Donors__PseudonymKey", secret);
        Assert.All(secret, name => Assert.StartsWith("[__bicep.keyIn(parameters('vaultUri'), ", literal[name], StringComparison.Ordinal));
        Assert.Contains("format('Webhooks__Keys__{0}', lambdaVariables('version'))), lambda('version', __bicep.keyIn(", Template.Text(Variables["webhookKeySettings"]), StringComparison.Ordinal);
        Assert.Contains("format('Donors__FormerKeys__{0}', lambdaVariables('version'))), lambda('version', __bicep.keyIn(", Template.Text(Variables["formerKeySettings"]), StringComparison.Ordinal);
        Assert.Contains("'Platforms__Goteo__Key', __bicep.keyIn(", Template.Text(Variables["goteoSettings"]), StringComparison.Ordinal);
        Assert.Equal(
            "[format('@Microsoft.KeyVault(SecretUri={0}secrets/{1})', parameters('vaultUri'), parameters('key'))]",
            Template.Text(Template.Module(Bicep.Template("main.bicep"), "functions")["functions"]![0]!["members"]!["keyIn"]!["output"]!["value"]));
    }

    [BicepFact]
    public void The_keys_that_are_made_are_those_that_settings_lead_to()
    {
        var functions = Template.Module(Bicep.Template("main.bicep"), "functions");

        Assert.Equal("[concat(createArray(variables('pseudonymKey')), variables('webhookKeys'))]", Template.Text(functions["outputs"]!["keyNames"]!["value"]));
        Assert.Contains("variables('pseudonymKey')", Template.Text(Variables["ownSettings"]!["Donors__PseudonymKey"]), StringComparison.Ordinal);
        const string Named = "format('webhooks-key-{0}', lambdaVariables('version'))";
        Assert.Contains(Named, Template.Text(Variables["webhookKeys"]), StringComparison.Ordinal);
        Assert.Contains(Named, Template.Text(Variables["webhookKeySettings"]), StringComparison.Ordinal);
    }

    [BicepFact]
    public void The_app_starts_with_its_settings()
    {
        using var app = new ServiceCollection().AddLogging().AddSuccesmeter(Configuration()).BuildServiceProvider();
        app.GetRequiredService<IStartupValidator>().Validate();

        var storage = app.GetRequiredService<IOptions<StorageOptions>>().Value;
        Assert.Equal(("stsuccesmeterabc", Identity), (storage.AccountName, storage.ClientId));
        Assert.Null(storage.ConnectionString);
        Assert.Equal("https://stsuccesmeterabc.table.core.windows.net/", storage.TableServiceUri?.AbsoluteUri);
        Assert.NotNull(app.GetRequiredService<StorageAccount>());

        Assert.False(app.GetRequiredService<IOptions<AccessOptions>>().Value.PublicScores);
        Assert.Equal(1, app.GetRequiredService<IOptions<ApiOptions>>().Value.Proxies);
        Assert.Equal((Key, (byte)2), (app.GetRequiredService<IOptions<DonorOptions>>().Value.PseudonymKey, app.GetRequiredService<IOptions<DonorOptions>>().Value.PseudonymKeyVersion));
        Assert.Equal(["1", "2"], app.GetRequiredService<IOptions<WebhookOptions>>().Value.Keys.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("https://meter.example/", app.GetRequiredService<IOptions<WebhookOptions>>().Value.Site.AbsoluteUri);
        Assert.Equal(("crawl@example.org", 18), (app.GetRequiredService<IOptions<CrawlOptions>>().Value.Contact, app.GetRequiredService<IOptions<CrawlOptions>>().Value.RequestsPerMinute));
        Assert.Equal(["goteo", "growfunding", "ulule"], app.GetServices<ICrawledPlatform>().Select(static one => one.Platform.Value).Order(StringComparer.Ordinal));
    }

    /// <summary>What is left empty, and what an environment leaves out, must not stop the app either.</summary>
    [BicepFact]
    public void The_app_starts_with_as_little_as_may_be_set()
    {
        var settings = Configuration(
            static name => !name.StartsWith("Platforms__Goteo", StringComparison.Ordinal) && !name.StartsWith("Platforms__Recipes", StringComparison.Ordinal) && name is not ("Webhooks__Site" or "Webhooks__Keys__2" or "Donors__FormerKeys__1"),
            ("Crawl__Contact", ""), ("Platforms__Ulule__IsCrawled", "False"), ("Webhooks__KeyVersion", "1"), ("Donors__PseudonymKeyVersion", "1"));

        using var app = new ServiceCollection().AddLogging().AddSuccesmeter(settings).BuildServiceProvider();
        app.GetRequiredService<IStartupValidator>().Validate();
        Assert.Empty(app.GetServices<ICrawledPlatform>());
    }

    /// <summary>The settings name a user-assigned identity, and a token is asked for as that one. What is listened to here is where the platform gives tokens out.</summary>
    [BicepFact]
    public async Task The_account_is_reached_as_the_identity_that_the_settings_name()
    {
        using var tokens = new TcpListener(IPAddress.Loopback, 0);
        tokens.Start();
        Environment.SetEnvironmentVariable("IDENTITY_ENDPOINT", $"http://{tokens.LocalEndpoint}/token");
        Environment.SetEnvironmentVariable("IDENTITY_HEADER", "any");
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var app = new ServiceCollection().AddLogging().AddSuccesmeter(Configuration()).BuildServiceProvider();

        using var asking = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
        var check = app.GetRequiredService<StorageAccount>().CheckAsync(asking.Token);
        using var asked = await tokens.AcceptTcpClientAsync(patience.Token);
        using var reader = new StreamReader(asked.GetStream());
        var request = await reader.ReadLineAsync(patience.Token);
        await asking.CancelAsync();

        Assert.Contains($"client_id={Identity}", request, StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => check);
    }

    private static IConfiguration Configuration(Func<string, bool>? where = null, params (string Name, string Value)[] instead)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var name in Names().SelectMany(static name => Values.Keys.Where(known => NumberOf(known, name)).DefaultIfEmpty(name)).Where(where ?? (static _ => true)))
            values[name] = Literal(name) ?? (Values.TryGetValue(name, out var value) ? value : throw new InvalidOperationException($"{name} is a new setting: say what it could be."));
        foreach (var (name, value) in instead)
            values[name] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(values.ToDictionary(static setting => setting.Key.Replace("__", ":", StringComparison.Ordinal), static setting => setting.Value, StringComparer.Ordinal)).Build();
    }

    /// <summary>Of settings that are numbered the template names what stands before the number.</summary>
    private static bool NumberOf(string setting, string name) => setting.StartsWith(name + "__", StringComparison.Ordinal) && setting[(name.Length + 2)..].All(char.IsAsciiDigit);

    /// <summary>The value of a setting that the template itself gives, and no expression.</summary>
    private static string? Literal(string name) =>
        Variables.Select(variable => (variable.Value as JsonObject)?[name]).FirstOrDefault(static value => value is not null) is { } found && Template.Text(found) is var text && !text.StartsWith('[') ? text : null;

    /// <summary>Names of all settings; of those that are numbered, what stands before the number.</summary>
    private static IEnumerable<string> Names() =>
        Variables.SelectMany(static variable => variable.Value is JsonObject settings
                ? settings.Select(static setting => setting.Key)
                : Template.AllTexts(variable.Value).SelectMany(static text => Name().Matches(text).Select(static match => match.Groups["name"].Value)))
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

    [GeneratedRegex(@"'(?<name>[A-Z]\w*?__\w+?)(?:__\{0\})?'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Name();

    [GeneratedRegex("(?:Key|Secret|Token|Password)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex Secret();
}
