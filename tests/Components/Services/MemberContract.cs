using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

public sealed class MembersOnScaleway() : MemberContract(new ScalewayFixture());

public sealed class MembersOnOvh() : MemberContract(new OvhFixture());

public sealed class MembersOnKubernetes() : MemberContract(new KubernetesFixture());

/// <summary>What every cloud that has sets of members promises of them.</summary>
public abstract class MemberContract(KubernetesFixture cloud)
{
    private const string Claim = "kubernetes:core/v1:PersistentVolumeClaim";
    private const string Service = "kubernetes:core/v1:Service";

    [Fact]
    public void Each_member_has_volumes_of_its_own_that_are_there_before_it_starts_and_are_protected()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model));

        var claims = plan.OfType(Claim);
        Assert.Equal(
            ["volume-data-search-0", "volume-data-search-1", "volume-data-search-2"],
            claims.Select(claim => claim.Input("metadata.name")).Order(StringComparer.Ordinal));
        Assert.All(claims, claim =>
        {
            Assert.True(claim is { Protect: true, RetainOnDelete: true });
            Assert.Equal("25Gi", claim.Input("spec.resources.requests.storage"));
            Assert.True(plan.ComesAfter(cloud.StartOf(plan, "search"), claim));
        });
        var set = SetOf(plan);
        Assert.Equal("volume-data", set.Input("spec.volumeClaimTemplates[0].metadata.name"));
        Assert.Equal("volume-data", Mounts(set).Single(mount => mount.At("mountPath") == "/data").At("name"));
        Assert.Equal(
            ("Retain", "Retain"),
            (set.Input("spec.persistentVolumeClaimRetentionPolicy.whenDeleted"),
                set.Input("spec.persistentVolumeClaimRetentionPolicy.whenScaled")));
    }

    [Fact]
    public void Each_member_has_a_name_that_leads_to_its_ports_before_it_is_ready()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model));

        var names = plan.Only(Service, "search-members");
        Assert.Equal(
            ("search-members", "None", "True"),
            (names.Input("metadata.name"), names.Input("spec.clusterIP"), names.Input("spec.publishNotReadyAddresses")));
        Assert.Equal(["9200", "9300"], PortsOf(names));
        var set = SetOf(plan);
        Assert.Equal(("search", "search-members"), (set.Input("metadata.name"), set.Input("spec.serviceName")));
        Assert.True(plan.ComesAfter(set, names));
    }

    [Fact]
    public void Members_start_together_and_are_replaced_one_after_another()
    {
        var set = SetOf(cloud.PlanWithoutErrors(model => Declare(model)));

        Assert.Equal(("3", "Parallel"), (set.Input("spec.replicas"), set.Input("spec.podManagementPolicy")));
        Assert.Equal("RollingUpdate", set.Input("spec.updateStrategy.type"));
        Assert.Null(set.Input("spec.updateStrategy.rollingUpdate"));
        var container = set.Inputs.GetProperty("spec").GetProperty("template").GetProperty("spec").GetProperty("containers")[0];
        Assert.Equal("9200", container.At("startupProbe.tcpSocket.port"));
        Assert.Equal("/ready", container.At("readinessProbe.httpGet.path"));
    }

    [Fact]
    public void Nodes_are_drained_of_one_member_at_a_time_and_nothing_scales_the_set()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model));

        Assert.Equal("1", plan.Only("kubernetes:policy/v1:PodDisruptionBudget", "search-budget").Input("spec.maxUnavailable"));
        Assert.Empty(plan.OfType("kubernetes:autoscaling/v2:HorizontalPodAutoscaler"));
    }

    [Fact]
    public void Members_reach_each_other_on_every_port_and_nobody_else_does_without_a_link()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model));

        Assert.Equal(["search"], Selections.UsesOf(SetOf(plan)));
        var way = plan.Only("kubernetes:networking.k8s.io/v1:NetworkPolicy", "search-ingress");
        Assert.Equal(
            ["http", "9300"],
            way.Inputs.GetProperty("spec").GetProperty("ingress")[0].GetProperty("ports").EnumerateArray().Select(port => port.At("port")));
    }

    [Fact]
    public void A_member_knows_itself_and_all_of_them_by_the_names_that_its_image_wants()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model, args => args with
        {
            Environment = new()
            {
                ["CLUSTER"] = Member.Each($"{Member.Name}=http://{Member.Host}:9300"),
                ["ADDRESS"] = $"http://{Member.Host}:9300",
                ["NODE"] = $"node-{Member.Number}-of-$(HOME)",
            },
            Files = new() { ["/etc/search/peers"] = Member.Each($"{Member.Number}:{Member.Host}", "\n") },
        }));

        var environment = SetOf(plan).Inputs.GetProperty("spec").GetProperty("template").GetProperty("spec")
            .GetProperty("containers")[0].GetProperty("env").EnumerateArray().ToList();
        Assert.Equal(["MEMBER_NAME", "MEMBER_NUMBER", "MEMBER_HOST"], environment.Take(3).Select(variable => variable.At("name")));
        Assert.Equal("metadata.name", environment[0].At("valueFrom.fieldRef.fieldPath"));
        Assert.Equal("metadata.labels['apps.kubernetes.io/pod-index']", environment[1].At("valueFrom.fieldRef.fieldPath"));
        var set = Kubelet(environment, "search-1", "1");
        Assert.Equal(Host(plan, 1), set["MEMBER_HOST"]);
        Assert.Equal($"http://{Host(plan, 1)}:9300", set["ADDRESS"]);
        Assert.Equal("node-1-of-$(HOME)", set["NODE"]);
        Assert.Equal(string.Join(',', Enumerable.Range(0, 3).Select(number => Host(plan, number))), set["MEMBERS"]);
        Assert.Equal(
            string.Join(',', Enumerable.Range(0, 3).Select(number => $"search-{number}=http://{Host(plan, number)}:9300")),
            set["CLUSTER"]);
        Assert.Equal(
            string.Join('\n', Enumerable.Range(0, 3).Select(number => $"{number}:{Host(plan, number)}")),
            cloud.FilesOf(plan, "search")["/etc/search/peers"].Content);
    }

    [Fact]
    public void A_caller_knows_all_members_and_writes_them_as_its_image_wants()
    {
        var plan = cloud.PlanWithoutErrors(model =>
        {
            var search = Declare(model);
            model.Add(new ContainerService("shop", new()
            {
                Environment = new() { ["NODES"] = search["MEMBERS"].Each($"http://{Member.Host}:9200", " ") },
            })).Calls(search);
        });

        var variables = cloud.VariablesOf(plan, "shop");
        Assert.Equal(string.Join(',', Enumerable.Range(0, 3).Select(number => Host(plan, number))), variables["SEARCH_MEMBERS"].Value);
        Assert.Equal(
            string.Join(' ', Enumerable.Range(0, 3).Select(number => $"http://{Host(plan, number)}:9200")), variables["NODES"].Value);
    }

    [Fact]
    public void A_preview_has_one_member_whose_files_go_with_it()
    {
        var plan = cloud.PlanWithoutErrors(model => Declare(model), EnvironmentKind.Preview);

        Assert.Equal("1", SetOf(plan).Input("spec.replicas"));
        Assert.True(plan.Only(Claim) is { Protect: false, RetainOnDelete: false });
        Assert.Empty(plan.OfType("kubernetes:policy/v1:PodDisruptionBudget"));
    }

    [Fact]
    public void Staging_keeps_the_majority_that_is_declared() => Assert.Equal(
        "5",
        SetOf(cloud.PlanWithoutErrors(
            model => Declare(model, args => args with { Scaling = new() { Members = 5 } }),
            EnvironmentKind.Staging)).Input("spec.replicas"));

    private PlannedResource SetOf(Plan plan)
    {
        var set = cloud.StartOf(plan, "search");
        Assert.Equal("kubernetes:apps/v1:StatefulSet", set.Type);
        return set;
    }

    private static string Host(Plan plan, int number) =>
        $"search-{number}.search-members.{plan.Stack}.svc.cluster.local";

    private static IEnumerable<JsonElement> Mounts(PlannedResource set) => set.Inputs.GetProperty("spec").GetProperty("template")
        .GetProperty("spec").GetProperty("containers")[0].GetProperty("volumeMounts").EnumerateArray();

    private static IEnumerable<string?> PortsOf(PlannedResource service) => service.Inputs.GetProperty("spec").GetProperty("ports")
        .EnumerateArray()
        .Select(port =>
        {
            Assert.Equal(port.At("port"), port.At("targetPort"));
            return port.At("port");
        });

    // What a container sees: references to variables before it, and doubled signs.
    private static Dictionary<string, string> Kubelet(IEnumerable<JsonElement> environment, string name, string number)
    {
        var seen = new Dictionary<string, string>();
        foreach (var variable in environment)
        {
            var value = variable.At("valueFrom.fieldRef.fieldPath") switch
            {
                "metadata.name" => name,
                { } => number,
                null => variable.At("value") ?? "",
            };
            foreach (var (known, text) in seen.ToList())
                value = value.Replace($"$({known})", text, StringComparison.Ordinal);
            seen[variable.At("name")!] = value.Replace("$$", "$", StringComparison.Ordinal);
        }

        return seen;
    }

    private static ContainerService Declare(Model model, Func<ContainerServiceArgs, ContainerServiceArgs>? change = null)
    {
        var args = new ContainerServiceArgs
        {
            Port = 9200,
            MorePorts = [9300],
            User = 1000,
            Scaling = new() { Members = 3 },
            HealthCheck = new() { Path = "/ready" },
            Volumes = [new() { Path = "/data", SizeGiB = 25 }],
        };
        return model.Add(new ContainerService("search", change is null ? args : change(args)));
    }
}
