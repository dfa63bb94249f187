using System.Globalization;
using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Systems;
using Infra.Plans;
using Xunit;

namespace Infra.Tests.Testing;

/// <summary>How promises show on AWS.</summary>
public sealed class AwsFixture() : CloudFixture(Cloud.Aws)
{
    // A registry holds nothing while every image lies elsewhere.
    public override StackSettings SettingsFor(SystemDeclaration system, EnvironmentKind environment)
    {
        var settings = base.SettingsFor(system, environment);
        var model = new Model();
        system.Declare(model);
        return model.Find<ContainerRegistry>() is null
            ? settings
            : settings with
            {
                Images = settings.Images.Keys.ToDictionary(name => name, name => $"{name.Replace('/', '-')}@{TestSettings.Digest}"),
            };
    }

    public override IReadOnlyDictionary<string, Variable> VariablesOf(Plan plan, string consumer) =>
        VariablesOf(Container(plan, consumer));

    private static Dictionary<string, Variable> VariablesOf(JsonElement container)
    {
        var variables = List(container, "environment").ToDictionary(entry => entry.At("name")!, entry => new Variable(entry.At("value")));
        foreach (var secret in List(container, "secrets")) variables.Add(secret.At("name")!, new Variable(null));
        return variables;
    }

    public override IReadOnlyDictionary<string, SeenContainer> ContainersOf(Plan plan, string consumer)
    {
        var all = WorkloadOf(plan, consumer).JsonInput("containerDefinitions")!.Value.EnumerateArray().ToDictionary(Named);
        return all.Values.Where(container => !IsOurs(Named(container))).ToDictionary(Named, container =>
        {
            var name = Named(container);
            return new SeenContainer(
                name,
                container.At("image")!,
                name == consumer || container.At("restartPolicy.enabled") == "True",
                string.Join(' ', Words(container, "entryPoint").Concat(Words(container, "command"))),
                VariablesOf(container),
                [.. List(container, "mountPoints").Select(mount => mount.At("containerPath")!)],
                container.At("user"),
                CheckOf(container, all.TryGetValue($"{name}-check", out var beside) ? beside : default),
                [.. List(container, "dependsOn").Select(awaited => Awaited(awaited, all)).OfType<string>()]);
        });

        static string Named(JsonElement container) => container.At("name")!;
        static bool IsOurs(string name) => new[] { "-check", "-files", "-timeout" }.Any(name.EndsWith);
    }

    // What runs to its end is waited for until it has succeeded; what goes on, until it is well, or has started where nobody asks.
    private static string? Awaited(JsonElement awaited, IReadOnlyDictionary<string, JsonElement> all)
    {
        var name = awaited.At("containerName")!;
        var asks = name.EndsWith("-check", StringComparison.Ordinal);
        var isAsked = asks || all[name].TryGetProperty("healthCheck", out _);
        var goesOn = asks || all[name].At("restartPolicy.enabled") == "True";
        Assert.Equal(goesOn ? isAsked ? "HEALTHY" : "START" : "SUCCESS", awaited.At("condition"));
        return name.EndsWith("-files", StringComparison.Ordinal) ? null : asks ? name[..^"-check".Length] : name;
    }

