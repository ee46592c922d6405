namespace Succesmeter.Platforms.Recipes;

/// <summary>How a language writes numbers.</summary>
/// <param name="Group">What parts thousands where a single separator stands before three digits; null where that is not known, so that such a number is refused.</param>
/// <param name="SpacesGroup">An ordinary space may part thousands too. Spaces that do not break always may.</param>
internal readonly record struct NumberStyle(char? Group, bool SpacesGroup)
{
    /// <summary>Of text whose language is not known, and of text made for machines.</summary>
    public static readonly NumberStyle Unknown = new(null, SpacesGroup: false);
}
