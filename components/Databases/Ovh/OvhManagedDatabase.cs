using System.Globalization;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Clouds.Ovh;
using Infra.Components.Databases.Kubernetes;
using Infra.Components.Networks.Ovh;
using Pulumi;
using CloudProjectDatabase = Pulumi.Ovh.CloudProjectDatabase;

namespace Infra.Components.Databases.Ovh;

/// <summary>
/// A database of OVHcloud. A user that its API creates is an administrator (OVHcloud documentation: users and roles), so consumers' logins
/// are made by a job in the cluster, as wherever an API has no privileges. Its certificate is signed by an authority of its own, which the
/// API knows; which names it has in a private network no public source says, so that clients verify the authority alone.
/// </summary>
internal sealed class OvhManagedDatabase : ClusterDatabase
{
    // The administrator that is there from the start and owns the databases; asking for it sets its password anew.
    private const string AdministratorName = "avnadmin";

    private readonly OvhContext _context;
    private readonly OvhCluster _cluster;
    private readonly IReadOnlyList<Resource> _ways;
    private readonly string _engine;

    /// <summary>Builds the database.</summary>
    public OvhManagedDatabase(ManagedDatabase database, OvhPrivateNetwork network, OvhContext context)
        : base(database.Args, database.Args.Contents, context.Place(database))
    {
        _context = context;
        var plan = OvhDatabaseProducts.PlanOf(Args, context.Region);
        var flavor = OvhDatabaseProducts.FlavorOf(Args, plan)!;
        _engine = Args.Engine == DatabaseEngine.PostgreSql ? "postgresql" : "mysql";
        _cluster = new OvhCluster(
            Name,
            new()
            {
                Engine = _engine,
                Version = Args.Version,
                Plan = plan,
                Flavor = flavor.Product.Code,
                DiskGiB = OvhDatabaseProducts.DiskOf(Args, flavor),
                Parameters = DatabaseParameters.SetBy(Args, OvhDatabaseProducts.Parameters(Args.Engine)).ToDictionary(
                    set => $"{(Args.Engine == DatabaseEngine.PostgreSql ? "pg" : "mysql")}.{set.Name}",
                    set => set.Value),
                MaintenanceHour = Args.MaintenanceWindow?.Hour,
                Protect = IsProtected,
            },
            network,
            context,
            Child(protect: context.Protect));
        var contents = Contain($"{Name}-database", Args.Database, Child(protect: context.Protect));
        var password = Args.Engine == DatabaseEngine.PostgreSql
            ? new CloudProjectDatabase.PostgresSqlUser(
                $"{Name}-admin",
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Name = AdministratorName },
                Child()).Password
            : new CloudProjectDatabase.User(
                $"{Name}-admin",
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = _engine, Name = AdministratorName },
                Child()).Password;
        Host = _cluster.Host;
        Port = _cluster.Port.Apply(port => port.ToString(CultureInfo.InvariantCulture));
        _ways = NetworkAccess.LeaveTo(
            database,
            context,
            Tags,
            NetworkAccess.Addresses(network.Subnet),
            _cluster.Port,
            always: IsUsed(database, context));
        Database = Output.Create(Args.Database);
        CertificateAuthority = CloudProjectDatabase.GetCertificates
            .Invoke(
                new() { ServiceName = context.Project, ClusterId = _cluster.Database.Id, Engine = _engine },
                new InvokeOptions { Provider = context.Provider })
            .Apply(certificates => certificates.Ca);
        Administrator = DatabaseAdministrator.Kept(AdministratorName, password);
        Ready = [contents, .. _ways];
        RegisterOutputs();
    }

    /// <summary>The port, as a number.</summary>
    public Output<int> Number => _cluster.Port;

    /// <inheritdoc/>
    public override bool NamesItsHost => false;

    /// <inheritdoc/>
    public override void Admit(KubernetesGrantee grantee, string role) => grantee.Reach(Name, _ways);

    /// <summary>Makes a database in the nodes.</summary>
    /// <param name="name">The name of its resource.</param>
    /// <param name="database">What it is called.</param>
    /// <param name="options">The options of its resource.</param>
    public CloudProjectDatabase.DatabaseInstance Contain(string name, string database, CustomResourceOptions options) => new(
        name,
        new() { ServiceName = _context.Project, ClusterId = _cluster.Database.Id, Engine = _engine, Name = database },
        options);
}
