using System.CommandLine;
using Succesmeter.Benchmarks;

var root = new RootCommand("Measures Succesmeter; every figure in docs/ says which of these printed it.")
{
    IntakeCommand.Create(),
    ScoreCommand.Create(),
    NetworkCommand.Create(),
    OwnReferencesCommand.Create(),
    CrawlCommand.Create(),
    WebhookCommand.Create(),
    ServeCommand.Create(),
    ScaleCommand.Create(),
    ThroughputCommand.Create(),
    GrowthCommand.Create(),
    StartCommand.Create(),
    SoakCommand.Create(),
    MicroCommand.Create(),
    PeersCommand.Create(),
    SummaryCommand.Create(),
};
foreach (var served in ServedProcess.Commands())
    root.Subcommands.Add(served);

return await root.Parse(args).InvokeAsync();
