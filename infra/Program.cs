using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Engine;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Stacks;

namespace Infra;

/// <summary>Under the Pulumi engine, deploys; otherwise the command line.</summary>
internal static class Program
{
    public static async Task<int> Main(string[] arguments)
    {
        try
        {
            // Returned explicitly: a rehearsal that finds errors sets the process' own exit code, which then stays behind.
            if (arguments.Length == 0 && EngineVariables.Read() is { } variables)
                return await EngineRun.RunAsync(variables, Systems.All, Console.Error, TimeProvider.System);

            return Command(Systems.All, arguments, AppContext.BaseDirectory, Environment.CurrentDirectory);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            await Console.Error.WriteLineAsync($"error: {Printable.Of(Failure.Describe(exception))}");
            return ExitCode.Failed;
        }
    }

    /// <summary>
    /// Runs a command line for the project around the first of some folders that has one, and returns the process' exit code.
    /// </summary>
    internal static int Command(IReadOnlyList<SystemDeclaration> systems, string[] arguments, params IEnumerable<string> folders)
    {
        // A command runs for a moment: compiling regular expressions and accessors, as libraries do, costs it more than interpreting them.
        AppContext.SetSwitch("System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported", false);
        var stacks = folders.Select(StackFolder.Around).FirstOrDefault(folder => folder is not null);
        var command = new InfraCommand(
            stacks,
            systems,
            Console.OpenStandardOutput(),
            Console.Error,
            TimeProvider.System,
            TextLayout.OfConsole());
        return command.Run(arguments);
    }
}
