using System.Globalization;
using System.Text.Json;
using Infra.Components.Systems;
using Infra.Plans;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>How promises show on Google Cloud.</summary>
public sealed class GcpFixture() : CloudFixture(Cloud.Gcp)
{
    private const string Service = "gcp:cloudrunv2/service:Service";
    private const string WorkerPool = "gcp:cloudrunv2/workerPool:WorkerPool";
    private const string Job = "gcp:cloudrunv2/job:Job";

    public override IReadOnlyDictionary<string, Variable> VariablesOf(Plan plan, string consumer)
    {
        var container = Container(plan, consumer);
        var variables = List(container, "envs").ToDictionary(
            entry => entry.At("name")!,
            entry => new Variable(entry.At("valueSource.secretKeyRef.secret") is null ? entry.At("value") : null));

        // Cloud Run's own (Google Cloud documentation: Cloud Run container runtime contract).
        if (container.At("ports.containerPort") is { } port) variables.Add("PORT", new Variable(port));
        return variables;
    }

    public override IReadOnlyDictionary<string, SeenContainer> ContainersOf(Plan plan, string consumer)
    {
        var containers = List(Template(WorkloadOf(plan, consumer)), "containers").ToList();
        return containers.ToDictionary(container => container.At("name") ?? consumer, container => new SeenContainer(
            container.At("name") ?? consumer,
            container.At("image")!,
            GoesOn: true,
            string.Join(' ', Words(container, "commands").Concat(Words(container, "args"))),
            List(container, "envs").ToDictionary(
                entry => entry.At("name")!,
                entry => new Variable(entry.At("valueSource.secretKeyRef.secret") is null ? entry.At("value") : null)),
            [.. List(container, "volumeMounts").Select(mount => mount.At("mountPath")!)],
            User: null,
            NetworkCheckOf(container),
            Words(container, "dependsOns")));
    }

    // Every file is a version of the secret that is its directory.
    public override IReadOnlyDictionary<string, MountedFile> FilesOf(Plan plan, string consumer)
    {
        var workload = WorkloadOf(plan, consumer);
        var template = Template(workload);
        var paths = List(Container(plan, consumer), "volumeMounts")
            .ToDictionary(mount => mount.At("name")!, mount => mount.At("mountPath")!);
        var files = new Dictionary<string, MountedFile>();
        foreach (var volume in List(template, "volumes"))
        {
            Assert.Equal("292", volume.At("secret.defaultMode"));
            foreach (var item in List(volume.GetProperty("secret"), "items"))
            {
                var version = plan.Of(consumer).SingleOrDefault(resource =>
                    resource.TypeName == "SecretVersion" && item.At("version") == $"{{{resource.Name}.version}}");
                Assert.Equal(
                    volume.At("secret.secret"),
                    version?.Input("secret")!.Replace(".id}", ".secretId}", StringComparison.Ordinal) ?? volume.At("secret.secret"));

                // What others keep has no other holder of the consumer's own than what refers to it.
                files.Add($"{paths[volume.At("name")!]}/{item.At("path")}", new(null, version ?? workload));
            }
        }

        return files;
    }

    public override bool IsHighlyAvailable(Plan plan, string component) =>
        StoreOf(plan, component) is var store
        && (store.Input("settings.availabilityType") == "REGIONAL" || store.Input("tier") == "STANDARD_HA");

    public override int BackupDays(Plan plan, string component) =>
        Number(StoreOf(plan, component).Input("settings.backupConfiguration.backupRetentionSettings.retainedBackups"));

    public override PlannedResource WorkloadOf(Plan plan, string consumer) =>
        plan.Of(consumer).Single(resource => resource.Type is Service or WorkerPool or Job && resource.Name == consumer);

    public override (IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Command) WordsOf(Plan plan, string consumer) =>
        (Words(Container(plan, consumer), "commands"), Words(Container(plan, consumer), "args"));

    public override string? UserOf(Plan plan, string consumer) => null;

    public override string? CheckOf(Plan plan, string service) => NetworkCheckOf(Container(plan, service));

    public override PlannedResource StartOf(Plan plan, string service) => WorkloadOf(plan, service);

