using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;

namespace Infra.Tests.Testing;

/// <summary>A variable as a container sees it.</summary>
/// <param name="Value">Its value in the plan; null when it comes from a secret store.</param>
public sealed record Variable(string? Value)
{
    public bool IsSecret => Value is null;
}

/// <summary>A file as a container sees it.</summary>
/// <param name="Content">Its content in the plan; null when it comes from a secret store.</param>
/// <param name="Holder">The resource that holds it.</param>
public sealed record MountedFile(string? Content, PlannedResource Holder)
{
    public bool IsSecret => Content is null;
}

/// <summary>A container of a service or job, as its cloud has it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Image">Its image.</param>
/// <param name="GoesOn">Whether it goes on beside the others, rather than running to its end before them.</param>
/// <param name="Words">What it runs.</param>
/// <param name="Variables">Its environment.</param>
/// <param name="Files">The paths that files are mounted at, or the directories of these.</param>
/// <param name="User">The user by number; null for the image's own.</param>
/// <param name="Check">What it must answer to have started; null where nobody asks.</param>
/// <param name="After">The containers that start before it: what goes on has started, or is well where somebody asks it.</param>
public sealed record SeenContainer(
    string Name,
    string Image,
    bool GoesOn,
    string Words,
    IReadOnlyDictionary<string, Variable> Variables,
    IReadOnlyList<string> Files,
    string? User,
    string? Check,
    IReadOnlyList<string> After);

/// <summary>
/// How the promises of the contract suites show on one cloud. A suite states a promise once; this says where to look. Another cloud is one
/// of these and one subclass per suite.
/// </summary>
public abstract class CloudFixture(Cloud cloud)
{
    public Cloud Cloud { get; } = cloud;

    /// <summary>Plans what <paramref name="declare"/> declares on this cloud.</summary>
    public Plan Plan(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production)
    {
        var system = TestSystems.Declare(declare);
        return Rehearsal.Run(system, SettingsFor(system, environment));
    }

    /// <summary>The settings of a test; a cloud whose cluster or account must offer something for a promise says so here.</summary>
    public virtual StackSettings SettingsFor(SystemDeclaration system, EnvironmentKind environment) =>
        TestSettings.For(Cloud, environment, system);

    /// <summary>Plans, and demands that nothing is wrong.</summary>
    public Plan PlanWithoutErrors(Action<Model> declare, EnvironmentKind environment = EnvironmentKind.Production) =>
        Plan(declare, environment).WithoutErrors();

    /// <summary>The script that sets up the logins of a database's consumers on the cloud.</summary>
    public abstract string GrantScriptOf(Plan plan, string database);

