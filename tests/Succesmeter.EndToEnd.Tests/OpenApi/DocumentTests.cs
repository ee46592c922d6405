namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>The document of the API: what is served was approved, and what was approved is what the code says.</summary>
public sealed class DocumentTests
{
    private const string Renew = "SUCCESMETER_RENEW_OPENAPI";

    [Fact]
    public async Task The_approved_document_is_what_the_code_says()
    {
        if (Environment.GetEnvironmentVariable(Renew) == "1")
            await File.WriteAllTextAsync(Document.ApprovedPath, Document.Generated);

        Assert.True(
            await File.ReadAllTextAsync(Document.ApprovedPath) == Document.Generated,
            $"docs/openapi.json is not what the endpoints say. If the change is wanted, renew it with {Renew}=1 dotnet test tests/Succesmeter.EndToEnd.Tests --filter {nameof(DocumentTests)}, "
            + "read the difference as clients would, and commit it. What is taken away or renamed breaks them.");
    }

    [Fact]
    public async Task Redocly_finds_nothing_to_complain_of()
    {
        var (exitCode, output) = await Redocly.LintAsync(Document.ApprovedPath);
        Assert.True(exitCode == 0 && !output.Contains("warning", StringComparison.OrdinalIgnoreCase), output);
    }

    [Fact]
    public async Task It_is_served_with_a_tag()
    {
        await using var host = await TestHost.StartAsync();
        using var served = await host.Client.GetAsync(new Uri("/api/openapi.json", UriKind.Relative));
        Assert.Equal(await File.ReadAllTextAsync(Document.ApprovedPath), await served.Content.ReadAsStringAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/openapi.json");
        again.Headers.IfNoneMatch.Add(served.Headers.ETag!);
        using var unchanged = await host.Client.SendAsync(again);
        Assert.Equal(System.Net.HttpStatusCode.NotModified, unchanged.StatusCode);
    }

    [Fact]
    public void Every_function_under_api_is_in_it_and_no_two_do_the_same()
    {
        var functions =
            from type in typeof(Succesmeter.Functions.SuccesmeterServices).Assembly.GetTypes()
            from method in type.GetMethods()
            from parameter in method.GetParameters()
            from trigger in parameter.GetCustomAttributes(inherit: false).OfType<Microsoft.Azure.Functions.Worker.HttpTriggerAttribute>()
            where trigger.Route!.StartsWith("api/", StringComparison.Ordinal) && !trigger.Route!.Contains('*', StringComparison.Ordinal)
            select $"{trigger.Methods!.Single().ToUpperInvariant()} /{trigger.Route}";
        Assert.Equal(functions.Order(StringComparer.Ordinal), Document.Operations.Select(static operation => operation.ToString()).Order(StringComparer.Ordinal));
    }
}
