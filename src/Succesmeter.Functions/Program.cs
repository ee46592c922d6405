using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Succesmeter.Functions;
using Succesmeter.Functions.Requests;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// The outermost first; SuccesmeterServices.Middleware names the same for the other host.
builder.UseMiddleware<RequestIds>();
builder.UseMiddleware<CrossOrigin>();
builder.UseMiddleware<Outages>();
builder.UseMiddleware<RateLimits>();
builder.Services.AddSuccesmeter(builder.Configuration);

// The host's own spans and those of the worker belong to one run.
if (builder.Configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"] is { Length: > 0 } || builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is { Length: > 0 })
    builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();

await builder.Build().RunAsync();
