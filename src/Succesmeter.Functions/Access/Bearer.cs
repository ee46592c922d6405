using Succesmeter.Access;

namespace Succesmeter.Functions.Access;

/// <summary>Who sent a request, by its <c>Authorization</c>.</summary>
internal abstract record Bearer
{
    private Bearer() { }

    /// <summary>There was no such header.</summary>
    public sealed record Nobody : Bearer;

    /// <summary>Who holds the root token may do everything.</summary>
    public sealed record Root : Bearer;

    public sealed record Holder(BearerToken Token) : Bearer;

    /// <summary>There was something, and it is worth nothing.</summary>
    /// <param name="Rule">Which rule it broke. Only who has the secret of a token learns that there ever was one.</param>
    public sealed record Refused(string Rule) : Bearer;
}
