using System.CommandLine;
using System.Net;
using Succesmeter.Outbound;
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

            using var handler = Handler(time);
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

    /// <summary>Guarded as the crawl's connections are; what the crawl does by hand a handler may do here. This machine may be asked under its own names: the demo's town lives here.</summary>
    private static SocketsHttpHandler Handler(TimeProvider time)
    {
        var handler = new GuardedConnections(new SystemNameResolver(), Patience, allowLoopback: true, time).Handler();
        handler.AllowAutoRedirect = true;
        handler.MaxAutomaticRedirections = 5;
        handler.AutomaticDecompression = DecompressionMethods.All;
        return handler;
    }
}
