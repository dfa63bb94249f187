using System.Text.Json;
using Infra.Plans;
using Infra.Plans.Rules;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Plans;

/// <summary>Names of the clouds other than AWS, on whose resources <see cref="PlanRuleTests"/> tries the rule itself.</summary>
public sealed class PhysicalNameTests
{
    [Theory]
    [InlineData("gcp:compute/firewall:Firewall", 55, true)]
    [InlineData("gcp:compute/firewall:Firewall", 56, false)]
    [InlineData("gcp:cloudrunv2/workerPool:WorkerPool", 41, true)]
    [InlineData("gcp:cloudrunv2/workerPool:WorkerPool", 42, false)]
    [InlineData("gcp:redis/instance:Instance", 32, true)]
    [InlineData("gcp:redis/instance:Instance", 33, false)]
    [InlineData("gcp:serviceaccount/account:Account", 22, true)]
    [InlineData("gcp:serviceaccount/account:Account", 23, false)]
    [InlineData("scaleway:iam/application:Application", 56, true)]
    [InlineData("scaleway:iam/application:Application", 57, false)]
    [InlineData("scaleway:object/bucket:Bucket", 55, true)]
    [InlineData("scaleway:object/bucket:Bucket", 56, false)]
    [InlineData("ovh:CloudProject/storage:Storage", 55, true)]
    [InlineData("ovh:CloudProject/storage:Storage", 56, false)]
    public void A_logical_name_and_the_suffix_of_Pulumi_fit_together(string type, int length, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed(type, new string('a', length), "{}"));

    [Theory]
    [InlineData("gcp:cloudrunv2/service:Service", "name", "shop-production-api", true)]
    [InlineData("gcp:cloudrunv2/service:Service", "name", "Shop", false)]
    [InlineData("gcp:certificatemanager/certificate:Certificate", "name", "www.shop", false)]
    [InlineData("gcp:dns/managedZone:ManagedZone", "name", "shop.example", false)]
    [InlineData("gcp:secretmanager/secret:Secret", "secretId", "shop_password", true)]
    [InlineData("gcp:secretmanager/secret:Secret", "secretId", "shop/password", false)]
    [InlineData("gcp:serviceaccount/account:Account", "accountId", "shop", false)]
    [InlineData("gcp:storage/bucket:Bucket", "name", "photos_of.shop", true)]
    [InlineData("gcp:storage/bucket:Bucket", "name", "goog-photos", false)]
    [InlineData("gcp:storage/bucket:Bucket", "name", "my-google-photos", false)]
    [InlineData("ovh:CloudProject/kubeNodePool:KubeNodePool", "name", "runtime-b3-8-a", true)]
    [InlineData("ovh:CloudProject/kubeNodePool:KubeNodePool", "name", "runtime_b3", false)]
    [InlineData("ovh:CloudProject/storage:Storage", "name", "photos_raw", false)]
    [InlineData("ovh:CloudProject/storage:Storage", "name", "192.168.10.10", false)]
    [InlineData("scaleway:databases/database:Database", "name", "orders_v2", true)]
    [InlineData("scaleway:databases/database:Database", "name", "rdb", false)]
    [InlineData("scaleway:object/bucket:Bucket", "name", "Photos", false)]
    public void A_given_name_keeps_the_rules_of_its_cloud(string type, string property, string name, bool isAllowed) =>
        Assert.Equal(isAllowed, IsAllowed(type, "main", $$"""{"{{property}}":"{{name}}"}"""));

    private static bool IsAllowed(string type, string name, string inputs)
    {
        var resource = new PlannedResource
        {
            Type = type,
            Name = name,
            Urn = $"urn:pulumi:sample::infra::{type}::{name}",
            Component = "part",
            Cloud = null,
            Parent = null,
            Provider = "provider",
            Protect = false,
            Inputs = JsonElement.Parse(inputs),
            DependsOn = [],
            References = [],
        };
        return !PlanRules.Check(TestBuild.Plan(_ => { }) with { Resources = [resource] })
            .Any(finding => finding.Rule.Id == "physical-name");
    }
}
