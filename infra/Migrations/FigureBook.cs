using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Migrations;

/// <summary>
/// What the figures of a stack are: those of the command line before those of the stack file, those of a component before those of the
/// whole stack, these before what follows from an argument, and that before what is usual.
/// </summary>
/// <param name="settings">The stack file's.</param>
/// <param name="told">Those of the command line, by component and figure; of the whole stack under an empty name.</param>
internal sealed class FigureBook(StackSettings settings, IReadOnlyDictionary<(string Component, string Figure), double> told)
{
    /// <summary>A figure that is usual where nobody says.</summary>
    public GivenFigure Of(Component component, MoveFigure figure) =>
        Find(component, figure) ?? new(figure.Name, figure.Usual!.Value, figure.Unit, $"usual: {figure.Source}");

    /// <summary>A figure that follows from an argument where nobody says.</summary>
    public GivenFigure Of(Component component, MoveFigure figure, double argument, string origin) =>
        Find(component, figure) ?? new(figure.Name, argument, figure.Unit, origin);

    /// <summary>A figure that somebody says; null where nobody does.</summary>
    public GivenFigure? Find(Component component, MoveFigure figure)
    {
        foreach (var (name, path) in new[] { (component.Name, $"{component.Name}.{figure.Name}"), ("", figure.Name) })
        {
            if (told.TryGetValue((name, figure.Name), out var number)) return new(figure.Name, number, figure.Unit, $"--figure {path}");
        }

        foreach (var (name, path) in new[] { (component.Name, $"{component.Name}.{figure.Name}"), ("", figure.Name) })
        {
            if (settings.Figures.GetValueOrDefault(name) is { } figures && figures.TryGetValue(figure.Name, out var number))
                return new(figure.Name, number, figure.Unit, $"infra:figures.{path}");
        }

        return null;
    }
}
