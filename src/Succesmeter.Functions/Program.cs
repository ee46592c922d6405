using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Succesmeter.Functions;
using Succesmeter.Functions.Requests;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();

// The outermost first; SuccesmeterServices.Middleware names the same for the other host.
builder.UseMiddleware<RequestIds>();
builder.UseMiddleware<CrossOrigin>();
builder.UseMiddleware<RateLimits>();
builder.Services.AddSuccesmeter(builder.Configuration);

await builder.Build().RunAsync();
