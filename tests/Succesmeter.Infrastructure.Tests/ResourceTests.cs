using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Succesmeter.Functions;
using Succesmeter.Storage;

namespace Succesmeter.Infrastructure.Tests;

/// <summary>What is made, and how far it is open.</summary>
public sealed partial class ResourceTests
{
    private const string Private = "[if(parameters('isPrivate'), 'Disabled', 'Enabled')]";
    private const string Denied = "[if(parameters('isPrivate'), 'Deny', 'Allow')]";
    private const string PackageContainer = "app-package";

    /// <summary>Ids of built-in roles, as Azure publishes them.</summary>
    private static readonly Dictionary<string, string> Roles = new(StringComparer.Ordinal)
    {
        ["keyVaultSecretsUser"] = "4633458b-17de-408a-b874-0445c86b69e6",
        ["monitoringMetricsPublisher"] = "3913510d-42f4-4e42-8a64-420c390055eb",
        ["storageBlobDataContributor"] = "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        ["storageBlobDataOwner"] = "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        ["storageQueueDataContributor"] = "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        ["storageTableDataContributor"] = "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    };

    private static JsonObject Main => Bicep.Template("main.bicep");

    [BicepFact]
    public void The_account_has_no_keys_and_shows_nothing_to_the_public()
    {
        var account = Template.Single(Main, "Microsoft.Storage/storageAccounts")["properties"]!;

        Assert.False(account["allowSharedKeyAccess"]!.GetValue<bool>());
        Assert.False(account["allowBlobPublicAccess"]!.GetValue<bool>());
        Assert.False(account["allowCrossTenantReplication"]!.GetValue<bool>());
        Assert.True(account["supportsHttpsTrafficOnly"]!.GetValue<bool>());
        Assert.Equal("TLS1_2", Template.Text(account["minimumTlsVersion"]));
        Assert.Equal("None", Template.Text(Template.Single(Main, "Microsoft.Storage/storageAccounts/blobServices/containers")["properties"]!["publicAccess"]));
    }

    [BicepFact]
    public void A_private_environment_shuts_the_public_out_of_storage_and_vault()
    {
        foreach (var type in new[] { "Microsoft.Storage/storageAccounts", "Microsoft.KeyVault/vaults" })
        {
            var properties = Template.Single(Main, type)["properties"]!;
            Assert.Equal(Private, Template.Text(properties["publicNetworkAccess"]));
            Assert.Equal(Denied, Template.Text(properties["networkAcls"]!["defaultAction"]));
        }

        foreach (var module in new[] { "storage", "vault" })
            Assert.Equal("[parameters('isPrivate')]", Template.Text(Main["resources"]![module]!["properties"]!["parameters"]!["isPrivate"]!["value"]));
    }

    [BicepFact]
    public void A_private_environment_has_a_way_to_each_service_and_others_have_no_network()
    {
        Assert.Equal(["blob", "queue", "table"], Template.Texts(Main["variables"]!["storageServices"]));
        foreach (var module in new[] { "network", "storageEndpoint", "vaultEndpoint" })
            Assert.Equal("[parameters('isPrivate')]", Template.Text(Main["resources"]![module]!["condition"]));

        var endpoint = Template.Module(Main, "vaultEndpoint")["resources"]!["endpoint"]!["properties"]!["privateLinkServiceConnections"]![0]!["properties"]!;
        Assert.Equal("[parameters('service')]", Template.Text(endpoint["groupIds"]![0]));
        Assert.Equal("vault", Template.Text(Main["resources"]!["vaultEndpoint"]!["properties"]!["parameters"]!["service"]!["value"]));
        var subnets = Template.Single(Main, "Microsoft.Network/virtualNetworks")["properties"]!["subnets"]!;
        Assert.Equal("Microsoft.App/environments", Template.Text(subnets[0]!["properties"]!["delegations"]![0]!["properties"]!["serviceName"]));
    }

    [BicepFact]
    public void The_vault_knows_roles_alone_and_forgets_nothing_early()
    {
        var vault = Template.Single(Main, "Microsoft.KeyVault/vaults")["properties"]!;

        Assert.True(vault["enableRbacAuthorization"]!.GetValue<bool>());
        Assert.True(vault["enablePurgeProtection"]!.GetValue<bool>());
        Assert.True(vault["enableSoftDelete"]!.GetValue<bool>());
        Assert.Null(vault["accessPolicies"]);
    }

    [BicepFact]
    public void The_app_may_do_what_it_must_and_each_only_on_one_resource()
    {
        var given = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (module, template, role) in Template.Made(Main, "Microsoft.Authorization/roleAssignments"))
        {
            Assert.NotEqual("main", module);
            var scope = ResourceId().Match(Template.Text(role["scope"])).Groups["type"].Value;
            Assert.NotEqual("", scope);
            var who = Template.Text(role["properties"]!["principalId"]);
            foreach (var name in RolesOf(template, Template.Text(role["properties"]!["roleDefinitionId"])))
                given.Add($"{who} {name} {scope}");
        }

