using Succesmeter.Functions;
using Succesmeter.LocalHost.Demo;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>The one place where the host knows whose functions it runs.</summary>
internal static class SuccesmeterFunctions
{
    public static LocalHostOptions In(LocalHostOptions options) => options with
    {
        Assemblies = [typeof(SuccesmeterServices).Assembly],
        Services = (services, configuration) => services.AddSuccesmeter(configuration).AddDemoTown(configuration),
    };
}
