using System.CommandLine;
using Succesmeter.Learning.References;

var root = new RootCommand("Trains, evaluates and derives what Succesmeter scores with.");
root.Subcommands.Add(ReferencesCommand.Create());
return root.Parse(args).Invoke();
