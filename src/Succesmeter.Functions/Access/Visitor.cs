using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Succesmeter.Campaigns;

namespace Succesmeter.Functions.Access;

/// <summary>What the sender of a request may do.</summary>
public sealed class Visitor(IOptions<AccessOptions> options)
{
    private const string Scheme = "Bearer ";

    /// <param name="request">Its bearer token says who sent it.</param>
    /// <param name="right">What is asked for.</param>
    /// <param name="campaign">On which campaign.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public ValueTask<bool> MayAsync(HttpRequest request, Right right, CampaignId campaign, CancellationToken cancellation) =>
        MayAsync(request, right, campaign.Platform, cancellation);

    /// <param name="request">Its bearer token says who sent it.</param>
    /// <param name="right">What is asked for.</param>
    /// <param name="platform">On all of which platform; null for all platforms.</param>
    /// <param name="cancellation">Ends the look-up.</param>
    public ValueTask<bool> MayAsync(HttpRequest request, Right right, PlatformId? platform, CancellationToken cancellation) =>
        ValueTask.FromResult((right == Right.Read && options.Value.PublicScores) || HoldsRootToken(request));

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
