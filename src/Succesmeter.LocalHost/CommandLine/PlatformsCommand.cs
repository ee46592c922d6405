using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Succesmeter.Addresses;
using Succesmeter.Platforms.Recipes;
using Succesmeter.Visits;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary><c>platforms check</c>: tries a recipe on a saved page or a live address.</summary>
internal static class PlatformsCommand
{
    private const int CouldNotCheck = 2;

    /// <summary>What the reader of a page takes at most.</summary>
    private const int MostBytes = 4 << 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static Command Create(TimeProvider time)
    {
        var recipe = new Argument<string>("recipe") { Description = "The recipe's JSON file." };
        var page = new Argument<string>("page") { Description = "A campaign's page: a saved file, or its address." };
        var address = new Option<string?>("--address") { Description = "Of a saved page that does not tell it (canonical link or og:url)." };
        var check = new Command("check", "Say field by field what a recipe finds on a page, and how. Ends with 1 when a required field is missing, with 2 when it could not be tried.") { recipe, page, address };
        check.SetAction((parsed, cancellation) => CheckAsync(
            parsed.GetRequiredValue(recipe), parsed.GetRequiredValue(page), parsed.GetValue(address), time, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation));
        return new Command("platforms", "What is known of platforms.") { check };
    }

    private static async Task<int> CheckAsync(string recipePath, string page, string? address, TimeProvider time, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            var recipe = Recipe.Parse(await File.ReadAllBytesAsync(recipePath, cancellation), recipePath);
            var isLive = Uri.TryCreate(page, UriKind.Absolute, out var live) && live.Scheme is "http" or "https";
            if (!isLive)
            {
                Uri? given = null;
                if (address is not null && !Uri.TryCreate(address, UriKind.Absolute, out given))
                    throw new FormatException($"--address must be an absolute address, not '{address}'.");

                var request = new PageRequest(given ?? new Uri("https://unknown.invalid/"), "project");
                return await RecipeCheck.RunAsync(recipe, new FetchedPage(request, null, await File.ReadAllBytesAsync(page, cancellation), time.GetUtcNow()), given, null, time.GetUtcNow(), output, cancellation);
            }

            using var handler = Handler();
            using var http = new HttpClient(handler) { Timeout = Patience, MaxResponseContentBufferSize = MostBytes };
            http.DefaultRequestHeaders.UserAgent.ParseAdd("Succesmeter/1 (recipe-check; by hand)");
            var first = await FetchAsync(http, new PageRequest(live!, "project"), time, cancellation);
            return await RecipeCheck.RunAsync(recipe, first, first.FinalAddress, (request, token) => FetchAsync(http, request, time, token), time.GetUtcNow(), output, cancellation);
        }
        catch (Exception e) when (e is RecipeException or IOException or UnauthorizedAccessException or HttpRequestException or FormatException or ArgumentException
            || (e is TaskCanceledException && !cancellation.IsCancellationRequested))
        {
            await error.WriteLineAsync(e.Message);
            return CouldNotCheck;
        }
    }

    private static async Task<FetchedPage> FetchAsync(HttpClient http, PageRequest request, TimeProvider time, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(request.Address, cancellation);
        answer.EnsureSuccessStatusCode();
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation);
        return new FetchedPage(request, answer.Content.Headers.ContentType?.ToString(), body, time.GetUtcNow()) { FinalAddress = answer.RequestMessage?.RequestUri ?? request.Address };
    }

    /// <summary>A site may lead a request anywhere, so the address that a name stands for is checked at every connection. This machine may be asked: the demo's town lives here.</summary>
    private static SocketsHttpHandler Handler() => new()
    {
        AutomaticDecompression = DecompressionMethods.All,
        MaxAutomaticRedirections = 5,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = static async (context, cancellation) =>
        {
            foreach (var ip in await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation))
            {
                if (AddressRules.WhyNot(ip, allowLoopback: true) is not null)
                    continue;

                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(ip, context.DnsEndPoint.Port, cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            }

            throw new HttpRequestException($"{context.DnsEndPoint.Host} must be an address of the public internet, or of this machine.");
        },
    };
}
