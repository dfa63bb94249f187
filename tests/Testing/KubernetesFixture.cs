using System.Globalization;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>How promises show on Kubernetes: on the given cluster, and on the ones that other clouds manage.</summary>
public class KubernetesFixture(Cloud cloud = Cloud.Kubernetes) : CloudFixture(cloud)
{
    /// <summary>The cluster offers what some promises need: an issuer that proves wildcards, a place for backups, a DNS service.</summary>
    public override StackSettings SettingsFor(SystemDeclaration system, EnvironmentKind environment)
    {
        var settings = base.SettingsFor(system, environment);
        return settings with
        {
            Accounts = settings.Accounts with
            {
                Kubernetes = settings.Accounts.Kubernetes! with
                {
                    ClusterIssuer = "dns",
                    Backups = new("s3://backups/sample", "backups"),
                    Dns = new("scaleway", "dns", ["SCW_ACCESS_KEY", "SCW_SECRET_KEY"]),
                },
            },
        };
    }

    public override IReadOnlyDictionary<string, Variable> VariablesOf(Plan plan, string consumer) => Containers(plan, consumer)
        .SelectMany(container => List(container, "env"))
        .ToDictionary(
            entry => entry.At("name")!,
            entry => new Variable(entry.At("valueFrom.secretKeyRef.key") is null ? entry.At("value") ?? "" : null));

    public override IReadOnlyDictionary<string, SeenContainer> ContainersOf(Plan plan, string consumer)
    {
        var pod = PodOf(plan, consumer);
        var containers = List(pod, "initContainers").Concat(List(pod, "containers")).ToList();
        return containers.ToDictionary(container => container.At("name")!, container =>
        {
            var name = container.At("name")!;
            Assert.Equal("/tmp", List(container, "volumeMounts").First().At("mountPath"));
            return new SeenContainer(
                name,
                container.At("image")!,
                name == consumer || container.At("restartPolicy") == "Always",
                string.Join(' ', Words(container, "command").Concat(Words(container, "args"))),
                List(container, "env").ToDictionary(
                    entry => entry.At("name")!,
                    entry => new Variable(entry.At("valueFrom.secretKeyRef.key") is null ? entry.At("value") ?? "" : null)),
                [.. List(container, "volumeMounts").Skip(1).Select(mount => mount.At("mountPath")!)],
                container.At("securityContext.runAsUser") ?? pod.At("securityContext.runAsUser"),
                container.TryGetProperty("startupProbe", out var probe) && probe.TryGetProperty("exec", out var program)
                    ? $"command {string.Join(' ', Words(program, "command"))}"
                    : NetworkCheckOf(container),
                [.. containers.Select(other => other.At("name")!).TakeWhile(other => other != name)]);
        });
    }

    public override IReadOnlyDictionary<string, MountedFile> FilesOf(Plan plan, string consumer)
    {
        var pod = PodOf(plan, consumer);
        var files = new Dictionary<string, MountedFile>();
        var volume = List(pod, "volumes").SingleOrDefault(volume => volume.At("name") == "files");
        foreach (var mount in Containers(plan, consumer).SelectMany(container => List(container, "volumeMounts")))
        {
            if (mount.At("name") != "files") continue;
            Assert.Equal("True", mount.At("readOnly"));
            Assert.Equal("292", volume.At("projected.defaultMode"));
            files.Add(mount.At("mountPath")!, FileOf(plan, consumer, volume.GetProperty("projected"), mount.At("subPath")!));
        }

        return files;
    }

    public override bool IsHighlyAvailable(Plan plan, string component) => Number(StoreOf(plan, component).Input("spec.instances")) >= 3;

    public override int BackupDays(Plan plan, string component) =>
        Number(plan.Of(component).Single(resource => resource.TypeName == "ObjectStore").Input("spec.retentionPolicy")?.TrimEnd('d'));

    public override PlannedResource WorkloadOf(Plan plan, string consumer) => plan.Of(consumer).Single(
        resource => resource.TypeName is "Deployment" or "StatefulSet" or "Job" or "CronJob" && resource.Name == consumer);

