using System.Globalization;
using System.Runtime.InteropServices;
using Succesmeter.Forecasts;

namespace Succesmeter.Learning.Boosting;

/// <summary>
/// LightGBM's C interface, called directly: Microsoft.ML exposes neither monotone constraints nor the trees' covers. What comes out is our own
/// <see cref="BoostedTrees"/>; nothing of LightGBM is needed to score.
/// </summary>
internal static partial class LightGbm
{
    /// <param name="rows">Row by row, as many numbers each as there are features; not-a-number is unknown.</param>
    /// <param name="featureCount">How many numbers a row has.</param>
    /// <param name="labels">One a row.</param>
    /// <param name="weights">One a row; null for equal ones.</param>
    /// <param name="options">What to fit, and how boldly.</param>
    /// <param name="gradients">An objective that LightGBM lacks: fills gradient and hessian for the scores so far; null for the one in the options.</param>
    /// <param name="from">Where the first tree begins, one score a row; null for nothing. What comes out holds the further trees alone.</param>
    public static BoostedTrees Train(
        double[] rows, int featureCount, float[] labels, float[]? weights, BoostingOptions options, Gradients? gradients = null, double[]? from = null)
    {
        var (scores, gradient, hessian) = gradients is null ? ([], [], []) : (new double[labels.Length], new float[labels.Length], new float[labels.Length]);
        var parameters = options.AsParameters();
        Check(LGBM_DatasetCreateFromMat(rows, 1, labels.Length, featureCount, 1, parameters, 0, out var dataset));
        try
        {
            Check(LGBM_DatasetSetField(dataset, "label", labels, labels.Length, 0));
            if (weights is not null)
                Check(LGBM_DatasetSetField(dataset, "weight", weights, weights.Length, 0));

            if (from is not null)
                Check(LGBM_DatasetSetScores(dataset, "init_score", from, from.Length, 1));

            Check(LGBM_BoosterCreate(dataset, parameters, out var booster));
            try
            {
                for (var round = 0; round < options.Rounds; round++)
                {
                    int finished;
                    if (gradients is null)
                    {
                        Check(LGBM_BoosterUpdateOneIter(booster, out finished));
                    }
                    else
                    {
                        gradients(scores, gradient, hessian);
                        Check(LGBM_BoosterUpdateOneIterCustom(booster, gradient, hessian, out finished));
                        Check(LGBM_BoosterGetPredict(booster, 0, out _, scores));
                    }

                    if (finished != 0)
                        break;
                }

                return LightGbmText.Parse(TextOf(booster));
            }
            finally
            {
                Check(LGBM_BoosterFree(booster));
            }
        }
        finally
        {
            Check(LGBM_DatasetFree(dataset));
        }
    }

    /// <summary>Why it cannot be used on this machine; null where it can. Scoring needs none of it, so a host without it is a host.</summary>
    public static string? WhyNot { get; } = NativeLibrary.TryLoad(Library, typeof(LightGbm).Assembly, null, out _)
        ? null
        : $"the native library {Library} cannot be loaded on {RuntimeInformation.RuntimeIdentifier}";

    private static string TextOf(nint booster)
    {
        Check(LGBM_BoosterSaveModelToString(booster, 0, -1, 0, 0, out var length, null));
        var bytes = new byte[length];
        Check(LGBM_BoosterSaveModelToString(booster, 0, -1, 0, bytes.Length, out _, bytes));
        return System.Text.Encoding.UTF8.GetString(bytes, 0, bytes.Length - 1);
    }

    private static void Check(int code)
    {
        if (code != 0)
            throw new InvalidOperationException("LightGBM: " + Marshal.PtrToStringUTF8(LGBM_GetLastError()));
    }

    private const string Library = "lib_lightgbm";

    [LibraryImport(Library)]
    private static partial nint LGBM_GetLastError();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_DatasetCreateFromMat(
        double[] data, int dataType, int rows, int columns, int isRowMajor, string parameters, nint reference, out nint dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_DatasetSetField(nint dataset, string field, float[] data, int count, int type);

    [LibraryImport(Library, EntryPoint = "LGBM_DatasetSetField", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_DatasetSetScores(nint dataset, string field, double[] data, int count, int type);

    [LibraryImport(Library)]
    private static partial int LGBM_DatasetFree(nint dataset);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LGBM_BoosterCreate(nint dataset, string parameters, out nint booster);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterUpdateOneIter(nint booster, out int isFinished);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterUpdateOneIterCustom(nint booster, float[] gradient, float[] hessian, out int isFinished);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterGetPredict(nint booster, int dataset, out long length, double[] scores);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterSaveModelToString(
        nint booster, int start, int count, int importanceType, long bufferLength, out long length, byte[]? buffer);

    [LibraryImport(Library)]
    private static partial int LGBM_BoosterFree(nint booster);
}

/// <summary>First and second derivatives of a loss at the present scores.</summary>
internal delegate void Gradients(ReadOnlySpan<double> scores, Span<float> gradient, Span<float> hessian);

/// <summary>What LightGBM is asked to fit.</summary>
internal sealed record BoostingOptions
{
    public string Objective { get; init; } = "binary";

    public int Rounds { get; init; } = 300;

    public double LearningRate { get; init; } = 0.04;

    public int Leaves { get; init; } = 8;

    public int RowsInLeaf { get; init; } = 80;

    public double FeatureShare { get; init; } = 0.5;

    public double RowShare { get; init; } = 0.5;

    public double L2 { get; init; } = 5;

    public int Bins { get; init; } = 255;

    public int Seed { get; init; } = 1;

    /// <summary>For each feature −1, 0 or 1; null for none.</summary>
    public IReadOnlyList<int>? Monotone { get; init; }

    /// <remarks>One thread, rows first and deterministic: a sum over threads depends on how many there are, and threads that wait for one another starve on a busy machine.</remarks>
    public string AsParameters() => string.Create(CultureInfo.InvariantCulture,
        $"objective={Objective} learning_rate={LearningRate} num_leaves={Leaves} min_data_in_leaf={RowsInLeaf} feature_fraction={FeatureShare} ")
        + string.Create(CultureInfo.InvariantCulture,
        $"bagging_fraction={RowShare} bagging_freq=1 lambda_l2={L2} max_bin={Bins} seed={Seed} num_threads=1 deterministic=true force_row_wise=true verbosity=-1")
        + (Monotone is null ? "" : " monotone_constraints=" + string.Join(',', Monotone));
}
