using System.CommandLine;
using Succesmeter.Learning.References;
using Succesmeter.Learning.Training;

var root = new RootCommand("Derives what Succesmeter scores with: trains and measures forecasts, and makes reference tables.")
{
    TrainCommand.Create(),
    ReferencesCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