    public override (IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Command) WordsOf(Plan plan, string consumer) =>
        (Words(Containers(plan, consumer).Single(), "command"), Words(Containers(plan, consumer).Single(), "args"));

    public override string? UserOf(Plan plan, string consumer)
    {
        var pod = PodOf(plan, consumer);
        Assert.Equal("True", pod.At("securityContext.runAsNonRoot"));
        if (pod.At("securityContext.runAsUser") is not { } user) return null;
        var group = pod.At("securityContext.runAsGroup");
        Assert.Equal(group ?? user, pod.At("securityContext.fsGroup"));
        return group is null ? user : $"{user}:{group}";
    }

    public override string? CheckOf(Plan plan, string service) =>
        Containers(plan, service).Single() is var container && container.TryGetProperty("startupProbe", out var probe)
        && probe.TryGetProperty("exec", out var program)
            ? $"command {string.Join(' ', Words(program, "command"))}"
            : NetworkCheckOf(container);

    public override PlannedResource StartOf(Plan plan, string service) => WorkloadOf(plan, service);

    public override PlannedResource RunOf(Plan plan, string job) => WorkloadOf(plan, job);

    public override (int Minimum, int Maximum, int CpuPercent)? ScalingOf(Plan plan, string service) =>
        plan.Of(service).Single(resource => resource.TypeName == "HorizontalPodAutoscaler") is var scaler
        && scaler.Input("spec.minReplicas") == scaler.Input("spec.maxReplicas")
            ? null
            : (
                Number(scaler.Input("spec.minReplicas")),
                Number(scaler.Input("spec.maxReplicas")),
                Number(scaler.Input("spec.metrics[0].resource.target.averageUtilization")));

    public override bool StopsFirst(Plan plan, string service)
    {
        var start = StartOf(plan, service);
        var recreates = start.Input("spec.strategy.type") == "Recreate";
        Assert.Equal(recreates, start.Input("spec.strategy.rollingUpdate") is null);
        return recreates;
    }

    public override Capacity CapacityOf(Plan plan, string consumer)
    {
        var requests = Containers(plan, consumer).First();
        return new(Cpu(requests.At("resources.requests.cpu")!), Memory(requests.At("resources.requests.memory")!));
    }

    public override IReadOnlyList<(string Host, string Path, string Service)> RoutesOf(Plan plan, string loadBalancer) =>
    [
        .. plan.Of(loadBalancer)
            .Where(resource => resource.TypeName == "HTTPRoute")
            .Where(route => route.Input("spec.rules[0].backendRefs[0].name") is not null)
            .SelectMany(route => List(route.Inputs.GetProperty("spec"), "rules").Select(rule => (
                route.Input("spec.hostnames[0]") ?? "*",
                rule.At("matches[0].path.value")!,
                rule.At("backendRefs[0].name")!)))
            // The Gateway API itself prefers exact hosts, then longer paths, whatever the order of declaration.
            .OrderBy(route => route.Item1.StartsWith('*'))
            .ThenByDescending(route => route.Item2.Length),
    ];

    public override IReadOnlyList<(string Host, string To)> RedirectsOf(Plan plan, string loadBalancer) =>
    [
        .. plan.Of(loadBalancer)
            .Where(resource =>
                resource.TypeName == "HTTPRoute"
                && resource.Input("spec.parentRefs[0].sectionName") == "https"
                && resource.Input("spec.rules[0].matches") is null
                && resource.Input("spec.rules[0].filters[0].requestRedirect.scheme") == "https"
                && resource.Input("spec.rules[0].filters[0].requestRedirect.statusCode") == "301"
                && resource.Input("spec.rules[0].filters[0].requestRedirect.path") is null)
            .Select(route => (
                route.Input("spec.hostnames[0]")!, route.Input("spec.rules[0].filters[0].requestRedirect.hostname")!))
            .OrderBy(redirect => redirect.Item1.StartsWith('*')),
    ];

