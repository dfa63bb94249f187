using Infra.CommandLine;
using Infra.Engine;
using Infra.Settings;
using Infra.Stacks;

namespace Infra;

/// <summary>Under the Pulumi engine, deploys; otherwise the command line.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        // Returned explicitly: a rehearsal that finds errors sets the process' own exit code, which then stays behind.
        if (arguments.Length == 0 && EngineVariables.Read() is { } variables) return await EngineRun.RunAsync(variables, Systems.All, Console.Error);

        // A command runs for a moment: compiling regular expressions and accessors, as libraries do, costs it more than interpreting them.
        AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
        var stacks = StackFolder.Around(AppContext.BaseDirectory) ?? StackFolder.Around(Environment.CurrentDirectory);
        return new InfraCommand(stacks, Systems.All, Console.OpenStandardOutput(), Console.Error).Run(arguments);
    }
}
