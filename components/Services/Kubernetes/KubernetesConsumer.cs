using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Connections;
using Infra.Components.Relays;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace Infra.Components.Services.Kubernetes;

/// <summary>
/// A service's or job's side of its links: per link a login, the policies that let it through, and the environment variables. Secret values
/// are kept in one secret per link, which Pulumi names: a new value is a new secret, so pods roll onto it and a rollback finds the old one.
/// </summary>
internal static class KubernetesConsumer
{
    /// <summary>Makes a consumer's links work.</summary>
    /// <param name="declared">The service or job.</param>
    /// <param name="grantee">The component that receives the grants.</param>
    /// <param name="targets">The links' targets in this cluster; services are known by their names and need not be built.</param>
    /// <param name="foreign">How it reaches targets on other clouds.</param>
    /// <returns>The environment, the declared variables first.</returns>
    public static IReadOnlyList<EnvVarArgs> Connect(
        Consumer declared,
        KubernetesGrantee grantee,
        Func<Component, ILinkTarget> targets,
        IReadOnlyDictionary<Link, ForeignTarget> foreign)
    {
        var variables = declared.Container.Environment
            .OrderBy(variable => variable.Key, StringComparer.Ordinal)
            .Select(variable => new EnvVarArgs { Name = variable.Key, Value = variable.Value })
            .ToList();
        foreach (var link in declared.Links) variables.AddRange(Connect(link, grantee, targets, foreign));
        return variables;
    }

    private static IEnumerable<EnvVarArgs> Connect(
        Link link,
        KubernetesGrantee grantee,
        Func<Component, ILinkTarget> targets,
        IReadOnlyDictionary<Link, ForeignTarget> foreign)
    {
        var name = grantee.GrantName(link);
        Connection connection;
        if (foreign.TryGetValue(link, out var distant))
        {
            if (distant.Port is { } port) grantee.Leave(name, distant.Addresses.Select(address => NetworkAccess.Addresses(Output.Format($"{address}/32"))), port);
            connection = distant.Connection;
        }
        else
        {
            var target = targets(link.Target);
            target.Admit(grantee, name);
            connection = target.Connect(grantee, link, relay: null);
        }

        return Variables(name, link, grantee, connection);
    }

    private static IEnumerable<EnvVarArgs> Variables(string name, Link link, KubernetesGrantee grantee, Connection connection)
    {
        var values = new InputMap<string>();
        foreach (var (variable, entry) in connection.Variables(link.Prefix).Where(variable => variable.Entry.Secret)) values.Add(variable, entry.Value);
        var secret = connection.Entries.Any(entry => entry.Secret)
            ? new Secret(name, new SecretArgs { Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags), StringData = values }, grantee.Child())
            : null;
        return connection.Variables(link.Prefix).Select(variable => variable.Entry.Secret
            ? ContainerPod.FromSecret(variable.Name, ClusterContext.NameOf(secret!), variable.Name)
            : new EnvVarArgs { Name = variable.Name, Value = variable.Entry.Value });
    }
}
