using System.CommandLine;
using Succesmeter.Learning.Replay;

var root = new RootCommand("Trains and measures Succesmeter's forecasts.")
{
    ReplayCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
