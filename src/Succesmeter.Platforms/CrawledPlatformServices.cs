using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Succesmeter.Platforms.Goteo;
using Succesmeter.Platforms.Growfunding;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Platforms.Ulule;
using Succesmeter.Visits;

namespace Succesmeter.Platforms;

/// <summary>Registers the platforms that configuration asks for: none unless it says so.</summary>
public static class CrawledPlatformServices
{
    /// <summary>The recipe that is shipped, by its name in configuration.</summary>
    private const string Growfunding = "growfunding";

    /// <exception cref="RecipeException">A recipe cannot be read; the message names file, field and rule.</exception>
    /// <exception cref="IOException">A recipe's file cannot be read.</exception>
    public static IServiceCollection AddCrawledPlatforms(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<GoteoOptions>().Bind(configuration.GetSection(GoteoOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<GoteoOptions>, GoteoOptionsValidator>();
        services.AddOptions<UluleOptions>().Bind(configuration.GetSection(UluleOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<UluleOptions>, UluleOptionsValidator>();

        if (configuration.GetSection(GoteoOptions.Section).Get<GoteoOptions>()?.IsConfigured == true)
            services.AddSingleton<ICrawledPlatform, GoteoPlatform>();
        if (configuration.GetSection(UluleOptions.Section).Get<UluleOptions>()?.IsCrawled == true)
            services.AddSingleton<ICrawledPlatform, UlulePlatform>();
        foreach (var recipe in configuration.GetSection($"{PlatformOptions.Section}:Recipes").Get<string[]>() ?? [])
            services.AddRecipe(recipe == Growfunding ? GrowfundingRecipe.Load() : Recipe.Parse(File.ReadAllBytes(recipe), recipe));
        return services;
    }

    /// <summary>A platform that is crawled by a recipe; the recipe's zone is the platform's, unless configuration says another.</summary>
    public static IServiceCollection AddRecipe(this IServiceCollection services, Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        services.Configure<PlatformOptions>(options => options.Zones.TryAdd(recipe.Platform.Value, recipe.Zone.Id));
        return services.AddSingleton<ICrawledPlatform>(_ => new RecipePlatform(recipe));
    }
}