    public override IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer, string host, string path)
    {
        var guarded =
            from route in plan.Of(loadBalancer)
            where route.TypeName == "HTTPRoute" && route.Input("spec.hostnames[0]") == host
            from rule in List(route.Inputs.GetProperty("spec"), "rules")
            where rule.At("matches[0].path.value") == path
            from policy in plan.Of(loadBalancer)
            where policy.TypeName == "SecurityPolicy"
                && policy.RefersTo(route)
                && policy.Input("spec.targetRefs[0].sectionName") == rule.At("name")
            select policy;
        var only = guarded.Single();
        Assert.Equal("Deny", only.Input("spec.authorization.defaultAction"));
        var allow = only.Inputs.GetProperty("spec").GetProperty("authorization").GetProperty("rules")[0];
        return Words(allow.GetProperty("principal"), "clientCIDRs");
    }

    public override IReadOnlyList<string> CertificatesOf(Plan plan, string loadBalancer)
    {
        var gateway = plan.Of(loadBalancer).Single(resource => resource.TypeName == "Gateway").Inputs.GetProperty("spec");
        var issued = plan.Resources.Where(resource => resource.TypeName == "Certificate").ToDictionary(
            resource => resource.Input("spec.secretName")!,
            resource => resource.Component!);
        var listeners = List(gateway, "listeners")
            .Where(listener => listener.At("protocol") is "HTTPS" or "TLS")
            .Select(listener => List(listener.GetProperty("tls"), "certificateRefs").Select(secret => issued[secret.At("name")!]).ToList())
            .ToList();
        Assert.All(listeners, certificates => Assert.Equal(listeners[0], certificates));
        return listeners[0];
    }

    // The Gateway API says of HTTPRoute.hostnames: the most specific one decides, whatever its paths.
    public override bool AnswersAlone(Plan plan, string loadBalancer, string host) => plan.Of(loadBalancer).Any(resource =>
        resource.TypeName == "HTTPRoute"
        && resource.Input("spec.hostnames[0]") == host
        && resource.Input("spec.rules[0].matches[0].path.value") != "/");

    public override IReadOnlyList<(int Port, string Protocol, string Service, int Target)> ListenersOf(Plan plan, string loadBalancer)
    {
        var gateway = plan.Of(loadBalancer).Single(resource => resource.TypeName == "Gateway").Inputs.GetProperty("spec");
        var services = plan.Of(loadBalancer).Where(resource => resource.Type == "kubernetes:core/v1:Service").ToList();
        return
        [
            .. from listener in List(gateway, "listeners")
               let protocol = listener.At("protocol")!
               where protocol is "TCP" or "TLS" or "UDP"
               from route in plan.Of(loadBalancer)
               where route.TypeName == (
                   protocol == "UDP" ? "UDPRoute" : listener.At("tls.mode") == "Passthrough" ? "TLSRoute" : "TCPRoute")
               where route.Input("spec.parentRefs[0].sectionName") == listener.At("name")
               from service in services
               where route.RefersTo(service)
               let target = route.Input("spec.rules[0].backendRefs[0].port")
               let transport = protocol == "UDP" ? "UDP" : "TCP"
               where List(service.Inputs.GetProperty("spec"), "ports")
                   .Any(port => (port.At("port"), port.At("targetPort"), port.At("protocol")) == (target, target, transport))
               let name = service.Inputs.GetProperty("spec").GetProperty("selector").GetProperty("app.kubernetes.io/name").GetString()!
               where plan.Of(loadBalancer).Any(policy =>
                   policy.Name == $"{loadBalancer}-{name}-ingress"
                   && List(policy.Inputs.GetProperty("spec").GetProperty("ingress")[0], "ports")
                       .Any(port => (port.At("port"), port.At("protocol")) == (target, transport)))
               let number = Number(listener.At("port"))
               orderby number
               select (number, protocol.ToLowerInvariant(), name, Number(target)),
        ];
    }

    public override int ShortestSilence(Plan plan, string loadBalancer)
    {
        Assert.All(
            plan.Of(loadBalancer)
                .Where(resource => resource.TypeName == "HTTPRoute" && resource.Input("spec.rules[0].backendRefs") is not null)
                .SelectMany(route => List(route.Inputs.GetProperty("spec"), "rules")),
            rule => Assert.Equal("0s", rule.At("timeouts.request")));
        var policy = plan.Of(loadBalancer).Single(resource => resource.TypeName == "ClientTrafficPolicy");
        return Number(policy.Input("spec.timeout.http.streamIdleTimeout")!.TrimEnd('s'));
    }

    public override IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer)
    {
        if (plan.Of(loadBalancer).SingleOrDefault(resource => resource.TypeName == "SecurityPolicy") is not { } policy)
            return ["0.0.0.0/0"];
        var gateway = plan.Of(loadBalancer).Single(resource => resource.TypeName == "Gateway").Inputs.GetProperty("spec");
        Assert.Equal(
            List(gateway, "listeners").Select(listener => listener.At("name")!).Where(listener => listener != "http"),
            List(policy.Inputs.GetProperty("spec"), "targetRefs").Select(target => target.At("sectionName")!));
        Assert.Equal(
            ("Deny", "Allow"),
            (policy.Input("spec.authorization.defaultAction"), policy.Input("spec.authorization.rules[0].action")));
        var rule = policy.Inputs.GetProperty("spec").GetProperty("authorization").GetProperty("rules")[0];
        return Words(rule.GetProperty("principal"), "clientCIDRs");
    }

    public override bool AsksForPasswords => true;

    public override bool PassesTlsByName => true;

    public override int RequestsPerMinute(Plan plan, string loadBalancer)
    {
        var policy = plan.Of(loadBalancer).Single(resource => resource.TypeName == "BackendTrafficPolicy");
        Assert.Equal("https", policy.Input("spec.targetRefs[0].sectionName"));
        const string Rule = "spec.rateLimit.local.rules[0]";
        Assert.Equal(("Distinct", "Minute"), (
            policy.Input($"{Rule}.clientSelectors[0].sourceCIDR.type"), policy.Input($"{Rule}.limit.unit")));
        return Number(policy.Input($"{Rule}.limit.requests"));
    }

    public override bool LeadsByHttp2(Plan plan, string loadBalancer, string service) =>
        plan.Only("kubernetes:core/v1:Service", $"{service}-service").Input("spec.ports[0].appProtocol") == "kubernetes.io/h2c";

    /// <summary>An annotation of the load balancer that the cluster makes for a gateway.</summary>
    protected static string AnnotationOf(Plan plan, string loadBalancer, string annotation) => plan.Of(loadBalancer)
        .Single(resource => resource.TypeName == "Gateway")
        .Inputs.GetProperty("spec").GetProperty("infrastructure").GetProperty("annotations").GetProperty(annotation).GetString()!;

    public override bool RedirectsToHttps(Plan plan, string loadBalancer) => plan.Of(loadBalancer).Any(resource =>
        resource.TypeName == "HTTPRoute"
        && resource.Input("spec.parentRefs[0].sectionName") == "http"
        && resource.Input("spec.rules[0].filters[0].requestRedirect.scheme") == "https");

    public override IReadOnlyList<string> GrantsOf(Plan plan, string consumer) =>
    [
        .. plan.Of(consumer).SelectMany(resource => resource.TypeName switch
        {
            "NetworkPolicy" =>
            [
                $"{resource.Name}: {string.Join(",", List(resource.Inputs.GetProperty("spec"), "policyTypes"))} of "
                + $"{resource.Input("spec.podSelector.matchLabels")} with "
                + $"{resource.Input("spec.egress") ?? resource.Input("spec.ingress")}",
            ],
            "KafkaUser" => [$"logs in as {resource.Name}: {resource.Input("spec.authorization.acls")}"],
            "S3Policy" => [$"{resource.Name}: {resource.Input("spec.statements")}"],
            "Job" when resource.Name != consumer => [$"logs in by {resource.Name}"],
            "Job" or "CronJob" or "Deployment" or "StatefulSet" => Selections.UsesOf(resource).Select(target => $"reaches {target}"),
            "Secret" => [$"reads secret {resource.Name}"],
            _ => Enumerable.Empty<string>(),
        })
        .Concat(plan.OfType("kubernetes:batch/v1:Job").SelectMany(job =>
            DatabaseLogins.Of(consumer, job.Name, Kubelet.CommandOf(job) is [.., var script] ? script : "")))
        .Concat(References(plan, consumer))
        .Order(StringComparer.Ordinal),
    ];

    public override IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string database) =>
        StoreOf(plan, database) is var server && server.Input("spec.mycnf") is { } file
            ? file.Split('\n').Where(line => line.Contains('=')).Select(line => line.Split('=')).Select(line => (line[0], line[1]))
            : Map(server.Inputs.GetProperty("spec").GetProperty("postgresql").GetProperty("parameters"));

    /// <summary>The members of an object.</summary>
    private protected static IEnumerable<(string Name, string Value)> Map(JsonElement map) =>
        map.EnumerateObject().Select(member => (member.Name, member.Value.ToString()));

    public override string GrantScriptOf(Plan plan, string database) =>
        Kubelet.CommandOf(plan.Only("kubernetes:batch/v1:Job", $"{database}-grants"))[^1];

    // What others keep, and its containers refer to: a node hands it to nobody else.
    private IEnumerable<string> References(Plan plan, string consumer)
    {
        var own = plan.Of(consumer).Select(resource => resource.Name).ToHashSet();
        return Containers(plan, consumer)
            .SelectMany(container => List(container, "env"))
            .Select(entry => (Secret: entry.At("valueFrom.secretKeyRef.name"), Key: entry.At("valueFrom.secretKeyRef.key")))
            .Concat(MountedSecrets(plan, consumer))
            .Where(reference => reference.Secret is { } secret && !own.Contains(secret.TrimStart('{').Split(':', '.')[0]))
            .Select(reference => $"refers to {reference.Key} of {reference.Secret}")
            .Distinct();
    }

    private IEnumerable<(string? Secret, string? Key)> MountedSecrets(Plan plan, string consumer) =>
        from volume in List(PodOf(plan, consumer), "volumes")
        where volume.At("projected") is not null
        from source in List(volume.GetProperty("projected"), "sources")
        where source.At("secret") is not null
        from item in List(source.GetProperty("secret"), "items")
        select (source.At("secret.name"), item.At("key"));

    private MountedFile FileOf(Plan plan, string consumer, JsonElement projected, string path)
    {
        var (source, name, key) = List(projected, "sources")
            .SelectMany(source => source.EnumerateObject())
            .SelectMany(source => List(source.Value, "items")
                .Where(item => item.At("path") == path)
                .Select(item => (source.Name, source.Value.At("name")!, Key: item.At("key")!)))
            .Single();
        var kind = source == "secret" ? "Secret" : "ConfigMap";

        // What others keep has no other holder of the consumer's own than what refers to it.
        if (name.TrimStart('{').Split(':', '.')[0] != $"{consumer}-files") return new(null, WorkloadOf(plan, consumer));
        var holder = plan.Of(consumer).Single(resource => resource.TypeName == kind && resource.Name == $"{consumer}-files");
        Assert.Equal("True", holder.Input("immutable"));
        var held = holder.Inputs.GetProperty(kind == "Secret" ? "stringData" : "data").GetProperty(key).GetString();
        return new(kind == "Secret" ? null : held, holder);
    }

    private JsonElement PodOf(Plan plan, string consumer)
    {
        var spec = WorkloadOf(plan, consumer).Inputs.GetProperty("spec");
        if (spec.TryGetProperty("jobTemplate", out var job)) spec = job.GetProperty("spec");
        return spec.GetProperty("template").GetProperty("spec");
    }

    private IEnumerable<JsonElement> Containers(Plan plan, string consumer) => List(PodOf(plan, consumer), "containers");

    private static IEnumerable<JsonElement> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var list) ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static List<string> Words(JsonElement container, string property) =>
        [.. List(container, property).Select(word => word.GetString()!)];

    protected static int Number(string? text) => (int)double.Parse(text ?? "0", CultureInfo.InvariantCulture);

    private static double Cpu(string text) =>
        text.EndsWith('m') ? Number(text[..^1]) / 1000.0 : double.Parse(text, CultureInfo.InvariantCulture);

    private static double Memory(string text) =>
        text.EndsWith("Mi", StringComparison.Ordinal) ? Number(text[..^2]) / 1024.0 : Number(text[..^2]);
}
