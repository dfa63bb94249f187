using Pulumi;

namespace Infra.Components.Clouds;

/// <summary>
/// Makes the options of a component's child: <see cref="PlacedComponent"/>'s own method, lent to those who create children for it.
/// </summary>
internal delegate CustomResourceOptions ChildOptions(
    bool protect = false,
    IEnumerable<string>? ignoreChanges = null,
    IEnumerable<Resource>? dependsOn = null,
    bool deleteBeforeReplace = false);
