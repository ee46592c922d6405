namespace Succesmeter.Hostile.Tests;

/// <summary>Inputs at which a fault was found, shortened. They are seeds as well, so that mutants look around where something once broke.</summary>
internal static class Regressions
{
    public static readonly byte[][] States =
    [
        // A number of gifts for which there are no bytes made room for hundreds of thousands.
        Convert.FromBase64String("BQAAAAAAAAAAAAAAAAD4/wAAAAAAAPj/AAAAAAAAAAAAAAAAAAAAAAAAAAAA8J+YgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),

        // A negative number of sealed segments.
        Convert.FromBase64String("BQEBDEtpZGljYWwgTWFzcwEMRmlldHNlcnMgdnp3AS9odHRyczovL2dyb3dmdW5kaW5nLmJlL25sL3Byb2plY3RzL2tpZGljYWwtbWFzcwECbmwBCG1vYmlsaXR5AQlNZWvNzMzMzGxJQFK4HoXrURFAAQNFVVIBTB0AAAAAAAAAAAAAAAAA" +
            "AAFMHQAAAQYBAgEZAAAAAAAAAAAAAAAAAAAAASYjeDExMDAwMDsBAL1nAQH6eyJhIjp7ImF9fXsiYSI6eyJhfX19fX19NzkyMjgxNjI1MTQyNjQzMzc1OTM1NDM5NTAzMzV9fSI6eyJhIjp7ImEiOnsiYSI6eyJhIjp7ImEiOnsiYSJnAZoc" +
            "AYABARgBBgGYAgFuAQgBCgEEACgBBAEBCgEEAAEkASgBBAEBCgEEAAEkASgBBGcBmhwBJAEAAAEArmdRkky7cwnbKgR2AQEEMTA4MAHND3GaAQAAAAAAAAABTB0AAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAABTB0AAAAAAAAAAAAAAAAAAAAA" +
            "AAG1ZwABzGcAAAAAAAAAAeBnAQFnAQaaHAGAAQAAAAAAAACAgICACAAAAAGA4Jz7vGcBHAGAAQAAAAAAAAAAAAABAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="),
    ];
    public static readonly byte[][] Snapshots =
    [
        // Deflated bytes that break off in a number.
        Convert.FromBase64String("e10CAA=="),

        // A number too large for its type.
        Mutator.Utf8("{\"v\":1,\"platform\":\"g\",\"campaign\":\"s\",\"takenAt\":7,\"latitude\":1e309}")[0],
    ];
    public static readonly byte[][] Columns =
    [
        // No JSON, ties that break off, instants of no calendar.
        [0], [1], [.. Enumerable.Repeat((byte)0x7F, 16)], Mutator.Utf8("null")[0], Mutator.Utf8("[null]")[0], Mutator.Utf8("[{\"kind\":\"action\",\"action\":\"99\"}]")[0],
    ];
    public static readonly byte[][] Edges =
    [
        // Zeros behind a torn append: the check sum of nothing is right.
        Convert.FromBase64String("U01FMQAAAAAAAAAA"),

        // A minute before the first year.
        Convert.FromBase64String("AAxraWRpY2FsLW1hc3MAAAAAAQAAAAAAAAAAAAAAAgAAAAAAAAABAKAT0wBAGdOngJl4MQ=="),
    ];
    public static readonly byte[][] Models = Mutator.Utf8("name ", "tables 2147483647\n", "trees 2147483647\n");
    public static readonly byte[][] Packed = Mutator.Utf8("{", "{}", "{\"platform\":\"\"}");

    /// <summary>A name that no field has, so that nobody would know what was refused.</summary>
    public static readonly byte[][] Bodies = Mutator.Utf8("{\"outcome\":\"\",\"\":2,\"\":4}");

    /// <summary>Digits of another script beside ours: taken for digits, and then for a one.</summary>
    public static readonly byte[][] Shown = Mutator.Utf8("٣ mei 2026", "٣ dagen geleden", "٣3 dagen geleden");

    /// <summary>A line's end in the middle of a secret.</summary>
    public static readonly byte[][] Secrets = Mutator.Utf8("whsec_MfKQ9r8GKYqr\nTwjUPD8ILPZIo2LaLaSw");

    /// <summary>A host of which no name can be made.</summary>
    public static readonly byte[][] Addresses = Mutator.Utf8("tp://\uFFFD", "https://a\uFFFD.example/", "//\u202E", "https://\u202E");

    /// <summary>Half of a pair, and what is no character: no normal form is known of them.</summary>
    public static readonly byte[][] RawFiles = Mutator.Utf8("\\ud83d", "{\"donor\":\"\\ud83d\"}", "{\"donor\":\"\\ufffe\"}", "\uFFFE");

    /// <summary>The same as a donor, a place and a holder.</summary>
    public static readonly byte[][] Rows = Mutator.Utf8(
        "{\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1,\"place\":\"\\ufffe\",\"contributionsAre\":\"all\",\"contributions\":[{\"donor\":\"\\ufffe\",\"identity\":\"full-name\",\"place\":\"\\ufffe\"}]}",
        "{\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1,\"url\":\"//\\u202e\"}");

    /// <summary>A header of nothing but commas made a text for each.</summary>
    public static readonly byte[][] Headers = [Enumerable.Repeat((byte)',', 90_000).ToArray()];

    /// <summary>Instants of no calendar.</summary>
    public static readonly byte[][] Messages = Mutator.Utf8("{\"subscription\":\"sub_0123456789abcdef_0123456789abcdef\",\"id\":\"\",\"at\":907199254740993,\"\":1}");

    /// <summary>A pause of less than a tick.</summary>
    public static readonly byte[][] Robots = Mutator.Utf8("Useragent:*\nCrawl-delay:.00000001");

    /// <summary>Tags of no known name, thousands deep: each end was looked for through all of them.</summary>
    public static readonly byte[][] DeepPages = Mutator.Utf8("<html><body>" + string.Concat(Enumerable.Repeat("<ax\">y</a></div>", 4_000)));

    /// <summary>Half of a pair in a name: no field could be looked for. Thousands parted by the end of a line, which a browser shows as a space: there the law was too narrow.</summary>
    public static readonly byte[][] Pages = Mutator.Utf8("<script type=json>{\"\":{\"\\udc00At\":7}}</script></html>", "<html lang=\"fr\"class=\"raised\">2\n310</html>");

    /// <summary>A field without a name.</summary>
    public static readonly byte[][] Recipes = Mutator.Utf8("{\"schema\":\"\",\"platform\":\"\",\"\":{}}");

    /// <summary>Says that there is more and more, and is the page that was asked for whichever that is: each page was parsed anew after each further one.</summary>
    public static readonly byte[][] Goteo = Mutator.Utf8("""{"items":[{"id":12,"project":"huerto","amount":20.0,"resign":true,"status":"charged"}],"meta":{"limit":50,"total":22222}}""");

    /// <summary>A number of 129 digits, which is no id of ours.</summary>
    public static readonly byte[][] Ulule = Mutator.Utf8($$"""{"projects":[{"id":"{{new string('7', 129)}}"}],"meta":{"limit":20} }""");
}
