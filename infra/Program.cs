using Infra.CommandLine;
using Infra.Components.Systems;
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
        if (arguments.Length == 0 && EngineVariables.Read() is { } variables)
            return await EngineRun.RunAsync(variables, Systems.All, Console.Error, TimeProvider.System);

        return Command(Systems.All, arguments, AppContext.BaseDirectory, Environment.CurrentDirectory);
    }

    /// <summary>
    /// Runs a command line for the project around the first of some folders that has one, and returns the process' exit code.
    /// </summary>
    internal static int Command(IReadOnlyList<SystemDeclaration> systems, string[] arguments, params IEnumerable<string> folders)
    {
        // A command runs for a moment: compiling regular expressions and accessors, as libraries do, costs it more than interpreting them.
        AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
        var stacks = folders.Select(StackFolder.Around).FirstOrDefault(folder => folder is not null);
        return new InfraCommand(stacks, systems, Console.OpenStandardOutput(), Console.Error, TimeProvider.System).Run(arguments);
    }
}