    // A container before it writes what its environment holds into what both mount.
    public override IReadOnlyDictionary<string, MountedFile> FilesOf(Plan plan, string consumer)
    {
        var task = WorkloadOf(plan, consumer);
        var containers = task.JsonInput("containerDefinitions")!.Value.EnumerateArray().ToList();
        var own = containers.Single(container => container.At("name") == consumer);
        var mounts = List(own, "mountPoints").Where(mount => IsOfFiles(mount.At("sourceVolume")!)).ToList();
        var mounted = mounts.ToDictionary(mount => mount.At("containerPath")!, mount => mount.At("sourceVolume")!);
        if (mounted.Count == 0) return new Dictionary<string, MountedFile>();
        Assert.All(mounts, mount => Assert.Equal("True", mount.At("readOnly")));
        Assert.Equal(($"{consumer}-files", "SUCCESS"), (own.At("dependsOn[0].containerName"), own.At("dependsOn[0].condition")));
        Assert.Equal(
            mounted.Values,
            List(task.Inputs, "volumes").Select(volume => volume.At("name")!).Where(IsOfFiles));

        var writer = containers.Single(container => container.At("name") == $"{consumer}-files");
        Assert.Equal("False", writer.At("essential"));
        Assert.Equal(
            mounted,
            List(writer, "mountPoints").ToDictionary(mount => mount.At("containerPath")!, mount => mount.At("sourceVolume")!));
        var contents = List(writer, "environment").ToDictionary(entry => entry.At("name")!, entry => entry.At("value"));
        foreach (var secret in List(writer, "secrets")) contents.Add(secret.At("name")!, null);
        var files = new Dictionary<string, MountedFile>();
        foreach (var line in writer.At("command[0]")!.Split('\n').Where(line => line.StartsWith("write '", StringComparison.Ordinal)))
        {
            var path = line.Split('\'')[1];
            Assert.Contains(mounted.Keys, directory => path.StartsWith($"{directory}/", StringComparison.Ordinal));
            files.Add(path, new(contents[line.Split('$')[1].TrimEnd('"')], task));
        }

        return files;

        static bool IsOfFiles(string volume) => volume.StartsWith("files-", StringComparison.Ordinal);
    }

    public override bool IsHighlyAvailable(Plan plan, string component) =>
        Is(StoreOf(plan, component), "multiAz") || Is(StoreOf(plan, component), "multiAzEnabled");

    public override int BackupDays(Plan plan, string component) => Number(StoreOf(plan, component).Input("backupRetentionPeriod"));

    public override PlannedResource WorkloadOf(Plan plan, string consumer) =>
        plan.Of(consumer).Single(resource => resource.TypeName == "TaskDefinition" && resource.Name == consumer);

    public override (IReadOnlyList<string> EntryPoint, IReadOnlyList<string> Command) WordsOf(Plan plan, string consumer) =>
        (Words(Container(plan, consumer), "entryPoint"), Words(Container(plan, consumer), "command"));

    public override string? UserOf(Plan plan, string consumer) => Container(plan, consumer).At("user");

    public override string? CheckOf(Plan plan, string service)
    {
        var containers = WorkloadOf(plan, service).JsonInput("containerDefinitions")!.Value.EnumerateArray().ToList();
        return CheckOf(
            containers.Single(container => container.At("name") == service),
            containers.SingleOrDefault(container => container.At("name") == $"{service}-check"));
    }

    private static string? CheckOf(JsonElement container, JsonElement beside)
    {
        var own = List(container, "healthCheck", "command");
        if (own is ["CMD", ..]) return $"command {string.Join(' ', own[1..])}";
        if (beside.ValueKind == JsonValueKind.Undefined) return null;
        var script = List(beside, "healthCheck", "command")[1];
        if (script.Split("http://127.0.0.1:") is [_, var rest])
            return $"http {rest[..rest.IndexOf('\'', StringComparison.Ordinal)].Replace("/", " /", StringComparison.Ordinal)}";
        var port = script.Split("':")[1][..4];
        return $"tcp {int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture)}";

        static List<string> List(JsonElement container, string check, string property) =>
            container.TryGetProperty(check, out var found) ? Words(found, property) : [];
    }

    public override PlannedResource StartOf(Plan plan, string service) =>
        plan.Of(service).Single(resource => resource.Type == "aws:ecs/service:Service" && resource.Name == service);

    public override PlannedResource RunOf(Plan plan, string job) =>
        plan.Of(job).Single(resource => resource.Type == "aws:lambda/invocation:Invocation" && resource.Name == job);

    public override (int Minimum, int Maximum, int CpuPercent)? ScalingOf(Plan plan, string service) =>
        plan.Of(service).SingleOrDefault(resource => resource.Type == "aws:appautoscaling/target:Target") is not { } target
            ? null
            : (Number(target.Input("minCapacity")),
                Number(target.Input("maxCapacity")),
                Number(plan.Of(service)
                    .Single(resource => resource.Type == "aws:appautoscaling/policy:Policy")
                    .Input("targetTrackingScalingPolicyConfiguration.targetValue")));

