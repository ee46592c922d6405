namespace Succesmeter.Learning.Networks;

/// <summary>How well rankings found the one campaign that was chosen, over many choices.</summary>
internal sealed class RankingMeasures(string name)
{
    public const int Top = 10;

    private double area;
    private double found;
    private int choices;

    public string Name { get; } = name;

    /// <summary>Mean chance that the chosen one stands above another.</summary>
    public double AreaUnderCurve => area / choices;

    /// <summary>Of the first ten, the share that was chosen: at most a tenth, as one campaign is. Equal scores share places by chance.</summary>
    public double PrecisionAtTen => found / choices / Top;

    /// <param name="scores">Of the alternatives.</param>
    /// <param name="chosen">The place of the one that was.</param>
    public void Add(ReadOnlySpan<double> scores, int chosen)
    {
        var (above, equal) = (0, 0);
        foreach (var score in scores)
        {
            above += score > scores[chosen] ? 1 : 0;
            equal += score == scores[chosen] ? 1 : 0;
        }

        choices++;
        area += (scores.Length - above - equal + ((equal - 1) / 2.0)) / (scores.Length - 1);
        found += Math.Clamp((double)(Top - above) / equal, 0, 1);
    }
}
