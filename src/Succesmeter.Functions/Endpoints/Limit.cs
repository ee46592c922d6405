using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Succesmeter.Functions.Endpoints;

/// <summary>How many items of a list are asked for: <c>?limit</c>.</summary>
internal static class Limit
{
    /// <param name="request">Its query.</param>
    /// <param name="usual">Where nothing is said.</param>
    /// <param name="most">The largest that is taken; the least is 1.</param>
    /// <param name="limit">What is asked for.</param>
    public static bool TryRead(HttpRequest request, int usual, int most, out int limit)
    {
        limit = usual;
        return request.Query["limit"] is not { Count: > 0 } text
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) && limit >= 1 && limit <= most);
    }

    public static IResult Broken(int most) => Answers.BadRequest("limit", $"must be a whole number from 1 to {most}");
}