    public override bool StopsFirst(Plan plan, string service)
    {
        var start = StartOf(plan, service);
        var (least, most) = (Number(start.Input("deploymentMinimumHealthyPercent")), Number(start.Input("deploymentMaximumPercent")));
        Assert.True((least, most, start.Input("availabilityZoneRebalancing")) is (100, 200, "ENABLED") or (0, 100, "DISABLED"));
        return most == 100;
    }

    public override Capacity CapacityOf(Plan plan, string consumer) =>
        new(Number(WorkloadOf(plan, consumer).Input("cpu")) / 1024.0, Number(WorkloadOf(plan, consumer).Input("memory")) / 1024.0);

    public override IReadOnlyList<(string Host, string Path, string Service)> RoutesOf(Plan plan, string loadBalancer)
    {
        var groups = plan
            .OfType("aws:lb/targetGroup:TargetGroup")
            .ToDictionary(group => group.Urn, group => group.Name[(loadBalancer.Length + 1)..]);
        return
        [
            .. plan.Of(loadBalancer)
                .Where(resource => resource.TypeName == "ListenerRule" && resource.Input("actions[0].type") == "forward")
                .OrderBy(rule => Number(rule.Input("priority")))
                .Select(rule => (
                    HostOf(rule),
                    PathOf(rule),
                    groups[rule.References.Single(reference => groups.ContainsKey(reference.To)).To]))
                .Distinct(),
        ];
    }

