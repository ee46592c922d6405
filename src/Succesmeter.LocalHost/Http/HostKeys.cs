using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Succesmeter.LocalHost.Http;

/// <summary>The keys that guard functions of level Function and above; the admin key opens all of them.</summary>
public sealed record HostKeys(string Function, string Admin)
{
    internal bool Open(AuthorizationLevel level, HttpRequest request)
    {
        var given = request.Headers["x-functions-key"].FirstOrDefault() ?? request.Query["code"].FirstOrDefault();

        return level switch
        {
            AuthorizationLevel.Anonymous => true,
            _ when given is null => false,
            AuthorizationLevel.Function => IsSame(given, Function) | IsSame(given, Admin),
            _ => IsSame(given, Admin),
        };
    }

    /// <remarks>Hashing first makes the comparison take as long for every key, whatever its length.</remarks>
    private static bool IsSame(string given, string key) => CryptographicOperations.FixedTimeEquals(
        SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
