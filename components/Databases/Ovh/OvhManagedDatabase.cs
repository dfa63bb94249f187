using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks.Ovh;
using Infra.Components.Placements;
using Pulumi;
using CloudProjectDatabase = Pulumi.Ovh.CloudProjectDatabase;

namespace Infra.Components.Databases.Ovh;

/// <summary>
/// A database of OVHcloud. A user that its API creates is an administrator (OVHcloud documentation: users and roles), so consumers' logins
/// are made by a job in the cluster, as wherever an API has no privileges. Its certificate is signed by an authority of its own, which the
/// API knows; which names it has in a private network no public source says, so that clients verify the authority alone.
/// </summary>
internal sealed class OvhManagedDatabase : ClusterDatabase, ILinkTarget<KubernetesGrantee>
{
    // The administrator that is there from the start and owns the databases; asking for it sets its password anew.
    private const string Administrator = "avnadmin";

    private readonly OvhCluster _cluster;
    private readonly IReadOnlyList<Resource> _ways;
    private readonly DatabaseAdministrator _administrator;
    private readonly Resource _database;

    /// <summary>Builds the database.</summary>
    public OvhManagedDatabase(ManagedDatabase database, OvhPrivateNetwork network, OvhContext context)
        : base(database.Args, context.Place(database))
    {
        var plan = OvhDatabaseProducts.PlanOf(Args, context.Region);
        var flavor = OvhDatabaseProducts.FlavorOf(Args, plan)!;
        var engine = Args.Engine == DatabaseEngine.PostgreSql ? "postgresql" : "mysql";
        _cluster = new OvhCluster(
            Name,
            new()
            {
                Engine = engine,
                Version = Args.Version,
                Plan = plan,
                Flavor = flavor.Product.Code,
                DiskGiB = OvhDatabaseProducts.DiskOf(Args, flavor),
                Parameters = DatabaseParameters.SetBy(Args, OvhDatabaseProducts.Parameters(Args.Engine)).ToDictionary(
                    set => $"{(Args.Engine == DatabaseEngine.PostgreSql ? "pg" : "mysql")}.{set.Name}",
                    set => set.Value),
                Protect = context.Protect,
            },
            network,
            context,
            Child(protect: context.Protect));
        _database = new CloudProjectDatabase.DatabaseInstance(
            $"{Name}-database",
            new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = engine, Name = Args.Database },
            Child(protect: context.Protect));
        var password = Args.Engine == DatabaseEngine.PostgreSql
            ? new CloudProjectDatabase.PostgresSqlUser(
                $"{Name}-admin",
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Name = Administrator },
                Child()).Password
            : new CloudProjectDatabase.User(
                $"{Name}-admin",
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = engine, Name = Administrator },
                Child()).Password;
        Host = _cluster.Host;
        Port = _cluster.Port.Apply(port => port.ToString(CultureInfo.InvariantCulture));
        _ways = NetworkAccess.LeaveTo(database, context, Tags, NetworkAccess.Addresses(network.Subnet), _cluster.Port);
        Database = Output.Create(Args.Database);
        CertificateAuthority = CloudProjectDatabase.GetCertificates
            .Invoke(
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = engine },
                new InvokeOptions { Provider = context.Provider })
            .Apply(certificates => certificates.Ca);
        _administrator = DatabaseAdministrator.Kept(Administrator, password);
        RegisterOutputs();
    }

    /// <inheritdoc/>
    public Endpoint Endpoint => new(Host, Port, SpeaksTls: true);

    /// <inheritdoc/>
    protected override bool NamesItsHost => false;

    /// <inheritdoc/>
    public void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    /// <inheritdoc/>
    public Connection Connect(KubernetesGrantee grantee, StandingLink link, RelayEndpoint? relay) =>
        Grant(grantee, link, relay, _administrator, [_database, .. _ways]);
}
