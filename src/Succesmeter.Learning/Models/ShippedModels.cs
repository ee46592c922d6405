using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Models;

/// <summary>The models that come with the program, as trained by its own <c>train</c> command.</summary>
public static class ShippedModels
{
    private static readonly Lazy<ForecastModel> LazyServing = new(() => Open("serving.model"));

    /// <summary>The model for live campaigns, until a platform's own takes its place.</summary>
    public static ForecastModel Serving => LazyServing.Value;

    private static ForecastModel Open(string name)
    {
        using var stream = typeof(ShippedModels).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The model '{name}' is not in the program.");
        return ForecastModel.Read(stream);
    }
}
