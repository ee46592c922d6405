using System.Reflection;

namespace Succesmeter.LocalHost.CommandLine;

/// <summary>The one place where the host knows whose functions it runs.</summary>
internal static class SuccesmeterFunctions
{
    public static LocalHostOptions In(LocalHostOptions options) => options with
    {
        Assemblies = [Assembly.Load("Succesmeter.Functions")],
    };
}
