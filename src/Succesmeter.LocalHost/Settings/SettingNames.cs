using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Succesmeter.LocalHost.Settings;

/// <summary>What an attribute may take from the configuration.</summary>
internal static partial class SettingNames
{
    /// <returns>The text with every <c>%SETTING%</c> looked up.</returns>
    public static string Resolve(string text, IConfiguration configuration) => Setting().Replace(text, match =>
        configuration[match.Groups["name"].Value] ?? throw new CannotStartException($"{match.Value} of '{text}' is not among the settings."));

    /// <summary>The connection string that an attribute's Connection names, by itself or behind the prefix AzureWebJobs.</summary>
    public static string ConnectionString(string? connection, IConfiguration configuration)
    {
        var name = connection ?? "AzureWebJobsStorage";

        return configuration[name] ?? configuration[$"AzureWebJobs{name}"] ?? configuration.GetConnectionString(name)
            ?? throw new CannotStartException($"The storage connection {name} is not among the settings.");
    }

    [GeneratedRegex("%(?<name>[^%]+)%", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Setting();
}
