using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Succesmeter.Functions.Access;

/// <summary>What the sender of a request may do.</summary>
public sealed class Visitor(IOptions<AccessOptions> options)
{
    private const string Scheme = "Bearer ";

    public bool MayReadScores(HttpRequest request) => options.Value.PublicScores || HoldsRootToken(request);

    public bool MayPush(HttpRequest request) => HoldsRootToken(request);

    /// <remarks>Hashes are compared, so that neither length nor first difference shows in the time it takes.</remarks>
    private bool HoldsRootToken(HttpRequest request)
    {
        if (options.Value.RootToken is not { Length: > 0 } token)
            return false;

        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim())), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }
}
