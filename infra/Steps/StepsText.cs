using System.Globalization;
using Infra.Components.Checks;

namespace Infra.Steps;

/// <summary>Steps as text: numbered, their notes below, their commands indented so that they can be copied.</summary>
internal static class StepsText
{
    /// <summary>Writes them.</summary>
    public static void Write(IReadOnlyList<Step> steps, TextWriter writer)
    {
        foreach (var (index, step) in steps.Index())
        {
            if (index > 0) writer.WriteLine();
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{index + 1}. {Printable.Of(step.Title)}"));
            foreach (var note in step.Notes) writer.WriteLine($"   {Printable.Of(note)}");
            if (step.Commands.Count > 0) writer.WriteLine();
            foreach (var line in step.Commands.SelectMany(command => command.Split('\n')))
                writer.WriteLine($"     {Printable.Of(line)}");
        }
    }
}
