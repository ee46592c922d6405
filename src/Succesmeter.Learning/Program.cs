using System.CommandLine;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Learning.Training;

var root = new RootCommand("Trains and measures Succesmeter's forecasts.")
{
    TrainCommand.Create(),
    CrossvalidateCommand.Create(),
    EvaluateCommand.Create(),
    TransferCommand.Create(),
    ChartCommand.Create(),
    TimeCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
