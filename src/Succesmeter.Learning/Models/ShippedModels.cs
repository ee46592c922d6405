using System.Collections.Immutable;
using Succesmeter.Forecasts;
using Succesmeter.Social;

namespace Succesmeter.Learning.Models;

/// <summary>The models that come with the program, as trained by its own <c>train</c> command.</summary>
public static class ShippedModels
{
    private static readonly Lazy<ForecastModel> LazyServing = new(static () =>
    {
        using var stream = ModelFiles.Open(null, ModelFiles.Serving);
        return ForecastModel.Read(stream);
    });

    private static readonly Lazy<ImmutableArray<PastCurve>> LazyPrototypes = new(static () =>
    {
        using var stream = ModelFiles.Open(null, ModelFiles.Prototypes);
        return PrototypeFile.Read(stream);
    });

    private static readonly Lazy<BackersModel> LazyBackers = new(static () =>
    {
        using var stream = ModelFiles.Open(null, ModelFiles.Backers);
        return BackersModel.Read(stream);
    });

    /// <summary>How far numbers of backers grow, as learned from finished campaigns of other platforms.</summary>
    public static BackersModel Backers => LazyBackers.Value;

    /// <summary>Mean courses of groups of finished campaigns, for platforms that have too few of their own.</summary>
    public static ImmutableArray<PastCurve> Prototypes => LazyPrototypes.Value;

    /// <summary>The model for live campaigns, until a platform's own takes its place.</summary>
    public static ForecastModel Serving => LazyServing.Value;
}
