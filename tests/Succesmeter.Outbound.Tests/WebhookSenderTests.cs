using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Succesmeter.Webhooks;

namespace Succesmeter.Outbound.Tests;

/// <summary>Against a real server on this machine.</summary>
public sealed class WebhookSenderTests
{
    private static readonly WebhookLimits Limits = new() { AllowLoopback = true, ConnectWithin = TimeSpan.FromSeconds(20), FirstByteWithin = TimeSpan.FromSeconds(20), WholeWithin = TimeSpan.FromSeconds(30) };

    /// <summary>For endpoints that never come to an end; a busy machine makes them only later.</summary>
    private static readonly WebhookLimits Impatient = Limits with { FirstByteWithin = TimeSpan.FromMilliseconds(400), WholeWithin = TimeSpan.FromMilliseconds(800) };

    [Fact]
    public async Task What_is_sent_arrives_as_it_was_signed()
    {
        (IHeaderDictionary Headers, string Body)? seen = null;
        await using var server = await ServeAsync(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            seen = (new HeaderDictionary(http.Request.Headers.ToDictionary()), await reader.ReadToEndAsync());
            await http.Response.WriteAsync("thanks");
        });
        var answer = await SendAsync(server, "/hook?a=1", body: """{"a":"é"}""");

        Assert.Equal((200, null, "thanks"), (answer.Try.Status, answer.Try.Error, answer.Try.Answer));
        Assert.True(answer.IsTaken);
        Assert.Equal("""{"a":"é"}""", seen!.Value.Body);
        Assert.Equal(("evt_1", "1777723200", "v1,abc v1,def", "application/json; charset=utf-8"), (
            seen.Value.Headers["webhook-id"].ToString(), seen.Value.Headers["webhook-timestamp"].ToString(), seen.Value.Headers["webhook-signature"].ToString(), seen.Value.Headers.ContentType.ToString()));
        Assert.StartsWith("Succesmeter-Webhooks/", seen.Value.Headers.UserAgent.ToString(), StringComparison.Ordinal);
        Assert.False(seen.Value.Headers.ContainsKey("traceparent"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_is_a_failure_and_is_not_followed(int status)
    {
        var calls = 0;
        await using var server = await ServeAsync(http =>
        {
            calls++;
            http.Response.StatusCode = http.Request.Path == "/hook" ? status : 200;
            http.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        var answer = await SendAsync(server, "/hook");

        Assert.Equal((status, false, 1), (answer.Try.Status, answer.IsTaken, calls));
    }

    [Fact]
    public async Task One_that_does_not_begin_to_answer_is_given_up()
    {
        await using var server = await ServeAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        var answer = await SendAsync(server, "/hook", limits: Impatient);

        Assert.Equal((null, "no answer within 0.4 s"), (answer.Try.Status, answer.Try.Error));
        Assert.True(answer.IsSlow);
        Assert.InRange(answer.Try.Milliseconds, 350, 20_000);
    }

    [Fact]
    public async Task One_that_does_not_end_its_answer_is_given_up()
    {
        await using var server = await ServeAsync(async http =>
        {
            await http.Response.StartAsync();
            for (var i = 0; i < 100; i++)
            {
                await http.Response.WriteAsync(".");
                await http.Response.Body.FlushAsync();
                await Task.Delay(50, http.RequestAborted);
            }
        });
        var answer = await SendAsync(server, "/hook", limits: Impatient with { FirstByteWithin = Limits.FirstByteWithin });
        Assert.Equal((null, "not whole within 0.8 s"), (answer.Try.Status, answer.Try.Error));
    }

    [Fact]
    public async Task Of_a_large_answer_a_kilobyte_is_kept()
    {
        await using var server = await ServeAsync(http => http.Response.WriteAsync(new string('x', 5_000_000)));
        var answer = await SendAsync(server, "/hook");
        Assert.Equal((200, 1024), (answer.Try.Status, answer.Try.Answer!.Length));
    }

    [Fact]
    public async Task A_small_answer_that_would_expand_without_end_does_not()
    {
        await using var server = await ServeAsync(async http =>
        {
            http.Response.Headers.ContentEncoding = "gzip";
            await using var packed = new GZipStream(http.Response.Body, CompressionLevel.Fastest);
            await packed.WriteAsync(new byte[50_000_000]);
        });
        var answer = await SendAsync(server, "/hook");
        Assert.Equal(200, answer.Try.Status);
        Assert.True(answer.Try.Answer is null or { Length: <= 1024 });
    }

    [Fact]
    public async Task Headers_without_end_are_a_failure()
    {
        await using var server = await ServeAsync(http =>
        {
            for (var i = 0; i < 200; i++)
                http.Response.Headers[$"x-{i}"] = new string('h', 1000);
            return http.Response.WriteAsync("ok");
        });
        var answer = await SendAsync(server, "/hook");
        Assert.Null(answer.Try.Status);
        Assert.NotNull(answer.Try.Error);
    }

    [Fact]
    public async Task What_an_answer_holds_that_is_no_text_is_left_out()
    {
        await using var server = await ServeAsync(async http => await http.Response.Body.WriteAsync(new byte[] { 0x61, 0x00, 0x1B, 0x5B, 0xFF, 0x62, 0x0A }));
        Assert.Equal("a[\uFFFDb\n", (await SendAsync(server, "/hook")).Try.Answer);
    }

    [Theory]
    [InlineData("120", 120.0)]
    [InlineData("0", 0.0)]
    [InlineData("soon", null)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", null)]
    public async Task Patience_is_read_in_seconds_or_as_a_date_to_come(string text, double? seconds)
    {
        await using var server = await ServeAsync(http =>
        {
            http.Response.StatusCode = 429;
            http.Response.Headers.RetryAfter = text;
            return Task.CompletedTask;
        });
        Assert.Equal(seconds, (await SendAsync(server, "/hook")).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task A_date_to_come_is_patience()
    {
        await using var server = await ServeAsync(http =>
        {
            http.Response.StatusCode = 503;
            http.Response.Headers.RetryAfter = TimeProvider.System.GetUtcNow().AddHours(1).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        Assert.InRange((await SendAsync(server, "/hook")).RetryAfter!.Value.TotalMinutes, 55, 60);
    }

    [Fact]
    public async Task Nobody_there_is_no_exception()
    {
        var server = await ServeAsync(static http => Task.CompletedTask);
        var address = server.Address("/hook");
        await server.DisposeAsync();
        using var sender = new WebhookSender(Limits, new Names(IPAddress.Loopback), TimeProvider.System);
        var answer = await sender.SendAsync(Webhook(address), default);
        Assert.Equal((null, "no connection could be made"), (answer.Try.Status, answer.Try.Error));
    }

    [Fact]
    public async Task A_certificate_that_nobody_signed_is_not_trusted()
    {
        using var key = RSA.Create(2048);
        using var made = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        using var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var called = false;
        await using var server = await ServeAsync(
            http =>
            {
                called = true;
                return Task.CompletedTask;
            },
            certificate);
        var answer = await SendAsync(server, "/hook");
        Assert.Equal((null, false), (answer.Try.Status, called));
        Assert.Contains("certificate", answer.Try.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://127.0.0.1:1/")]
    [InlineData("https://[::1]:1025/")]
    [InlineData("http://localhost:8080/")]
    [InlineData("https://169.254.169.254/latest/meta-data/")]
    public async Task Where_this_machine_may_not_be_called_it_is_not(string address)
    {
        using var sender = new WebhookSender(Limits with { AllowLoopback = false }, new Names(IPAddress.Loopback), TimeProvider.System);
        var answer = await sender.SendAsync(Webhook(new Uri(address)), default);
        Assert.Null(answer.Try.Status);
        Assert.StartsWith("the address must", answer.Try.Error, StringComparison.Ordinal);
    }

    /// <summary>DNS rebinding: a name that was public when it was subscribed leads to this machine when it is called.</summary>
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.7")]
    [InlineData("169.254.169.254")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    public async Task A_name_that_changes_its_answer_gains_nothing(string later)
    {
        var called = false;
        await using var server = await ServeAsync(http =>
        {
            called = true;
            return Task.CompletedTask;
        });
        var names = new Names(IPAddress.Parse("192.0.2.1"), IPAddress.Parse(later));
        using var sender = new WebhookSender(Limits with { AllowLoopback = false }, names, TimeProvider.System);
        foreach (var _ in (int[])[1, 2])
        {
            var answer = await sender.SendAsync(Webhook(new UriBuilder("https", "hooks.growfunding.be", server.Port, "/hook").Uri), default);
            Assert.Null(answer.Try.Status);
            Assert.Contains("must be an address of the public internet", answer.Try.Error, StringComparison.Ordinal);
        }

        Assert.Equal((2, false), (names.Asked, called));
    }

    /// <summary>The name is asked for once a connection: what was checked is what is called.</summary>
    [Fact]
    public async Task A_name_of_which_one_address_is_not_public_is_refused_whole()
    {
        using var sender = new WebhookSender(Limits with { AllowLoopback = false }, new Both(), TimeProvider.System);
        var answer = await sender.SendAsync(Webhook(new Uri("https://hooks.growfunding.be/")), default);
        Assert.Contains("127.0.0.1", answer.Try.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_ends_the_host_ends_the_call()
    {
        await using var server = await ServeAsync(http => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var sender = new WebhookSender(Limits with { FirstByteWithin = TimeSpan.FromMinutes(1), WholeWithin = TimeSpan.FromMinutes(1) }, new Names(IPAddress.Loopback), TimeProvider.System);
        using var stop = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sender.SendAsync(Webhook(server.Address("/hook")), stop.Token));
    }

    private static async Task<EndpointAnswer> SendAsync(Server server, string path, string body = "{}", WebhookLimits? limits = null)
    {
        using var sender = new WebhookSender(limits ?? Limits, new Names(IPAddress.Loopback), TimeProvider.System);
        return await sender.SendAsync(Webhook(server.Address(path), body), default);
    }

    private static SignedWebhook Webhook(Uri address, string body = "{}") =>
        new(address, "evt_1", new DateTimeOffset(2026, 5, 2, 12, 0, 0, TimeSpan.Zero), "v1,abc v1,def", Encoding.UTF8.GetBytes(body), "application/json");

    private static async Task<Server> ServeAsync(RequestDelegate answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxResponseBufferSize = null;
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http1;
                if (certificate is not null)
                    listen.UseHttps(certificate);
            });
        });
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return new Server(app, new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()));
    }

    private sealed class Server(WebApplication app, Uri root) : IAsyncDisposable
    {
        public int Port => root.Port;

        public Uri Address(string path) => new(root, path);

        public async ValueTask DisposeAsync() => await app.DisposeAsync();
    }

    /// <summary>Gives one address after the other, and the last again and again.</summary>
    private sealed class Names(params IPAddress[] addresses) : INameResolver
    {
        public int Asked { get; private set; }

        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([addresses[Math.Min(Asked++, addresses.Length - 1)]]);
    }

    private sealed class Both : INameResolver
    {
        public Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellation) =>
            Task.FromResult<IReadOnlyList<IPAddress>>([IPAddress.Parse("8.8.8.8"), IPAddress.Loopback]);
    }
}
