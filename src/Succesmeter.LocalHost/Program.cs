using System.CommandLine;
using Succesmeter.LocalHost.CommandLine;

// Signals are ours: the command line's own handling would end the process in the middle of draining.
return await LocalHostCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
