namespace Succesmeter.Hostile.Tests;

/// <summary>Inputs at which a fault was found, shortened. They are seeds as well, so that mutants look around where something once broke.</summary>
internal static class Regressions
{
    public static readonly byte[][] States =
    [
        // A number of gifts for which there are no bytes made room for hundreds of thousands.
        Convert.FromBase64String("BQAAAAAAAAAAAAAAAAD4/wAAAAAAAPj/AAAAAAAAAAAAAAAAAAAAAAAAAAAA8J+YgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ];
    public static readonly byte[][] Snapshots =
    [
        // Deflated bytes that break off in a number.
        Convert.FromBase64String("e10CAA=="),
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
    public static readonly byte[][] Addresses = Mutator.Utf8("tp://\uFFFD", "https://a\uFFFD.example/");

    /// <summary>Half of a pair, and what is no character: no normal form is known of them.</summary>
    public static readonly byte[][] RawFiles = Mutator.Utf8("\\ud83d", "{\"donor\":\"\\ud83d\"}", "{\"donor\":\"\\ufffe\"}", "\uFFFE");

    /// <summary>The same as a donor, a place and a holder.</summary>
    public static readonly byte[][] Rows = Mutator.Utf8(
        "{\"platform\":\"p\",\"campaign\":\"c\",\"takenAt\":\"2026-05-02\",\"pledged\":1,\"place\":\"\\ufffe\",\"contributionsAre\":\"all\",\"contributions\":[{\"donor\":\"\\ufffe\",\"identity\":\"full-name\",\"place\":\"\\ufffe\"}]}");

    /// <summary>A header of nothing but commas made a text for each.</summary>
    public static readonly byte[][] Headers = [Enumerable.Repeat((byte)',', 90_000).ToArray()];
}
