using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Services;
using Infra.Components.Services.Kubernetes;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What only some clouds do with volumes, and what none of them does.</summary>
public sealed class VolumeTests
{
    private const string Claim = "kubernetes:core/v1:PersistentVolumeClaim";

    public static TheoryData<string, ContainerServiceArgs> Refused => new()
    {
        { "Volumes", new() { User = 1000, Volumes = [Data] } },
        { "Volumes", new() { Scaling = One, Volumes = [Data] } },
        { "Volumes", With(Data, Data with { Path = "/other" }) },
        { "Volumes[0].Path", With(Data with { Path = "" }) },
        { "Volumes[0].Path", With(Data with { Path = "relative" }) },
        { "Volumes[0].Path", With(Data with { Path = "/tmp/data" }) },
        { "Volumes[1].Path", With(Data, new() { Name = "inner", Path = "/data/inner" }) },
        { "Volumes[0].Path", With(Data) with { Files = new() { ["/data/app.conf"] = "mode = full" } } },
        { "Volumes[0].Name", With(Data with { Name = "Data" }) },
        { "Volumes[0].Name", With(Data with { Name = "a-name-of-many-letters" }) },
        { "Volumes[0].SizeGiB", With(Data with { SizeGiB = 9 }) },
        { "Volumes[0].SizeGiB", With(Data with { SizeGiB = 4001 }) },
        { "Volumes[0].BackupDays", With(Data with { BackupDays = 36 }) },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Volumes_that_no_cloud_has_are_refused(string argument, ContainerServiceArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Fact]
    public void Cloud_Run_has_none_and_says_where_they_are()
    {
        var error = Fixtures.Of(Cloud.Gcp).Plan(model => model.Add(new ContainerService("shop", With(Data)))).OnlyError();

        Assert.Equal(("gcp-volumes", "shop"), (error.Rule.Id, error.Component));
        Assert.EndsWith("or place 'shop' on aws, scaleway, ovh, kubernetes.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_services_own_role_enters_a_file_system_on_AWS_and_each_directory_by_its_own_point()
    {
        var plan = AwsPlans.Of(model => model.Add(new ContainerService("shop", With(Data, new() { Name = "cache", Path = "/cache" }))));

        var files = plan.Only("aws:efs/fileSystem:FileSystem");
        Assert.Equal(("True", "elastic"), (files.Input("encrypted"), files.Input("throughputMode")));
        var policy = plan.Only("aws:iam/rolePolicy:RolePolicy", "shop-volumes").JsonInput("policy")!.Value.GetProperty("Statement");
        Assert.Equal(2, policy.GetArrayLength());
        Assert.All(policy.EnumerateArray(), statement =>
        {
            Assert.Equal("""["elasticfilesystem:ClientMount","elasticfilesystem:ClientWrite"]""", statement.At("Action"));
            Assert.NotNull(statement.GetProperty("Condition").GetProperty("StringEquals").At("elasticfilesystem:AccessPointArn"));
        });
        var points = plan.OfType("aws:efs/accessPoint:AccessPoint");
        Assert.Equal(["/cache", "/data"], points.Select(point => point.Input("rootDirectory.path")).Order());
        Assert.All(points, point => Assert.Equal(("1000", "1000"), (point.Input("posixUser.uid"), point.Input("posixUser.gid"))));
        var tls = plan.Only("aws:efs/fileSystemPolicy:FileSystemPolicy").JsonInput("policy")!.Value.GetProperty("Statement")[0];
        Assert.Equal(("Deny", "false"), (tls.At("Effect"), tls.GetProperty("Condition").GetProperty("Bool").At("aws:SecureTransport")));
    }

    [Fact]
    public void A_file_system_on_AWS_has_an_address_in_every_zone_and_one_port_for_the_service()
    {
        var plan = AwsPlans.Of(model => model.Add(new ContainerService("shop", With(Data))));

        var guard = plan.Only("aws:ec2/securityGroup:SecurityGroup", "shop-volumes");
        var targets = plan.OfType("aws:efs/mountTarget:MountTarget");
        Assert.Equal(plan.OfType("aws:ec2/subnet:Subnet").Count(subnet => subnet.Name.Contains("private")), targets.Count);
        Assert.All(targets, target => Assert.True(target.RefersTo(guard)));
        var rule = plan.Only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule", "shop-volumes");
        Assert.Equal(("2049", "2049"), (rule.Input("fromPort"), rule.Input("toPort")));
        Assert.True(rule.RefersTo(plan.Only("aws:ec2/securityGroup:SecurityGroup", "shop")));
    }

    [Fact]
    public void A_volume_on_AWS_has_no_size_and_the_plan_says_so()
    {
        var plan = AwsPlans.Of(model => model.Add(new ContainerService("shop", With(Data))));

        Assert.Equal(
            ["aws-volume", "aws-volume-backup"],
            plan.Findings.Select(finding => finding.Rule.Id).Where(rule => rule.StartsWith("aws-volume", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Ovh)]
    [InlineData(Cloud.Kubernetes)]
    public void A_claim_in_a_cluster_is_as_large_as_asked_for_and_its_group_owns_it(Cloud cloud)
    {
        var plan = Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new ContainerService("shop", With(Data with { SizeGiB = 25 }))));

        var claim = plan.Only(Claim, "shop-data");
        Assert.Equal("25Gi", claim.Input("spec.resources.requests.storage"));
        Assert.Equal("""["ReadWriteOnce"]""", claim.Input("spec.accessModes"));
        Assert.Null(claim.Input("metadata.name"));
        var pod = plan.Only("kubernetes:apps/v1:Deployment", "shop").Inputs.GetProperty("spec").GetProperty("template").GetProperty("spec");
        Assert.Equal(("1000", "OnRootMismatch"), (pod.At("securityContext.fsGroup"), pod.At("securityContext.fsGroupChangePolicy")));
    }

    [Theory]
    [InlineData(DataClass.Internal, Severity.Info)]
    [InlineData(DataClass.Personal, Severity.Warning)]
    public void Where_nobody_says_that_disks_are_encrypted_the_plan_does(DataClass data, Severity severity) => Assert.All(
        new[] { Cloud.Scaleway, Cloud.Ovh },
        cloud => Assert.Equal(
            severity,
            Fixtures.Of(cloud)
                .PlanWithoutErrors(model => model.Add(new ContainerService("shop", With(Data) with { DataClass = data })))
                .Findings.Single(finding => finding.Rule.Id == "volume-encryption").Severity));

    [Fact]
    public void A_given_cluster_takes_the_storage_class_of_the_tweak()
    {
        var args = With(Data) with { Tweaks = [new KubernetesServiceTweak { StorageClass = "fast" }] };

        var plan = Fixtures.Of(Cloud.Kubernetes).PlanWithoutErrors(model => model.Add(new ContainerService("shop", args)));

        Assert.Equal("fast", plan.Only(Claim).Input("spec.storageClassName"));
    }

    [Theory]
    [InlineData(Cloud.Scaleway, "sbs-15k")]
    [InlineData(Cloud.Ovh, "csi-cinder-high-speed")]
    public void A_fast_volume_has_the_fast_class_of_the_clouds_cluster_and_others_have_the_usual_one(Cloud cloud, string expected)
    {
        var volumes = new[] { Data with { Speed = VolumeSpeed.Fast }, new() { Name = "cache", Path = "/cache" } };
        var plan = Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new ContainerService("shop", With(volumes))));

        Assert.Equal(expected, plan.Only(Claim, "shop-data").Input("spec.storageClassName"));
        Assert.Null(plan.Only(Claim, "shop-cache").Input("spec.storageClassName"));
    }

    [Fact]
    public void A_given_cluster_says_which_class_is_fast_or_the_plan_says_that_nobody_does()
    {
        var system = TestSystems.Declare(model => model.Add(new ContainerService("shop", With(Data with { Speed = VolumeSpeed.Fast }))));
        var settings = Fixtures.Of(Cloud.Kubernetes).SettingsFor(system, EnvironmentKind.Production);
        var cluster = settings.Accounts.Kubernetes! with { FastStorageClass = "nvme" };

        var without = Rehearsal.Run(system, settings).WithoutErrors();
        var with = Rehearsal.Run(system, settings with { Accounts = settings.Accounts with { Kubernetes = cluster } }).WithoutErrors();

        Assert.Contains(without.Findings, finding => finding.Rule.Id == "kubernetes-volume-speed");
        Assert.Equal("nvme", with.Only(Claim).Input("spec.storageClassName"));
        Assert.DoesNotContain(with.Findings, finding => finding.Rule.Id == "kubernetes-volume-speed");
    }

    [Fact]
    public void Amazon_EFS_is_as_fast_for_all_volumes_and_says_so() => Assert.Contains(
        AwsPlans.Of(model => model.Add(new ContainerService("shop", With(Data with { Speed = VolumeSpeed.Fast })))).Findings,
        finding => finding.Rule.Id == "aws-volume-speed");

    [Fact]
    public void A_stack_file_raises_a_volume()
    {
        var system = TestSystems.Declare(model => model.Add(new ContainerService("shop", With(Data))));
        var volume = new JsonObject { ["name"] = "data", ["path"] = "/data", ["sizeGiB"] = 400 };
        var settings = Fixtures.Of(Cloud.Ovh).SettingsFor(system, EnvironmentKind.Production) with
        {
            Components = new Dictionary<string, JsonObject> { ["shop"] = new() { ["volumes"] = new JsonArray(volume) } },
        };

        Assert.Equal("400Gi", Rehearsal.Run(system, settings).WithoutErrors().Only(Claim).Input("spec.resources.requests.storage"));
    }

    private static Scaling One { get; } = new() { AtMostOne = true };

    private static Volume Data { get; } = new() { Path = "/data" };

    private static ContainerServiceArgs With(params IReadOnlyList<Volume> volumes) =>
        new() { Port = 8080, User = 1000, Scaling = One, Volumes = volumes };
}
