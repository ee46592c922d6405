using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Succesmeter.Functions;
using Succesmeter.Storage;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services.AddSuccesmeter(builder.Configuration);

var app = builder.Build();
await app.Services.GetRequiredService<StorageAccount>().PrepareAsync(CancellationToken.None);
await app.RunAsync();