    public override PlannedResource RunOf(Plan plan, string job) => WorkloadOf(plan, job);

    public override (int Minimum, int Maximum, int CpuPercent)? ScalingOf(Plan plan, string service) =>
        WorkloadOf(plan, service) is { Type: Service } workload && workload.Input("template.scaling.cpuUtilization") is { } share
            ? (
                Number(workload.Input("scaling.minInstanceCount")),
                Number(workload.Input("template.scaling.maxInstanceCount")),
                (int)Math.Round(Decimal(share) * 100))
            : null;

    public override bool StopsFirst(Plan plan, string service) => false;

    public override Capacity CapacityOf(Plan plan, string consumer)
    {
        var limits = Container(plan, consumer).GetProperty("resources");
        return new(Decimal(limits.At("limits.cpu")!), Decimal(limits.At("limits.memory")!.TrimEnd('M', 'i')) / 1024);
    }

    public override IReadOnlyList<(string Host, string Path, string Service)> RoutesOf(Plan plan, string loadBalancer)
    {
        var map = plan.Only("gcp:compute/uRLMap:URLMap", $"{loadBalancer}-routes");
        var backends = plan
            .OfType("gcp:compute/backendService:BackendService")
            .ToDictionary(backend => $"{{{backend.Name}.id}}", backend => backend.Name[(loadBalancer.Length + 1)..].Split('-')[0]);
        var matchers = List(map.Inputs, "pathMatchers").ToDictionary(matcher => matcher.At("name")!);
        return
        [
            .. List(map.Inputs, "hostRules").SelectMany(rule =>
            {
                var (host, matcher) = (rule.At("hosts[0]")!, matchers[rule.At("pathMatcher")!]);
                var paths = List(matcher, "pathRules").Select(path => (host, path.At("paths[0]")!, backends[path.At("service")!]));
                return matcher.At("defaultRouteAction") is null && matcher.At("defaultUrlRedirect") is null
                    ? paths.Append((host, "/", backends[matcher.At("defaultService")!]))
                    : paths;
            }),
        ];
    }

    public override IReadOnlyList<(string Host, string To)> RedirectsOf(Plan plan, string loadBalancer)
    {
        var map = plan.Only("gcp:compute/uRLMap:URLMap", $"{loadBalancer}-routes");
        var hosts = List(map.Inputs, "hostRules").ToDictionary(rule => rule.At("pathMatcher")!, rule => rule.At("hosts[0]")!);
        return
        [
            .. List(map.Inputs, "pathMatchers")
                .Where(matcher =>
                    matcher.At("defaultUrlRedirect.httpsRedirect") == "True"
                    && matcher.At("defaultUrlRedirect.redirectResponseCode") == "MOVED_PERMANENTLY_DEFAULT"
                    && matcher.At("defaultUrlRedirect.stripQuery") == "False"
                    && matcher.At("defaultUrlRedirect.pathRedirect") is null
                    && matcher.At("defaultUrlRedirect.prefixRedirect") is null
                    && matcher.At("defaultService") is null)
                .Select(matcher => (hosts[matcher.At("name")!], matcher.At("defaultUrlRedirect.hostRedirect")!))
                .OrderBy(redirect => redirect.Item1.StartsWith('*')),
        ];
    }

