using System.IO.Compression;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;
using Succesmeter.Testing;

namespace Succesmeter.LocalHost.Tests.Http;

public sealed class HttpTriggerTests : IDisposable
{
    private readonly Calls _calls = new();

    [Theory]
    [InlineData("/api/campaigns/goteo/open-library", "goteo/open-library")]
    [InlineData("/api/campaigns/goteo/open-library/7", "7 of goteo/open-library")]
    [InlineData("/api/campaigns", "campaigns")]
    [InlineData("/", "page ''")]
    [InlineData("/styles/app.css", "page 'styles/app.css'")]
    [InlineData("/api/nothing-here", "page 'api/nothing-here'")]
    public async Task Route_values_bind_by_name_and_the_longer_literal_route_wins(string path, string expected)
    {
        await using var host = await (await Some.HostAsync<Routes>(_calls)).StartAsync();
        using var client = host.Client();

        Assert.Equal(expected, await client.GetStringAsync(path));
    }

    [Fact]
    public async Task A_route_value_of_the_wrong_type_is_a_bad_request()
    {
        await using var host = await (await Some.HostAsync<Routes>(_calls)).StartAsync();
        using var client = host.Client();

        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync("/api/campaigns/goteo/open-library/seven")).StatusCode);
    }

    [Fact]
    public async Task A_wrong_method_is_not_found_as_the_real_host_has_it()
    {
        await using var host = await (await Some.HostAsync<Routes>(_calls)).StartAsync();
        using var client = host.Client();

        Assert.Equal(HttpStatusCode.NotFound, (await client.DeleteAsync("/api/campaigns")).StatusCode);
    }

    [Fact]
    public async Task The_route_prefix_of_host_json_stands_before_every_route_and_a_name_stands_in_for_a_missing_route()
    {
        var options = await Some.HostAsync<Results>(_calls) with { HostJson = Some.HostJson with { RoutePrefix = "v1" } };
        await using var host = await options.StartAsync();
        using var client = host.Client();

        Assert.Equal("{\"name\":\"Ada\"}", await client.GetStringAsync("/v1/ActionResult"));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/ActionResult")).StatusCode);
    }

    [Theory]
    [InlineData("ActionResult", HttpStatusCode.OK, "{\"name\":\"Ada\"}", "application/json")]
    [InlineData("ActionResultLater", HttpStatusCode.Accepted, "", null)]
    [InlineData("Result", HttpStatusCode.OK, "{\"name\":\"Ada\"}", "application/json")]
    [InlineData("ResultLater", HttpStatusCode.Conflict, "\"title\":\"No\"", "application/problem+json")]
    [InlineData("Nothing", HttpStatusCode.MethodNotAllowed, "", null)]
    public async Task Both_kinds_of_results_are_written_now_or_later(string name, HttpStatusCode status, string body, string? mediaType)
    {
        await using var host = await (await Some.HostAsync<Results>(_calls)).StartAsync();
        using var client = host.Client();

        var response = await client.GetAsync($"/{name}");

        Assert.Equal(status, response.StatusCode);
        Assert.Contains(body, await response.Content.ReadAsStringAsync());
        Assert.Equal(mediaType, response.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("open", null, null, 200)]
    [InlineData("guarded", null, null, 401)]
    [InlineData("guarded", "header", "wrong", 401)]
    [InlineData("guarded", "header", "", 401)]
    [InlineData("guarded", "header", "the-function-key", 200)]
    [InlineData("guarded", "code", "the-function-key", 200)]
    [InlineData("guarded", "code", "the-function-kez", 401)]
    [InlineData("guarded", "header", "the-admin-key", 200)]
    [InlineData("admins", null, null, 401)]
    [InlineData("admins", "header", "the-function-key", 401)]
    [InlineData("admins", "code", "the-admin-key", 200)]
    public async Task Keys_guard_by_level_and_the_admin_key_opens_all(string path, string? where, string? key, int status)
    {
        await using var host = await (await Some.HostAsync<Guarded>(_calls)).StartAsync();
        using var client = host.Client();
        using var request = new HttpRequestMessage(HttpMethod.Get, where == "code" ? $"/{path}?code={key}" : $"/{path}");

        if (where == "header")
            request.Headers.Add("x-functions-key", key);

        Assert.Equal(status, (int)(await client.SendAsync(request)).StatusCode);
        Assert.Equal(status == 200 ? 1 : 0, _calls.All.Count);
    }

    [Fact]
    public async Task A_failing_function_answers_500_and_the_next_request_is_served()
    {
        await using var host = await (await Some.HostAsync<Bodies>(_calls)).StartAsync();
        using var client = host.Client();

        Assert.Equal(HttpStatusCode.InternalServerError, (await client.GetAsync("/fail")).StatusCode);
        Assert.Equal("3 identity", await SendAsync(client, new ByteArrayContent([1, 2, 3])));
    }

    [Fact]
    public async Task A_body_of_a_gigabyte_is_streamed()
    {
        const long gigabyte = 1_000_000_000;
        await using var host = await (await Some.HostAsync<Bodies>(_calls)).StartAsync();
        using var client = host.Client();

        Assert.Equal($"{gigabyte} identity", await SendAsync(client, new Zeros(gigabyte)));
        Assert.InRange(Environment.WorkingSet, 0, gigabyte);
    }

    [Fact]
    public async Task A_body_over_the_limit_of_the_settings_is_told_so()
    {
        var options = await Some.HostAsync<Bodies>(_calls) with
        {
            Settings = new Dictionary<string, string?> { ["FUNCTIONS_REQUEST_BODY_SIZE_LIMIT"] = "1000" },
        };
        await using var host = await options.StartAsync();
        using var client = host.Client();

        using var response = await client.PostAsync("/length", new ByteArrayContent(new byte[1001]));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public async Task A_gzipped_body_arrives_as_it_was_sent()
    {
        await using var host = await (await Some.HostAsync<Bodies>(_calls)).StartAsync();
        using var client = host.Client();
        using var zipped = new MemoryStream();

        await using (var zip = new GZipStream(zipped, CompressionLevel.Optimal, leaveOpen: true))
            await zip.WriteAsync(new byte[10_000]);

        var content = new ByteArrayContent(zipped.ToArray());
        content.Headers.ContentEncoding.Add("gzip");

        Assert.Equal($"{zipped.Length} gzip", await SendAsync(client, content));
    }

    [Fact]
    public async Task A_client_that_goes_away_cancels_the_function()
    {
        await using var host = await (await Some.HostAsync<Bodies>(_calls)).StartAsync();
        using var client = host.Client();
        using var goes = new CancellationTokenSource();

        var request = client.GetAsync("/wait", goes.Token);
        await Eventually.IsAsync(() => _calls.All.Contains("waits"));
        await goes.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await Eventually.IsAsync(() => _calls.All.Contains("cancelled"));
    }

    [Fact]
    public async Task Each_request_has_a_scope_of_its_own_that_middleware_and_function_share()
    {
        var options = await Some.HostAsync<Scoped>(_calls);
        var plain = options.Services;
        await using var host = await (options with
        {
            Services = (services, configuration) =>
            {
                plain(services, configuration);
                services.AddSingleton<Numbers>();
                services.AddScoped<Number>();
            },
            Middleware = [typeof(Outer), typeof(Inner)],
        }).StartAsync();
        using var client = host.Client();

        Assert.Equal("1", await client.GetStringAsync("/Number"));
        Assert.Equal("2", await client.GetStringAsync("/Number"));
        Assert.Equal(
            ["outer 1 /Number Number", "inner 1", "inner done", "outer 2 /Number Number", "inner 2", "inner done"],
            _calls.All);
    }

    [Fact]
    public async Task A_function_that_returns_no_result_stops_the_start()
    {
        var options = await Some.HostAsync<ReturnsText>(_calls);

        var error = await Assert.ThrowsAsync<CannotStartException>(() => options.StartAsync());
        Assert.Contains("IActionResult", error.Message);
    }

    public void Dispose() => _calls.Dispose();

    private static async Task<string> SendAsync(HttpClient client, HttpContent content)
    {
        using var response = await client.PostAsync("/length", content);
        return await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public sealed class Routes
    {
        [Function("Campaign")]
        public IActionResult Campaign(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{platform}/{campaign}")] HttpRequest request,
            string campaign, string platform) => new ContentResult { Content = $"{platform}/{campaign}" };

        [Function("Gift")]
        public IActionResult Gift(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "api/campaigns/{platform}/{campaign}/{gift}")] HttpRequest request,
            int gift, string platform, string campaign) => new ContentResult { Content = $"{gift} of {platform}/{campaign}" };

        [Function("Campaigns")]
        public IResult Campaigns([HttpTrigger(AuthorizationLevel.Anonymous, "get", "post", Route = "api/campaigns")] HttpRequest request) =>
            Microsoft.AspNetCore.Http.Results.Text("campaigns");

        [Function("Page")]
        public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "{*path}")] HttpRequest request, string? path) =>
            Microsoft.AspNetCore.Http.Results.Text($"page '{path}'");
    }

    public sealed class Results
    {
        [Function("ActionResult")]
        public IActionResult ActionResult([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new OkObjectResult(new { Name = "Ada" });

        [Function("ActionResultLater")]
        public async Task<IActionResult> ActionResultLaterAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return new AcceptedResult();
        }

        [Function("Result")]
        public static IResult Result([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Microsoft.AspNetCore.Http.Results.Ok(new { Name = "Ada" });

        [Function("ResultLater")]
        public async Task<IResult> ResultLaterAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
        {
            await Task.Yield();
            return Microsoft.AspNetCore.Http.Results.Problem(title: "No", statusCode: 409);
        }

        [Function("Nothing")]
        public IActionResult Nothing([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new StatusCodeResult(405);
    }

    public sealed class Guarded(Calls calls)
    {
        [Function("Open")]
        public IActionResult Open([HttpTrigger(AuthorizationLevel.Anonymous, Route = "open")] HttpRequest request) => Seen();

        [Function("Guarded")]
        public IActionResult ByFunctionKey([HttpTrigger("get", Route = "guarded")] HttpRequest request) => Seen();

        [Function("Admins")]
        public IActionResult ByAdminKey([HttpTrigger(AuthorizationLevel.Admin, "get", Route = "admins")] HttpRequest request) => Seen();

        private OkResult Seen()
        {
            calls.Add("seen");
            return new OkResult();
        }
    }

    public sealed class Bodies(Calls calls)
    {
        [Function("Length")]
        public async Task<IActionResult> LengthAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "length")] HttpRequest request, CancellationToken cancellation)
        {
            var buffer = new byte[1 << 16];
            var length = 0L;

            while (await request.Body.ReadAsync(buffer, cancellation) is var read && read > 0)
                length += read;

            var encoding = request.Headers.ContentEncoding.FirstOrDefault() ?? "identity";
            return new ContentResult { Content = $"{length} {encoding}" };
        }

        [Function("Fail")]
        public IActionResult Fail([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "fail")] HttpRequest request) =>
            throw new InvalidOperationException("It fails.");

        [Function("Wait")]
        public async Task<IActionResult> WaitAsync(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "wait")] HttpRequest request, CancellationToken cancellation)
        {
            calls.Add("waits");

            try
            {
                await calls.WaitAsync(cancellation);
            }
            catch (OperationCanceledException)
            {
                calls.Add("cancelled");
                throw;
            }

            return new OkResult();
        }
    }

    public sealed class Scoped(Number number)
    {
        [Function("Number")]
        public IActionResult Number([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request) =>
            new ContentResult { Content = $"{number.Value}" };
    }

    public sealed class ReturnsText
    {
        [Function("Text")]
        public string Text([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => "text";
    }

    public sealed class Numbers
    {
        private int _last;

        public int Next() => ++_last;
    }

    public sealed class Number(Numbers numbers)
    {
        public int Value { get; } = numbers.Next();
    }

    private sealed class Outer(Calls calls) : IFunctionsWorkerMiddleware
    {
        public Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            var number = context.InstanceServices.GetRequiredService<Number>().Value;
            calls.Add($"outer {number} {context.GetHttpContext()?.Request.Path} {context.FunctionDefinition.Name}");
            return next(context);
        }
    }

    private sealed class Inner(Calls calls) : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            calls.Add($"inner {context.InstanceServices.GetRequiredService<Number>().Value}");
            await next(context);
            calls.Add("inner done");
        }
    }

    private sealed class Zeros(long length) : HttpContent
    {
        private readonly byte[] _zeros = new byte[1 << 20];

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            for (var left = length; left > 0; left -= _zeros.Length)
                await stream.WriteAsync(_zeros.AsMemory(0, (int)Math.Min(left, _zeros.Length)));
        }

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }
}
