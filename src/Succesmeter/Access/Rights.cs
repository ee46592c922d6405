using System.Diagnostics.CodeAnalysis;

namespace Succesmeter.Access;

/// <summary>A set of rights; written <c>read</c>, <c>act</c>, <c>subscribe</c>, <c>push</c>.</summary>
public readonly record struct Rights
{
    private static readonly Right[] Known = Enum.GetValues<Right>();

    private readonly byte bits;

    private Rights(byte set) => bits = set;

    public static Rights None => default;

    public static Rights Of(params ReadOnlySpan<Right> rights)
    {
        var set = 0;
        foreach (var right in rights)
            set |= 1 << (int)right;
        return new Rights((byte)set);
    }

    public bool Contains(Right right) => (bits & (1 << (int)right)) != 0;

    /// <summary>In the order in which <see cref="Right"/> lists them.</summary>
    public IReadOnlyList<string> Names
    {
        get
        {
            var rights = this;
            return [.. Known.Where(right => rights.Contains(right)).Select(NameOf)];
        }
    }

    /// <summary>Reads what <see cref="Names"/> writes, in any order; a name that stands twice counts once.</summary>
    public static bool TryParse(IEnumerable<string?> names, [NotNullWhen(true)] out Rights? rights)
    {
        var all = new List<Right>();
        foreach (var name in names)
        {
            var at = Array.FindIndex(Known, right => NameOf(right) == name);
            if (at < 0)
            {
                rights = null;
                return false;
            }

            all.Add(Known[at]);
        }

        rights = Of([.. all]);
        return true;
    }

    public override string ToString() => string.Join(", ", Names);

    private static string NameOf(Right right) => right switch
    {
        Right.Read => "read",
        Right.Act => "act",
        Right.Subscribe => "subscribe",
        _ => "push",
    };
}
