using System.Collections.Immutable;
using System.Text.Json;

namespace Succesmeter.Advice;

/// <summary>The advice of a score as it was served: its day, and its codes in the order of the lot.</summary>
public sealed record GivenAdvice(DateOnly Day, ImmutableArray<string> Codes)
{
    /// <param name="score">As the API serves it.</param>
    public static GivenAdvice In(ReadOnlyMemory<byte> score)
    {
        using var json = JsonDocument.Parse(score);
        return new GivenAdvice(
            DayOf(json.RootElement.GetProperty("asOf").GetDateTimeOffset()),
            [.. json.RootElement.GetProperty("advice").EnumerateArray().Select(static piece => piece.GetProperty("code").GetString()!)]);
    }

    /// <summary>The day by which the lot is drawn.</summary>
    public static DateOnly DayOf(DateTimeOffset asOf) => DateOnly.FromDateTime(asOf.UtcDateTime);

    /// <summary>Everything that was shown, in order.</summary>
    public IEnumerable<AdviceEntry> Shown(DateTimeOffset at) => Codes.Select(code => Answered(code, AdviceAnswer.Shown, at));

    /// <summary>An answer with its place; without one where the code is not among the given.</summary>
    public AdviceEntry Answered(string code, AdviceAnswer answer, DateTimeOffset at)
    {
        var place = Codes.IndexOf(code);
        return new AdviceEntry(Day, code) { Place = place < 0 ? null : place + 1, Of = place < 0 ? null : Codes.Length, Answer = answer, AnsweredAt = at };
    }
}