        const string App = "[parameters('appPrincipalId')]";
        Assert.Equal(
            [
                $"{App} keyVaultSecretsUser Microsoft.KeyVault/vaults",
                $"{App} monitoringMetricsPublisher Microsoft.Insights/components",
                $"{App} storageBlobDataOwner Microsoft.Storage/storageAccounts",
                $"{App} storageQueueDataContributor Microsoft.Storage/storageAccounts",
                $"{App} storageTableDataContributor Microsoft.Storage/storageAccounts",
                "[parameters('rawDataGroupId')] storageBlobDataContributor Microsoft.Storage/storageAccounts/blobServices/containers",
            ],
            given);
    }

    [BicepFact]
    public void A_role_is_the_one_that_its_name_says()
    {
        foreach (var (_, template) in Template.Templates(Main))
            if (template["variables"]?["roles"] is JsonObject roles)
                Assert.Equal(Roles.OrderBy(static role => role.Key, StringComparer.Ordinal), roles.Select(static role => KeyValuePair.Create(role.Key, Template.Text(role.Value))).OrderBy(static role => role.Key, StringComparer.Ordinal));
        Assert.Contains(Template.Templates(Main), static one => one.Template["variables"]?["roles"] is not null);
    }

    [BicepFact]
    public void Raw_data_are_deleted_after_thirty_days_and_nothing_keeps_what_is_deleted()
    {
        var variables = Template.Module(Main, "storage")["variables"]!;
        Assert.Equal([ContainerNames.Archive, ContainerNames.Incoming, ContainerNames.Quarantine], Template.Texts(variables["rawContainers"]));
        Assert.Equal(30, variables["rawDays"]!.GetValue<int>());

        var rule = Assert.Single(Template.Single(Main, "Microsoft.Storage/storageAccounts/managementPolicies")["properties"]!["policy"]!["rules"]!.AsArray())!;
        Assert.True(rule["enabled"]!.GetValue<bool>());
        Assert.Contains("variables('rawContainers')", Template.Text(rule["definition"]!["filters"]!["prefixMatch"]), StringComparison.Ordinal);
        Assert.Equal("[variables('rawDays')]", Template.Text(rule["definition"]!["actions"]!["baseBlob"]!["delete"]!["daysAfterCreationGreaterThan"]));

        var blobs = Template.Single(Main, "Microsoft.Storage/storageAccounts/blobServices")["properties"]!;
        Assert.False(blobs["deleteRetentionPolicy"]!["enabled"]!.GetValue<bool>());
        Assert.False(blobs["isVersioningEnabled"]!.GetValue<bool>());
    }

    [BicepFact]
    public void The_containers_are_those_that_the_app_prepares()
    {
        var names = typeof(ContainerNames).GetFields(BindingFlags.Public | BindingFlags.Static).Where(static field => field.IsLiteral).Select(static field => (string)field.GetRawConstantValue()!);

        Assert.Equal(names.Order(StringComparer.Ordinal), Template.Texts(Template.Module(Main, "storage")["variables"]!["containers"]).Order(StringComparer.Ordinal));
        Assert.Equal(PackageContainer, Template.Text(Main["variables"]!["packageContainer"]));
    }

    [BicepFact]
    public void The_app_runs_on_flex_consumption_and_is_deployed_by_its_identity()
    {
        var app = Template.Single(Main, "Microsoft.Web/sites");
        var config = app["properties"]!["functionAppConfig"]!;

        Assert.Equal("FC1", Template.Text(Template.Single(Main, "Microsoft.Web/serverfarms")["sku"]!["name"]));
        Assert.Equal("UserAssigned", Template.Text(app["identity"]!["type"]));
        Assert.Equal("dotnet-isolated", Template.Text(config["runtime"]!["name"]));
        Assert.Equal($"{Environment.Version.Major}.0", Template.Text(config["runtime"]!["version"]));
        Assert.Equal("blobContainer", Template.Text(config["deployment"]!["storage"]!["type"]));
        Assert.Equal("UserAssignedIdentity", Template.Text(config["deployment"]!["storage"]!["authentication"]!["type"]));
        Assert.True(app["properties"]!["httpsOnly"]!.GetValue<bool>());
        Assert.Equal("[parameters('identityId')]", Template.Text(app["properties"]!["keyVaultReferenceIdentity"]));
        Assert.Equal(2, Template.Made(Main, "Microsoft.Web/sites/basicPublishingCredentialsPolicies").Count());
        Assert.All(Template.Made(Main, "Microsoft.Web/sites/basicPublishingCredentialsPolicies"), static one => Assert.False(one.Resource["properties"]!["allow"]!.GetValue<bool>()));
    }

    [BicepFact]
    public void Telemetry_is_capped_and_taken_from_the_identity_alone()
    {
        Assert.Equal("[parameters('gbPerDay')]", Template.Text(Template.Single(Main, "Microsoft.OperationalInsights/workspaces")["properties"]!["workspaceCapping"]!["dailyQuotaGb"]));
        Assert.True(Template.Single(Main, "Microsoft.Insights/components")["properties"]!["DisableLocalAuth"]!.GetValue<bool>());
    }

    [BicepFact]
    public void No_output_gives_away_a_key()
    {
        Assert.Equal(
            ["AZURE_RESOURCE_GROUP", "BlobSource", "EVENT_TOPIC_NAME", "FUNCTION_APP_NAME", "FUNCTION_APP_URL", "KEY_NAMES", "STORAGE_ACCOUNT_NAME", "VAULT_NAME", "WorkerPackages"],
            Main["outputs"]!.AsObject().Select(static one => one.Key).Order(StringComparer.Ordinal));
        foreach (var (_, template) in new[] { "main.bicep", "keys.bicep", "incoming-events.bicep" }.SelectMany(static file => Template.Templates(Bicep.Template(file))))
            foreach (var (_, output) in template["outputs"]?.AsObject() ?? [])
            {
                Assert.DoesNotContain("secure", Template.Text(output!["type"]), StringComparison.OrdinalIgnoreCase);
                Assert.All(Template.AllTexts(output["value"]), static text => Assert.DoesNotMatch(ListsKeys(), text));
            }
    }

    [BicepFact]
    public void One_key_is_listed_and_goes_from_the_app_to_event_grid_alone()
    {
        Assert.All(Template.AllTexts(Main), static text => Assert.DoesNotMatch(ListsKeys(), text));
        Assert.All(Template.AllTexts(Bicep.Template("keys.bicep")), static text => Assert.DoesNotMatch(ListsKeys(), text));

        var events = Bicep.Template("incoming-events.bicep");
        var endpoint = Template.Text(Template.Single(events, "Microsoft.EventGrid/systemTopics/eventSubscriptions")["properties"]!["destination"]!["properties"]!["endpointUrl"]);
        Assert.Equal(endpoint, Assert.Single(Template.AllTexts(events), static text => ListsKeys().IsMatch(text)));
        Assert.Contains("systemKeys.blobs_extension", endpoint, StringComparison.Ordinal);
    }

    [BicepFact]
    public void Event_grid_tells_the_function_that_reads_files_of_the_container_that_they_come_into()
    {
        var events = Bicep.Template("incoming-events.bicep");
        var filter = Template.Single(events, "Microsoft.EventGrid/systemTopics/eventSubscriptions")["properties"]!["filter"]!;
        var trigger = typeof(Triggers).GetMethods().SelectMany(static method => method.GetParameters().Select(parameter => (
            Function: method.GetCustomAttribute<FunctionAttribute>()?.Name, Blob: parameter.GetCustomAttribute<BlobTriggerAttribute>()))).Single(static one => one.Blob is not null);

        Assert.Equal(trigger.Function, Template.Text(events["parameters"]!["functionName"]!["defaultValue"]));
        Assert.Equal($"/blobServices/default/containers/{trigger.Blob!.BlobPath.Split('/')[0]}/blobs/", Template.Text(filter["subjectBeginsWith"]));
        Assert.Equal(["Microsoft.Storage.BlobCreated"], Template.Texts(filter["includedEventTypes"]));
    }

    [BicepFact]
    public void A_key_comes_in_unseen_and_never_replaces_one()
    {
        var keys = Bicep.Template("keys.bicep");
        Assert.Equal("secureObject", Template.Text(keys["parameters"]!["keys"]!["type"]), ignoreCase: true);
        Assert.Null(keys["parameters"]!["keys"]!["defaultValue"]);
        Assert.NotNull(Template.Single(keys, "Microsoft.KeyVault/vaults/secrets")["@options"]!["onlyIfNotExists"]);
        Assert.Empty(Template.Made(Main, "Microsoft.KeyVault/vaults/secrets"));
    }

    [BicepFact]
    public void The_budget_is_a_months_and_tells_somebody()
    {
        var budget = Template.Single(Main, "Microsoft.Consumption/budgets")["properties"]!;

        Assert.Equal("Monthly", Template.Text(budget["timeGrain"]));
        Assert.Equal("[parameters('resourceGroupName')]", Template.Text(Main["resources"]!["budget"]!["resourceGroup"]));
        Assert.All(budget["notifications"]!.AsObject(), static one => Assert.Equal("[parameters('email')]", Template.Text(one.Value!["contactEmails"]![0])));
    }

    private static IEnumerable<string> RolesOf(JsonObject template, string expression) =>
        expression.Contains("variables('appRoles')", StringComparison.Ordinal)
            ? Template.Texts(template["variables"]!["appRoles"]).SelectMany(one => RolesOf(template, one))
            : [RoleName().Match(expression).Groups["name"].Value];

    [GeneratedRegex(@"^\[resourceId\('(?<type>[^']+)'", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ResourceId();

    [GeneratedRegex(@"variables\('roles'\)\.(?<name>\w+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex RoleName();

    [GeneratedRegex(@"\blist[A-Z]?\w*\(", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ListsKeys();
}