    /// <summary>The parameters that a database's server is given, in the cloud's words and units.</summary>
    public abstract IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string database);

    /// <summary>The environment of a service's or job's container.</summary>
    public abstract IReadOnlyDictionary<string, Variable> VariablesOf(Plan plan, string consumer);

    /// <summary>
    /// Every container of a service or job that its author declares, the steps and sidecars by their names: what the cloud needs besides,
    /// to write files or to ask whether one is well, is none.
    /// </summary>
    public abstract IReadOnlyDictionary<string, SeenContainer> ContainersOf(Plan plan, string consumer);

    /// <summary>The files of a service's or job's container, by path, each of which it can read and not write.</summary>
    public abstract IReadOnlyDictionary<string, MountedFile> FilesOf(Plan plan, string consumer);

    /// <summary>The resource that holds the data of a store.</summary>
    public PlannedResource StoreOf(Plan plan, string component) => PlannedStore.Of(plan, Cloud, component).Holder;

    /// <summary>Whether a store survives the loss of a machine.</summary>
    public abstract bool IsHighlyAvailable(Plan plan, string component);

    /// <summary>For how many days one can go back.</summary>
    public abstract int BackupDays(Plan plan, string component);

    /// <summary>The resource that runs a service's or job's container.</summary>
    public abstract PlannedResource WorkloadOf(Plan plan, string consumer);

    /// <summary>What replaces entry point and command of a service's or job's image, word by word; empty for the image's own.</summary>
    public abstract (IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Command) WordsOf(Plan plan, string consumer);

    /// <summary>The user that a service's or job's container runs as, its group behind a colon; null for the image's own.</summary>
    public abstract string? UserOf(Plan plan, string consumer);

    /// <summary>
    /// What a container must answer to have started, such as <c>http 8080 /ready</c>, <c>tcp 8080</c>, <c>grpc 8080</c> or
    /// <c>command /bin/check</c>; null where nobody asks.
    /// </summary>
    public abstract string? CheckOf(Plan plan, string service);

    /// <summary>What the probe of a container asks over the network, whose fields Cloud Run has of Kubernetes.</summary>
    private protected static string? NetworkCheckOf(JsonElement container) =>
        container.At("startupProbe.httpGet.port") is { } http ? $"http {http} {container.At("startupProbe.httpGet.path")}"
        : container.At("startupProbe.tcpSocket.port") is { } tcp ? $"tcp {tcp}"
        : container.At("startupProbe.grpc.port") is { } grpc ? $"grpc {grpc}"
        : null;

    /// <summary>The resource that starts a service's containers.</summary>
    public abstract PlannedResource StartOf(Plan plan, string service);

    /// <summary>The resource that is there only when a job has succeeded.</summary>
    public abstract PlannedResource RunOf(Plan plan, string job);

    /// <summary>The bounds of automatic scaling; null when the number of replicas is fixed.</summary>
    public abstract (int Minimum, int Maximum, int CpuPercent)? ScalingOf(Plan plan, string service);

    /// <summary>Whether an update stops the replicas of a service before it starts others.</summary>
    public abstract bool StopsFirst(Plan plan, string service);

    /// <summary>The vCPU and memory that one replica gets.</summary>
    public abstract Capacity CapacityOf(Plan plan, string consumer);

    /// <summary>The hosts and paths of a load balancer's routes in the order in which they are tried, each with its service.</summary>
    public abstract IReadOnlyList<(string Host, string Path, string Service)> RoutesOf(Plan plan, string loadBalancer);

    /// <summary>The hosts that a load balancer redirects for good over HTTPS, path and query kept, and where to: both in full.</summary>
    public abstract IReadOnlyList<(string Host, string To)> RedirectsOf(Plan plan, string loadBalancer);

    /// <summary>From where a route alone is reached, whoever comes from elsewhere being answered 403.</summary>
    public abstract IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer, string host, string path);

    /// <summary>
    /// The certificates of a load balancer, the first before the others: each listener that ends TLS has all of them.
    /// </summary>
    public abstract IReadOnlyList<string> CertificatesOf(Plan plan, string loadBalancer);

    /// <summary>
    /// Whether a host in full, of which some paths have a route, is answered 404 on the others although a wildcard takes them: by a rule,
    /// or because the most specific host decides alone.
    /// </summary>
    public abstract bool AnswersAlone(Plan plan, string loadBalancer, string host);

    /// <summary>What ports of a load balancer take beside HTTP, of <c>tcp</c> and <c>udp</c>; others are refused.</summary>
    public virtual IReadOnlyList<string> Transports => ["tcp", "udp"];

    /// <summary>
    /// The ports of a load balancer at which what is no HTTP enters, in order: what is spoken there, and the service and its port that it
    /// leads to, which the network lets through.
    /// </summary>
    public abstract IReadOnlyList<(int Port, string Protocol, string Service, int Target)> ListenersOf(Plan plan, string loadBalancer);

    /// <summary>
    /// The fewest seconds after which something on the way to a service closes a WebSocket on which nothing is said, or ends an answer that
    /// is still coming.
    /// </summary>
    public abstract int ShortestSilence(Plan plan, string loadBalancer);

    /// <summary>
    /// The blocks of addresses from which HTTPS, and every port that is no HTTP, is reached: the same for all of them.
    /// </summary>
    public abstract IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer);

    /// <summary>Whether load balancers can ask for a name and a password; where they cannot, it is refused.</summary>
    public virtual bool AsksForPasswords => false;

    /// <summary>Whether TLS that passes as it comes is told apart by the host that clients name.</summary>
    public virtual bool PassesTlsByName => false;

    /// <summary>How many requests a minute come through from one address; more are answered 429.</summary>
    public abstract int RequestsPerMinute(Plan plan, string loadBalancer);

    /// <summary>Whether a load balancer speaks HTTP/2 to a service, and the service's container is told nothing else.</summary>
    public abstract bool LeadsByHttp2(Plan plan, string loadBalancer, string service);

    /// <summary>Whether plain HTTP is answered by a redirect to HTTPS.</summary>
    public abstract bool RedirectsToHttps(Plan plan, string loadBalancer);

    /// <summary>
    /// Everything that a consumer may do, a line each: statements of policies, network access, logins. It is what least privilege is proven
    /// by.
    /// </summary>
    public abstract IReadOnlyList<string> GrantsOf(Plan plan, string consumer);
}
