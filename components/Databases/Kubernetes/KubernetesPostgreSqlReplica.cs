using System.Globalization;
using Infra.Components.Addons;
using Infra.Components.Addons.Kubernetes;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Pulumi;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// A replica of PostgreSQL: a cluster of CloudNativePG of one machine that follows its servers over TLS, and from the archive of their log
/// what it missed. The servers' authority signs its certificate too. Another major version is another object, which is copied from the
/// upgraded servers before the old one goes.
/// </summary>
internal sealed class KubernetesPostgreSqlReplica : ClusterDatabase
{
    private readonly KubernetesPostgreSql _server;
    private readonly IReadOnlyList<Resource> _ways;

    /// <summary>Creates the replica.</summary>
    /// <param name="replica">The declared replica.</param>
    /// <param name="server">What it copies.</param>
    /// <param name="database">The database that its consumers read: the server's own or another.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    public KubernetesPostgreSqlReplica(
        ReadReplica replica,
        KubernetesPostgreSql server,
        ClusterDatabase database,
        KubernetesContext context)
        : base(
            replica.Args.Of.Args,
            replica.Args.Contents(replica.Name),
            context.PlaceInCluster(replica) with { RunsOn = KubernetesPostgreSql.Product })
    {
        _server = server;
        Administrator = database.Administrator;
        Ready = database.Ready;
        var (cluster, tags) = (context.Running, Tags);
        var called = NameOf(replica);
        var pods = KubernetesPostgreSql.PodsOf(called);
        var follows = new[] { NetworkAccess.Tcp(Args.Port) };
        var servers = KubernetesPostgreSql.PodsOf(server.Name);
        var peers = NetworkAccess.Operated(
            Name, cluster, tags, pods, Releases.CloudNativePg.Namespace, outside: server.Archive is not null, Child());
        var leaves = NetworkAccess.Egress(
            $"{Name}-source-egress", cluster.Metadata(Name, tags), pods, [NetworkAccess.Pods(servers)], follows, Child());
        var enters = NetworkAccess.Ingress(
            $"{Name}-source-ingress", cluster.Metadata(Name, tags), servers, [NetworkAccess.Pods(pods)], follows, Child());
        _ways = context.LinksTo(replica).Any() ? NetworkAccess.Open(Name, cluster, tags, pods, Args.Port) : [];
        var options = Child(
            ignoreChanges: ["spec.bootstrap"],
            dependsOn: [.. cluster.Of(Addon.DatabaseOperator), server.Holder, peers, leaves, enters]).Within(KubernetesPostgreSql.Patience);

        // A copy follows the servers from which it was made, and no others.
        options.ReplaceOnChanges.Add("spec.replica.source");
        server.Copy(
            Name,
            cluster.Named(called, Name, tags, CustomObject.WaitFor("condition=Ready")),
            KubernetesPostgreSql.Machines(
                Args with { Size = replica.Args.EffectiveSize },
                instances: 1,
                DatabaseExtensions.On(replica.Args.Of, context),
                server.Signer,
                cluster,
                tags),
            options);

        // Of one machine, which to the operator is the first among its own.
        Host = Output.Create(cluster.Host($"{called}-r"));
        Port = Output.Create(Args.Port.ToString(CultureInfo.InvariantCulture));
        Database = Output.Create(replica.Args.Contents(Name).Database);
        CertificateAuthority = server.CertificateAuthority;
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public override PlacedDatabase Writer => _server;

    /// <inheritdoc/>
    public override string Server => _server.Name;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    private static string NameOf(ReadReplica replica) => $"{replica.Name}-{replica.Args.Of.Args.Version}";
}
