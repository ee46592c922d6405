using System.Text;
using System.Text.Json;

namespace Succesmeter.Snapshots;

/// <summary>The names that one kind of object, or one choice, may hold, by the members of an enum: <c>TakenAt</c> is written <c>takenAt</c>.</summary>
internal sealed class FieldNames
{
    private readonly string[] _texts;
    private readonly byte[][] _names;

    private FieldNames(string[] texts)
    {
        _texts = texts;
        _names = Array.ConvertAll(texts, Encoding.ASCII.GetBytes);
    }

    /// <summary>Fields: <c>takenAt</c>.</summary>
    public static FieldNames OfFields<T>() where T : struct, Enum => new(Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.CamelCase.ConvertName));

    /// <summary>Choices: <c>all-or-nothing</c>.</summary>
    public static FieldNames OfChoices<T>() where T : struct, Enum => new(Array.ConvertAll(Enum.GetNames<T>(), JsonNamingPolicy.KebabCaseLower.ConvertName));

    public string this[int index] => _texts[index];

    /// <param name="guess">Where to look first: fields mostly come in the order of the schema.</param>
    public int Find(ReadOnlySpan<byte> name, int guess)
    {
        if ((uint)guess < (uint)_names.Length && name.SequenceEqual(_names[guess]))
            return guess;

        for (var i = 0; i < _names.Length; i++)
            if (name.SequenceEqual(_names[i]))
                return i;

        return -1;
    }

    public int FindIgnoringCase(ReadOnlySpan<byte> name)
    {
        for (var i = 0; i < _names.Length; i++)
            if (Ascii.EqualsIgnoreCase(name, _names[i]))
                return i;

        return -1;
    }

    public int IndexOf(string? text) => Array.IndexOf(_texts, text);

    public override string ToString() => string.Join(", ", _texts);
}
