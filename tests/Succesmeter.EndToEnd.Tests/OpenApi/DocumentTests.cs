namespace Succesmeter.EndToEnd.Tests.OpenApi;

/// <summary>The document of the API: what is served was approved, and what was approved is what the code says.</summary>
public sealed class DocumentTests
{
    [Fact]
    public async Task The_approved_document_is_what_the_code_says()
    {
        if (Document.IsRenewed)
            await File.WriteAllTextAsync(Document.ApprovedPath, Document.Generated);

        Assert.True(
            await File.ReadAllTextAsync(Document.ApprovedPath) == Document.Generated,
            $"docs/openapi.json is not what the endpoints say. If the change is wanted, renew it with {Document.RenewSetting}=1 dotnet test tests/Succesmeter.EndToEnd.Tests --filter {nameof(DocumentTests)}, "
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
            select $"{trigger.Methods!.First().ToUpperInvariant()} /{trigger.Route}";
        Assert.Equal(functions.Order(StringComparer.Ordinal), Document.Operations.Select(static operation => operation.ToString()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_answer_to_a_reader_has_an_example_that_fits_its_schema()
    {
        var complaints = new List<string>();
        foreach (var operation in Document.Operations.Where(static operation => operation.Method == HttpMethod.Get && operation.Responses.ContainsKey("200")))
        {
            var shown = operation.Responses["200"]!["content"]!.AsObject().Where(static content => content.Value!["example"] is not null).ToList();
            if (shown.Count == 0)
                complaints.Add($"{operation.Id} shows none");
            foreach (var (media, content) in shown)
                if (media == "application/json" && content!["schema"] is System.Text.Json.Nodes.JsonObject { Count: > 0 } schema)
                    complaints.AddRange(Shape.Misfits(schema, content["example"]).Select(misfit => $"{operation.Id}: {misfit}"));
        }

        Assert.True(complaints.Count == 0, $"{string.Join('\n', complaints)}\nRenew them with {Document.RenewSetting}=1 dotnet test tests/Succesmeter.EndToEnd.Tests --filter {nameof(ReplayTests)}, and then the document.");
    }
}
