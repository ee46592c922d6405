namespace Succesmeter.Visits;

/// <summary>A page as it came, with a 2xx status.</summary>
/// <param name="Request">What was asked.</param>
/// <param name="ContentType">As the answer's header says, or null.</param>
/// <param name="Body">Decompressed.</param>
/// <param name="FetchedAt">On the machine's clock.</param>
public sealed record FetchedPage(PageRequest Request, string? ContentType, ReadOnlyMemory<byte> Body, DateTimeOffset FetchedAt)
{
    /// <summary>Where redirects ended.</summary>
    public Uri FinalAddress { get; init; } = Request.Address;

    /// <summary>What a later request may ask with.</summary>
    public PageValidators Validators { get; init; } = PageValidators.None;
}

/// <summary>By what a server recognises that a page is still the same.</summary>
/// <param name="ETag">As it came, quotes and weakness included.</param>
/// <param name="LastModified">As it came.</param>
public sealed record PageValidators(string? ETag, string? LastModified)
{
    public static readonly PageValidators None = new(null, null);
}
