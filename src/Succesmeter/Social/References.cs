namespace Succesmeter.Social;

/// <summary>
/// What campaigns are compared with: quantile tables derived from finished campaigns, none of whose rows are in here. No table exists for a quantity that the source does not have.
/// </summary>
public sealed class References
{
    /// <summary>Under this many effective references there is no percentile.</summary>
    public const int FewestForPercentile = 30;

    private static readonly Lazy<References> Embedded = new(ReadEmbedded);

    private readonly Dictionary<string, ReferenceTable> _tables;

    /// <param name="card">Where the tables come from.</param>
    /// <param name="tables">One a name.</param>
    public References(ReferenceCard card, IReadOnlyList<ReferenceTable> tables)
    {
        Card = card;
        Tables = tables;
        _tables = tables.ToDictionary(t => t.Name, StringComparer.Ordinal);
    }

    /// <summary>Those that the library carries.</summary>
    public static References Shipped => Embedded.Value;

    public ReferenceCard Card { get; }

    public IReadOnlyList<ReferenceTable> Tables { get; }

    /// <summary>The table of the mean percentile of a set of indicators, among references that have all of them.</summary>
    public static string MeterOf(IEnumerable<string> indicators) => "meter:" + string.Join('+', indicators);

    /// <returns>Null without a table of that name or a reference near.</returns>
    public Placement? Place(string table, double value, double goalEuro, double days) =>
        _tables.TryGetValue(table, out var found) ? found.Place(value, goalEuro, days) : null;

    private static References ReadEmbedded()
    {
        const string name = "Succesmeter.Social.shipped.references";
        using var stream = typeof(References).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The library lacks its resource '{name}'.");
        return ReferenceFile.Read(stream);
    }
}
