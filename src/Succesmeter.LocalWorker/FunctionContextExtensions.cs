using Microsoft.AspNetCore.Http;

namespace Microsoft.Azure.Functions.Worker;

public static class FunctionContextExtensions
{
    /// <returns>The request that triggered the invocation, or null where something else did.</returns>
    public static HttpContext? GetHttpContext(this FunctionContext context) =>
        context.Items.TryGetValue("HttpRequestContext", out var request) ? request as HttpContext : null;
}
