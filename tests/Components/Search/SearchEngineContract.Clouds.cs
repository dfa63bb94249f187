using System.Globalization;
using System.Text.Json;
using Infra.Components.Clouds;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Search;

public sealed class SearchEngineOnAws() : SearchEngineContract(new AwsFixture())
{
    private const string Domain = "aws:opensearch/domain:Domain";

    protected override string Port => "443";

    protected override string ScriptOf(Plan plan, string login) => plan.OfType("aws:ecs/taskDefinition:TaskDefinition")
        .Select(task => JsonDocument.Parse(task.Input("containerDefinitions")!).RootElement[0].At("command[0]") ?? "")
        .Single(script => script.Contains($"internalusers/{login} ", StringComparison.Ordinal));

    protected override bool SurvivesMachines(Plan plan) => plan.Only(Domain).Input("clusterConfig.instanceCount") == "3";

    protected override string LineOf(Plan plan) => plan.Only(Domain).Input("engineVersion") switch
    {
        "OpenSearch_2.19" => "2",
        "OpenSearch_3.3" => "3",
        var other => throw new ArgumentOutOfRangeException(nameof(plan), other, "no version that a test knows"),
    };

    protected override string StorageOf(Plan plan) => plan.Only(Domain).Input("ebsOptions.volumeSize")!;

    protected override Capacity CapacityOf(Plan plan) => plan.Only(Domain).Input("clusterConfig.instanceType") switch
    {
        "t3.small.search" => new(2, 2),
        "m6g.4xlarge.search" => new(16, 64),
        var other => throw new ArgumentOutOfRangeException(nameof(plan), other, "no type that a test knows"),
    };
}

public sealed class SearchEngineOnGoogleCloud() : SearchEngineContract(new GcpFixture())
{
    private const string Machine = "gcp:compute/instance:Instance";

    protected override string ScriptOf(Plan plan, string login) => plan.OfType("gcp:cloudrunv2/job:Job")
        .Select(job => job.Input("template.template.containers[0].commands[3]")!)
        .Single(script => script.Contains($"internalusers/{login} ", StringComparison.Ordinal));

    protected override bool SurvivesMachines(Plan plan) => false;

    protected override string LineOf(Plan plan) => Images.LineIn(plan.Only(Machine).Input("metadataStartupScript")!);

    protected override string StorageOf(Plan plan) => plan.Only("gcp:compute/disk:Disk").Input("size")!;

    protected override Capacity CapacityOf(Plan plan) => plan.Only(Machine).Input("machineType") switch
    {
        "e2-medium" => new(1, 4),
        "e2-standard-16" => new(16, 64),
        var other => throw new ArgumentOutOfRangeException(nameof(plan), other, "no type that a test knows"),
    };
}

public sealed class SearchEngineOnScaleway() : SearchEngineInCluster(new ScalewayFixture());

public sealed class SearchEngineOnOvh() : SearchEngineInCluster(new OvhFixture());

public sealed class SearchEngineOnKubernetes() : SearchEngineInCluster(new KubernetesFixture());

/// <summary>How the promises show where OpenSearch in a cluster keeps them.</summary>
public abstract class SearchEngineInCluster(CloudFixture cloud) : SearchEngineContract(cloud)
{
    private const string Servers = "kubernetes:apps/v1:StatefulSet";
    private const string Container = "spec.template.spec.containers[0]";

    protected override string ScriptOf(Plan plan, string login) =>
        Kubelet.CommandOf(plan.Only("kubernetes:batch/v1:Job", $"{login}-grant"))[3];

    protected override bool SurvivesMachines(Plan plan) => plan.Only(Servers).Input("spec.replicas") == "3";

    protected override string LineOf(Plan plan) => Images.LineIn(plan.Only(Servers).Input($"{Container}.image")!);

    protected override string StorageOf(Plan plan) => plan
        .Only("kubernetes:core/v1:PersistentVolumeClaim", "data-catalogue-2")
        .Input("spec.resources.requests.storage")!;

    protected override Capacity CapacityOf(Plan plan)
    {
        var servers = plan.Only(Servers);
        return new(
            Number(servers.Input($"{Container}.resources.requests.cpu")!.TrimEnd('m')) / 1000,
            Number(servers.Input($"{Container}.resources.requests.memory")!.Replace("Mi", "", StringComparison.Ordinal)) / 1024);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}

internal static class Images
{
    /// <summary>The line of OpenSearch of which a text names the image.</summary>
    public static string LineIn(string text) =>
        new[] { (Line: "2", Image: PinnedImage.OpenSearch2), (Line: "3", Image: PinnedImage.OpenSearch3) }
            .Single(line => text.Contains(line.Image.OnDockerHub, StringComparison.Ordinal)).Line;
}
