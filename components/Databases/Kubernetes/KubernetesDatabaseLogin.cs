using System.Globalization;
using Infra.Components.Clouds.Kubernetes;
using Infra.Components.Connections;
using Infra.Components.Jobs.Kubernetes;
using Infra.Components.Relays;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Kubernetes.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Random;
using Batch = Pulumi.Kubernetes.Batch.V1;

namespace Infra.Components.Databases.Kubernetes;

/// <summary>How a database is reached from the cluster by whoever administers it.</summary>
/// <param name="Args">The database's arguments.</param>
/// <param name="Host">The private host name or address.</param>
/// <param name="Port">The port.</param>
/// <param name="CertificateAuthority">The certificates that sign the server's.</param>
/// <param name="Administrator">A secret with the administrator's login.</param>
/// <param name="UsernameKey">The key of its user name.</param>
/// <param name="PasswordKey">The key of its password.</param>
internal sealed record DatabaseAccess(
    ManagedDatabaseArgs Args,
    Output<string> Host,
    Output<string> Port,
    Output<string> CertificateAuthority,
    Output<string> Administrator,
    string UsernameKey,
    string PasswordKey)
{
    /// <summary>The environment of a job that administers the database.</summary>
    public IReadOnlyList<EnvVarArgs> Variables =>
    [
        new() { Name = DatabaseGrant.Host, Value = Host },
        new() { Name = DatabaseGrant.Port, Value = Port },
        new() { Name = DatabaseGrant.CertificateAuthority, Value = CertificateAuthority },
        FromSecret(DatabaseGrant.AdminUsername, Administrator, UsernameKey),
        FromSecret(DatabaseGrant.AdminPassword, Administrator, PasswordKey),
    ];

    /// <summary>A variable whose value a secret holds.</summary>
    public static EnvVarArgs FromSecret(string name, Input<string> secret, string key) => new()
    {
        Name = name,
        ValueFrom = new EnvVarSourceArgs { SecretKeyRef = new SecretKeySelectorArgs { Name = secret, Key = key } },
    };
}

/// <summary>A consumer's own login: a password, and a job that makes the database know it. The administrator's login goes nowhere else.</summary>
internal static class KubernetesDatabaseLogin
{
    // The official images of both engines have their user by this number.
    private const int ImageUser = 999;

    /// <summary>Passwords of letters and digits, so that no url needs escaping.</summary>
    public static RandomPassword Password(string name, ClusterContext cluster, CustomResourceOptions child) =>
        new(name, new RandomPasswordArgs { Length = 32, Special = false }, cluster.Values.Random(child));

    /// <summary>A job that runs a command against a database.</summary>
    public static Batch.Job Run(
        string name,
        DatabaseGrant grant,
        ClusterContext cluster,
        string consumer,
        IReadOnlyDictionary<string, string> tags,
        IReadOnlyList<string> command,
        IReadOnlyList<EnvVarArgs> environment,
        CustomResourceOptions options) => new(name, KubernetesJob.Spec(cluster, new ContainerPod
        {
            Cluster = cluster,
            Name = name,
            Consumer = consumer,
            Tags = tags,
            Image = $"docker.io/library/{grant.Image}",
            Capacity = new Capacity(0.1, 0.25),
            EntryPoint = command,
            Environment = environment,
            Tweak = new KubernetesServiceTweak { RunAsUser = ImageUser },
        }, retries: 6, timeoutSeconds: 600), options);

    /// <summary>Gives a consumer its login.</summary>
    public static Connection Connect(
        KubernetesGrantee grantee,
        Link link,
        DatabaseAccess access,
        IEnumerable<Resource> ready,
        RelayEndpoint? relay)
    {
        var name = grantee.GrantName(link);
        var grant = new DatabaseGrant(access.Args.Engine, access.Args.Version, access.Args.Database, link.Consumer.Name, link.Intent);
        var password = Password($"{name}-password", grantee.Cluster, grantee.Child());
        var secret = new Secret($"{name}-login", new SecretArgs
        {
            Metadata = grantee.Cluster.Metadata(grantee.Name, grantee.Tags),
            StringData = { [DatabaseGrant.LoginPassword] = password.Result },
        }, grantee.Child());
        var granted = Run(
            $"{name}-grant",
            grant,
            grantee.Cluster,
            grantee.Name,
            grantee.Tags,
            grant.Command,
            [.. access.Variables, DatabaseAccess.FromSecret(DatabaseGrant.LoginPassword, secret.Metadata.Apply(metadata => metadata.Name), DatabaseGrant.LoginPassword)],
            grantee.Child([.. ready, .. grantee.Grants]));
        grantee.Grants.Add(granted);

        // A certificate names the database, not the relay: whoever comes through one verifies the authority alone, which signs nothing else.
        // It cannot wait for a resource of this cloud, so the address waits for it.
        return Connection.ToDatabase(
            access.Args.Scheme,
            relay is null ? access.Host : Output.Tuple(relay.Address, granted.Id).Apply(both => both.Item1),
            relay is null ? access.Port : Output.Create(relay.Port.ToString(CultureInfo.InvariantCulture)),
            Output.Create(access.Args.Database),
            Output.Create(grant.Login),
            password.Result,
            access.CertificateAuthority,
            relay is null ? "verify-full" : "require");
    }
}
