using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Settings;

namespace Infra;

/// <summary>Lists the stacks.</summary>
internal static class Program
{
    public static int Main()
    {
        var findings = new Findings();
        if (StackFolder.Around(AppContext.BaseDirectory) is { } stacks) StackList.Read(stacks, findings).WriteText(Console.Out);
        foreach (var line in Report.Lines(findings)) Console.Error.WriteLine(line);
        return findings.HasErrors ? ExitCode.Unusable : ExitCode.Success;
    }
}
