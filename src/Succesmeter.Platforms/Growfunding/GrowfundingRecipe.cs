using Succesmeter.Platforms.Recipes;

namespace Succesmeter.Platforms.Growfunding;

/// <summary>Growfunding's recipe, as it is shipped. Its note says that it could not be verified against the live site.</summary>
public static class GrowfundingRecipe
{
    private const string Resource = "Succesmeter.Platforms.Growfunding.growfunding.json";

    public static Recipe Load()
    {
        using var stream = typeof(GrowfundingRecipe).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The resource {Resource} was not built into this assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return Recipe.Parse(bytes.ToArray(), "growfunding.json");
    }
}