    public override IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer, string host, string path)
    {
        var map = plan.Only("gcp:compute/uRLMap:URLMap", $"{loadBalancer}-routes");
        var name = List(map.Inputs, "hostRules").Single(rule => rule.At("hosts[0]") == host).At("pathMatcher");
        var matcher = List(map.Inputs, "pathMatchers").Single(matcher => matcher.At("name") == name);
        var led = path == "/"
            ? matcher.At("defaultService")
            : List(matcher, "pathRules").Single(rule => rule.At("paths[0]") == path).At("service");
        var backend = plan.OfType("gcp:compute/backendService:BackendService").Single(backend => $"{{{backend.Name}.id}}" == led);
        var policy = plan.OfType("gcp:compute/securityPolicy:SecurityPolicy").Single(policy => backend.RefersTo(policy, "securityPolicy"));
        var rules = List(policy.Inputs, "rules").ToList();
        Assert.Equal("deny(403)", rules[^1].At("action"));
        return [.. rules.SkipLast(1).SelectMany(rule => Words(rule.GetProperty("match").GetProperty("config"), "srcIpRanges"))];
    }

    public override IReadOnlyList<string> CertificatesOf(Plan plan, string loadBalancer)
    {
        var proxy = plan.Only("gcp:compute/targetHttpsProxy:TargetHttpsProxy", $"{loadBalancer}-https");
        var map = plan.OfType("gcp:certificatemanager/certificateMap:CertificateMap").Single(map => proxy.RefersTo(map, "certificateMap"));
        var issued = plan.OfType("gcp:certificatemanager/certificate:Certificate").ToList();
        Assert.All(plan.OfType("gcp:certificatemanager/certificateMap:CertificateMap"), other => Assert.Equal(map.Urn, other.Urn));
        return
        [
            .. plan.OfType("gcp:certificatemanager/certificateMapEntry:CertificateMapEntry")
                .Where(entry => entry.RefersTo(map, "map"))
                .Select(entry => issued.Single(certificate =>
                    entry.RefersTo(certificate, "certificates[0]")
                    && certificate.Input("managed.domains[0]") == entry.Input("hostname")).Component!)
                .Distinct(),
        ];
    }

    public override bool AnswersAlone(Plan plan, string loadBalancer, string host)
    {
        var map = plan.Only("gcp:compute/uRLMap:URLMap", $"{loadBalancer}-routes");
        var rule = List(map.Inputs, "hostRules").Single(rule => rule.At("hosts[0]") == host);
        var matcher = List(map.Inputs, "pathMatchers").Single(matcher => matcher.At("name") == rule.At("pathMatcher"));
        return matcher.At("defaultRouteAction.faultInjectionPolicy.abort.httpStatus") == "404";
    }

    public override IReadOnlyList<string> Transports => [];

    public override IReadOnlyList<(int Port, string Protocol, string Service, int Target)> ListenersOf(Plan plan, string loadBalancer) =>
        [];

    // A request lasts as long as Cloud Run lets it, whatever is said meanwhile.
    public override int ShortestSilence(Plan plan, string loadBalancer) =>
        plan.OfType(Service).Min(service => Number(service.Input("template.timeout")!.TrimEnd('s')));

    public override IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer)
    {
        var backends = plan.Of(loadBalancer).Where(resource => resource.TypeName == "BackendService").ToList();
        if (backends.All(backend => backend.Input("securityPolicy") is null)) return ["0.0.0.0/0"];
        var policy = plan.Of(loadBalancer).Single(resource => resource.TypeName == "SecurityPolicy");
        Assert.All(backends, backend => Assert.True(backend.RefersTo(policy, "securityPolicy")));
        var rules = List(policy.Inputs, "rules").OrderBy(rule => Number(rule.At("priority"))).ToList();
        Assert.Equal(("2147483647", "*"), (rules[^1].At("priority"), rules[^1].At("match.config.srcIpRanges[0]")));
        if (rules[^1].At("action") == "allow") return ["0.0.0.0/0"];
        Assert.Equal("deny(403)", rules[^1].At("action"));
        Assert.All(rules[..^1], rule => Assert.InRange(Words(rule.GetProperty("match").GetProperty("config"), "srcIpRanges").Count, 1, 10));
        return [.. rules[..^1].SelectMany(rule => Words(rule.GetProperty("match").GetProperty("config"), "srcIpRanges"))];
    }

    public override int RequestsPerMinute(Plan plan, string loadBalancer)
    {
        var policy = plan.Of(loadBalancer).Single(resource => resource.TypeName == "SecurityPolicy");
        var limited = List(policy.Inputs, "rules").Where(rule => rule.At("priority") != "2147483647").ToList();
        Assert.All(limited, rule => Assert.Equal(("throttle", "allow", "deny(429)", "IP", "60"), (
            rule.At("action"),
            rule.At("rateLimitOptions.conformAction"),
            rule.At("rateLimitOptions.exceedAction"),
            rule.At("rateLimitOptions.enforceOnKey"),
            rule.At("rateLimitOptions.rateLimitThreshold.intervalSec"))));
        return Number(limited.Select(rule => rule.At("rateLimitOptions.rateLimitThreshold.count")).Distinct().Single());
    }

    public override bool LeadsByHttp2(Plan plan, string loadBalancer, string service)
    {
        var leads = plan.Only("gcp:compute/backendService:BackendService", $"{loadBalancer}-{service}").Input("protocol") == "HTTP2";
        Assert.Equal(leads ? "h2c" : "http1", Container(plan, service).At("ports.name"));
        return leads;
    }

    public override bool RedirectsToHttps(Plan plan, string loadBalancer) =>
        plan.Only("gcp:compute/uRLMap:URLMap", $"{loadBalancer}-redirect").Input("defaultUrlRedirect.httpsRedirect") == "True"
        && plan.Only("gcp:compute/globalForwardingRule:GlobalForwardingRule", $"{loadBalancer}-http-entry").Input("portRange") == "80";

    public override IReadOnlyList<string> GrantsOf(Plan plan, string consumer) =>
    [
        .. plan.Of(consumer).SelectMany(resource => resource.Type switch
        {
            "gcp:compute/firewall:Firewall" =>
            [
                $"{resource.Input("targetTags[0]")} reaches {resource.Input("destinationRanges[0]")} on "
                + $"{resource.Input("allows[0].ports[0]")}",
            ],
            "gcp:storage/bucketIAMMember:BucketIAMMember" =>
            [
                $"{resource.Input("member")} is {resource.Input("role")} of {resource.Input("bucket")}",
            ],
            "gcp:pubsub/topicIAMMember:TopicIAMMember" =>
            [
                $"{resource.Input("member")} is {resource.Input("role")} of {resource.Input("topic")}",
            ],
            "gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember" =>
                [$"{resource.Input("member")} is {resource.Input("role")} of {resource.Input("subscription")}"],
            "gcp:secretmanager/secretIamMember:SecretIamMember" =>
            [
                $"{resource.Input("member")} is {resource.Input("role")} of {resource.Input("secretId")}",
            ],
            "gcp:projects/iAMMember:IAMMember" =>
                [$"{resource.Input("member")} is {resource.Input("role")} of {resource.Input("project")}"],
            Job when resource.Name.EndsWith("-grant", StringComparison.Ordinal) => [$"logs in by {resource.Name}"],
            _ => Enumerable.Empty<string>(),
        })
        .Concat(
            from list in plan.OfType("gcp:managedkafka/acl:Acl")
            from entry in list.JsonInput("aclEntries")!.Value.EnumerateArray()
            where entry.At("principal") == $"User:{{{consumer}:Account.email}}"
            select $"may {entry.At("operation")} {list.Input("aclId")} of {list.Input("cluster")}")
        .Concat(
            from job in plan.OfType(Job)
            let script = job.Input("template.template.containers[0].commands[3]") ?? ""
            from login in DatabaseLogins.Of(consumer, job.Name, script)
                .Concat(BrokerLogins.Of(consumer, job.Name, script))
                .Concat(SearchLogins.Of(consumer, job.Name, script))
            select login)
        .Order(StringComparer.Ordinal),
    ];

    public override IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string database) =>
        StoreOf(plan, database).Inputs.GetProperty("settings").GetProperty("databaseFlags").EnumerateArray()
            .Select(flag => (flag.At("name")!, flag.At("value")!));

    public override string GrantScriptOf(Plan plan, string database) =>
        plan.Only(Job, $"{database}-grants").Input("template.template.containers[0].commands[3]")!;

    private JsonElement Container(Plan plan, string consumer) => Template(WorkloadOf(plan, consumer)).GetProperty("containers")[0];

    private static JsonElement Template(PlannedResource workload)
    {
        var template = workload.Inputs.GetProperty("template");
        return template.TryGetProperty("template", out var nested) ? nested : template;
    }

    private static IEnumerable<JsonElement> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var list) ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static List<string> Words(JsonElement container, string property) =>
        [.. List(container, property).Select(word => word.GetString()!)];

    private static double Decimal(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static int Number(string? text) => (int)Decimal(text ?? "0");
}
