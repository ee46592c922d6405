using System.CommandLine;
using Succesmeter.Learning.Attacks;
using Succesmeter.Learning.Backers;
using Succesmeter.Learning.Emergence;
using Succesmeter.Learning.Evaluation;
using Succesmeter.Learning.Networks;
using Succesmeter.Learning.References;
using Succesmeter.Learning.Replay;
using Succesmeter.Learning.Training;

var root = new RootCommand("Derives what Succesmeter scores with: trains and measures forecasts, makes reference tables, and replays past campaigns.")
{
    TrainCommand.Create(),
    CrossvalidateCommand.Create(),
    EvaluateCommand.Create(),
    TransferCommand.Create(),
    SocialForecastsCommand.Create(),
    ChartCommand.Create(),
    TimeCommand.Create(),
    ReferencesCommand.Create(),
    AttacksCommand.Create(),
    ReplayCommand.Create(),
    NextGiftCommand.Create(),
    EmergenceStudyCommand.Create(),
    EmergencePooledCommand.Create(),
    EmergenceTimeCommand.Create(),
};

return await root.Parse(args).InvokeAsync();
