using Infra.Components.Checks;
using Infra.Facts;

namespace Infra.Plans.Rules;

/// <summary>
/// No secret lands where the cloud shows it to everyone who may look at the resource. Pulumi encrypts it in its own state all the same, so
/// a property that is not known to be shown is a warning only. Values that were computed from a secret without holding it, such as
/// checksums, are no finding.
/// </summary>
internal static class PlainSecrets
{
    private static readonly Rule Hidden = new(
        "secret-plain", "Secrets stand where the cloud keeps them", Severity.Error, Severity.Error, Severity.Error, CanBeWaived: false);

    public static IEnumerable<Finding> Check(Plan plan) =>
        from resource in plan.Resources
        where !resource.IsProvider
        let facts = FactTables.Of(resource.Type)
        from secret in resource.Secrets
        where secret is { Kept: false, Readable: true }
        let property = Property(secret.Path)
        where property is not ("keepers" or "triggers") && facts?.Keeps.Contains(property) != true
        select new Finding(
            facts?.Shows.Contains(property) == true || IsShown(secret.Path) ? Severity.Error : Severity.Warning,
            Hidden,
            resource.Component,
            $"{secret.Path} of {resource.Urn} holds a secret, and whoever may look at the resource can read it; allowed: properties that "
            + "the cloud keeps secret, and references to a secret store. Put the value into a secret of the cloud and refer to that.");

    private static string Property(string path) => path.IndexOfAny(['.', '[']) is var end && end < 0 ? path : path[..end];

    // Shown whatever the type: labels, descriptions, and the environment of containers.
    private static bool IsShown(string path) =>
        Property(path) is "tags" or "tagsAll" or "description" or "name"
        || path.StartsWith("metadata.", StringComparison.Ordinal)
        || path.Contains(".containers[", StringComparison.Ordinal)
        || path.Contains(".initContainers[", StringComparison.Ordinal);
}