    public override IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer, string host, string path)
    {
        var rules = plan.Of(loadBalancer)
            .Where(resource => resource.TypeName == "ListenerRule" && (HostOf(resource), PathOf(resource)) == (host, path))
            .OrderBy(rule => Number(rule.Input("priority")))
            .ToList();
        Assert.Equal(("fixed-response", "403"), (
            rules[^1].Input("actions[0].type"), rules[^1].Input("actions[0].fixedResponse.statusCode")));
        Assert.All(rules, rule => Assert.InRange(
            List(rule.Inputs, "conditions").Sum(condition => condition.EnumerateObject().Sum(kind => List(kind.Value, "values").Count())),
            1,
            5));
        return
        [
            .. rules.SkipLast(1).SelectMany(rule =>
            {
                Assert.Equal("forward", rule.Input("actions[0].type"));
                return Words(List(rule.Inputs, "conditions").Last().GetProperty("sourceIp"), "values");
            }),
        ];
    }

    private static string HostOf(PlannedResource rule) => rule.Input("conditions[0].hostHeader.values[0]") ?? "*";

    private static string PathOf(PlannedResource rule) =>
        (rule.Input("conditions[1].pathPattern.values[0]") ?? rule.Input("conditions[0].pathPattern.values[0]") ?? "/")
            .Replace("/*", "/", StringComparison.Ordinal);

    public override IReadOnlyList<(string Host, string To)> RedirectsOf(Plan plan, string loadBalancer) =>
    [
        .. plan.Of(loadBalancer)
            .Where(resource =>
                resource.TypeName == "ListenerRule"
                && resource.Input("actions[0].type") == "redirect"
                && resource.Input("actions[0].redirect.protocol") == "HTTPS"
                && resource.Input("actions[0].redirect.statusCode") == "HTTP_301"
                && resource.Input("actions[0].redirect.path") is null
                && resource.Input("actions[0].redirect.query") is null
                && resource.Input("conditions[1]") is null)
            .OrderBy(rule => Number(rule.Input("priority")))
            .Select(rule => (rule.Input("conditions[0].hostHeader.values[0]")!, rule.Input("actions[0].redirect.host")!)),
    ];

    public override IReadOnlyList<string> CertificatesOf(Plan plan, string loadBalancer)
    {
        var listeners = plan.Of(loadBalancer)
            .Where(resource => resource.TypeName == "Listener" && resource.Input("protocol") is "HTTPS" or "TLS")
            .Select(listener => plan.Of(loadBalancer)
                .Where(resource => resource.TypeName == "ListenerCertificate" && resource.RefersTo(listener, "listenerArn"))
                .Prepend(listener)
                .Select(resource => plan.OfType("aws:acm/certificateValidation:CertificateValidation")
                    .Single(validation => resource.RefersTo(validation, "certificateArn"))
                    .Component!)
                .ToList())
            .ToList();
        Assert.All(listeners, certificates => Assert.Equal(listeners[0], certificates));
        return listeners[0];
    }

    public override bool AnswersAlone(Plan plan, string loadBalancer, string host)
    {
        var rules = plan.Of(loadBalancer)
            .Where(resource => resource.TypeName == "ListenerRule")
            .OrderBy(rule => Number(rule.Input("priority")))
            .ToList();
        var own = rules.FindIndex(rule =>
            rule.Input("conditions[0].hostHeader.values[0]") == host
            && rule.Input("conditions[1]") is null
            && rule.Input("actions[0].fixedResponse.statusCode") == "404");
        var wildcard = rules.FindIndex(rule => rule.Input("conditions[0].hostHeader.values[0]")!.StartsWith('*'));
        return own >= 0 && own < wildcard;
    }

    public override IReadOnlyList<(int Port, string Protocol, string Service, int Target)> ListenersOf(Plan plan, string loadBalancer)
    {
        var groups = plan.OfType("aws:lb/targetGroup:TargetGroup").ToDictionary(group => group.Urn);
        var services = plan.OfType("aws:ecs/service:Service").ToList();
        return
        [
            .. from listener in plan.Of(loadBalancer)
               where listener.TypeName == "Listener" && listener.Input("protocol") is "TCP" or "TLS" or "UDP"
               let led = listener.References.Select(reference => groups.GetValueOrDefault(reference.To)).OfType<PlannedResource>()
               from target in led
               where target.Input("targetType") == "ip"
               from service in services
               from joined in List(service.Inputs, "loadBalancers").Index()
               where service.RefersTo(target, $"loadBalancers[{joined.Index}].targetGroupArn")
               let port = Number(joined.Item.At("containerPort"))
               let transport = listener.Input("protocol") == "UDP" ? "udp" : "tcp"
               where List(Container(plan, service.Component!), "portMappings")
                   .Any(mapping => (mapping.At("containerPort"), mapping.At("protocol")) == ($"{port}", transport))
               where plan.OfType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule").Any(rule =>
                   rule.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", service.Component!), "securityGroupId")
                   && rule.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", $"{loadBalancer}-ports"))
                   && (rule.Input("ipProtocol"), rule.Input("fromPort"), rule.Input("toPort")) == (transport, $"{port}", $"{port}"))
               let number = Number(listener.Input("port"))
               orderby number
               select (number, listener.Input("protocol")!.ToLowerInvariant(), service.Component!, port),
        ];
    }

    public override int ShortestSilence(Plan plan, string loadBalancer) => plan.Of(loadBalancer)
        .Select(resource => resource.Input("idleTimeout") ?? resource.Input("tcpIdleTimeoutSeconds"))
        .OfType<string>()
        .Min(Number);

    public override IReadOnlyList<string> SourcesOf(Plan plan, string loadBalancer)
    {
        var ways = plan.Of(loadBalancer)
            .Where(resource => resource.TypeName == "SecurityGroupIngressRule" && resource.Input("cidrIpv4") is not null)
            .GroupBy(rule => (rule.References.First(reference => reference.Path == "securityGroupId").To, rule.Input("fromPort")))
            .Select(way => way.Select(rule => rule.Input("cidrIpv4")!).Order(StringComparer.Ordinal).ToList())
            .ToList();
        Assert.All(ways, way => Assert.Equal(ways[0], way));
        return ways[0];
    }

    public override int RequestsPerMinute(Plan plan, string loadBalancer)
    {
        var acl = plan.Of(loadBalancer).Single(resource => resource.TypeName == "WebAcl");
        var association = plan.Of(loadBalancer).Single(resource => resource.TypeName == "WebAclAssociation");
        Assert.True(association.RefersTo(acl, "webAclArn"));
        Assert.True(association.RefersTo(plan.Only("aws:lb/loadBalancer:LoadBalancer"), "resourceArn"));
        var rule = acl.JsonInput("ruleJson")!.Value.EnumerateArray().Single();
        Assert.Equal(("60", "IP", "429"), (
            rule.At("Statement.RateBasedStatement.EvaluationWindowSec"),
            rule.At("Statement.RateBasedStatement.AggregateKeyType"),
            rule.At("Action.Block.CustomResponse.ResponseCode")));
        return Number(rule.At("Statement.RateBasedStatement.Limit"));
    }

    public override bool LeadsByHttp2(Plan plan, string loadBalancer, string service) =>
        plan.Only("aws:lb/targetGroup:TargetGroup", $"{loadBalancer}-{service}").Input("protocolVersion") is "HTTP2" or "GRPC";

    public override bool RedirectsToHttps(Plan plan, string loadBalancer) => plan.Of(loadBalancer).Any(resource =>
        resource.TypeName == "Listener"
        && Number(resource.Input("port")) == 80
        && resource.Input("defaultActions[0].type") == "redirect"
        && resource.Input("defaultActions[0].redirect.protocol") == "HTTPS");

    public override IReadOnlyList<string> GrantsOf(Plan plan, string consumer) =>
    [
        .. plan.Of(consumer).SelectMany(resource => resource.Type switch
        {
            "aws:iam/rolePolicy:RolePolicy" => Statements(resource).Select(statement => $"{resource.Input("role")}: {statement}"),
            "aws:iam/userPolicy:UserPolicy" => Statements(resource).Select(statement => $"{resource.Input("user")}: {statement}"),
            "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule" =>
            [
                $"reaches {resource.Input("securityGroupId")} on {resource.Input("fromPort")}",
            ],
            "aws:elasticache/user:User" =>
            [
                $"logs in as {resource.Input("userName")} of {resource.Name} with {resource.Input("accessString")}",
            ],
            _ => Enumerable.Empty<string>(),
        }).Concat(Logins(plan, consumer)).Order(StringComparer.Ordinal),
    ];

    // One task sets up the logins of all consumers of a store, one after the other.
    private static IEnumerable<string> Logins(Plan plan, string consumer) =>
        from task in plan.OfType("aws:ecs/taskDefinition:TaskDefinition")
        where task.Name.EndsWith("-grants", StringComparison.Ordinal)
        let script = task.JsonInput("containerDefinitions")!.Value[0].At("command[0]")!
        from login in DatabaseLogins.Of(consumer, task.Name, script)
                .Concat(BrokerLogins.Of(consumer, task.Name, script))
                .Concat(SearchLogins.Of(consumer, task.Name, script))
                .Concat(StreamLogins.Of(consumer, task.Name, script))
        select login;

    public override IEnumerable<(string Name, string Value)> ParametersOf(Plan plan, string database) =>
        plan.Only("aws:rds/parameterGroup:ParameterGroup", database).Inputs.GetProperty("parameters").EnumerateArray()
            .Select(parameter => (parameter.At("name")!, parameter.At("value")!));

    public override string GrantScriptOf(Plan plan, string database) => plan
        .Only("aws:ecs/taskDefinition:TaskDefinition", $"{database}-grants").JsonInput("containerDefinitions")!.Value[0].At("command[0]")!;

    private static IEnumerable<string> Statements(PlannedResource policy) =>
        List(policy.JsonInput("policy")!.Value, "Statement").Select(statement =>
            $"{statement.At("Action")} on {statement.At("Resource")}{(statement.At("Condition") is { } when ? $" when {when}" : "")}");

    private JsonElement Container(Plan plan, string consumer) => WorkloadOf(plan, consumer).JsonInput("containerDefinitions")!.Value[0];

    private static IEnumerable<JsonElement> List(JsonElement element, string property) =>
        element.TryGetProperty(property, out var list) ? list.EnumerateArray() : Enumerable.Empty<JsonElement>();

    private static List<string> Words(JsonElement container, string property) =>
        [.. List(container, property).Select(word => word.GetString()!)];

    private static bool Is(PlannedResource resource, string input) => resource.Input(input) is "True" or "true";

    private static int Number(string? text) => (int)double.Parse(text ?? "0", CultureInfo.InvariantCulture);
}
