using Infra.Components.Buckets;
using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class AwsCloudTests
{
    [Fact]
    public void The_provider_works_in_the_stacks_account_and_region_only()
    {
        var provider = AwsPlans.Of(model => model.Add(new Bucket("photos")), settings: settings => settings with
        {
            Accounts = settings.Accounts with { Aws = new(TestSettings.AccountId, "arn:aws:iam::111122223333:role/deploy") },
        }).Only("pulumi:providers:aws");

        Assert.Equal("eu-west-3", provider.Input("region"));
        Assert.Contains(TestSettings.AccountId, provider.Input("allowedAccountIds")!, StringComparison.Ordinal);
        Assert.Contains("role/deploy", provider.Input("assumeRoles")!, StringComparison.Ordinal);
        Assert.Contains("platform@example.org", provider.Input("defaultTags")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_account_only_a_hypothetical_plan_is_possible()
    {
        Assert.Contains(
            "infra:accounts.aws",
            AwsPlans.OnlyError(Declare, settings: settings => settings with { Accounts = new() }),
            StringComparison.Ordinal);

        var provider = AwsPlans.Of(Declare, settings: settings => settings with { Accounts = new(), Hypothetical = true })
            .Only("pulumi:providers:aws");
        Assert.Null(provider.Input("allowedAccountIds"));

        static void Declare(Model model) => model.Add(new Bucket("photos"));
    }

    [Fact]
    public void Every_resource_has_the_stacks_own_provider()
    {
        var plan = Familink(EnvironmentKind.Production);

        var provider = plan.Only("pulumi:providers:aws");
        Assert.All(
            plan.Resources.Where(resource => resource.Package == "aws" && !resource.IsProvider),
            resource => Assert.Equal(provider.Urn, resource.Provider));
    }

    [Theory]
    [InlineData(EnvironmentKind.Production)]
    [InlineData(EnvironmentKind.Staging)]
    [InlineData(EnvironmentKind.Preview)]
    public void A_first_preview_registers_the_same_resources_as_an_update(EnvironmentKind environment)
    {
        var plan = Familink(environment);
        var unknown = Rehearsal.RunUnknown(new Familink(), Settings(environment));

        Assert.Equal("", unknown.Findings.Errors());
        Assert.Equal(
            plan.Resources.Select(resource => resource.Urn),
            unknown.Urns.Intersect(plan.Resources.Select(resource => resource.Urn)));
    }

    [Fact]
    public void What_can_carry_tags_carries_those_of_its_component()
    {
        var untagged = Familink(EnvironmentKind.Production).Resources
            .Where(resource => resource.Package == "aws" && !resource.IsProvider && resource.Input("tags.component") is null)
            .Select(resource => resource.TypeName)
            .Distinct();

        // None of these types can.
        Assert.Equal(
            [
                "AccessKey", "BackupPolicy", "BucketCorsConfiguration", "BucketLifecycleConfiguration", "BucketPolicy",
                "BucketPublicAccessBlock", "BucketVersioning", "CertificateValidation", "ClusterCapacityProviders",
                "EmailIdentityMailFromAttributes", "FileSystemPolicy", "Invocation", "LifecyclePolicy", "MountTarget", "Policy",
                "QueuePolicy", "Record", "RedriveAllowPolicy", "RolePolicy", "RolePolicyAttachment", "Route", "RouteTableAssociation",
                "ScheduledAction", "SecretVersion", "UserGroupAssociation", "UserPolicy",
            ],
            untagged.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_cannot_be_brought_back_is_protected_in_production_and_nothing_is_elsewhere()
    {
        string[] lasting =
        [
            "aws:ec2/eip:Eip", "aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc", "aws:ecr/repository:Repository",
            "aws:efs/fileSystem:FileSystem", "aws:elasticache/replicationGroup:ReplicationGroup", "aws:lb/loadBalancer:LoadBalancer",
            "aws:rds/instance:Instance", "aws:route53/zone:Zone", "aws:s3/bucket:Bucket", "aws:sqs/queue:Queue",
           
        ];

        var production = Familink(EnvironmentKind.Production).Resources;
        Assert.Equal(
            lasting,
            production
                .Where(resource => resource.Protect && resource.Package == "aws")
                .Select(resource => resource.Type)
                .Distinct()
                .Order(StringComparer.Ordinal));
        Assert.DoesNotContain(production, resource => lasting.Contains(resource.Type) && !resource.Protect);
        Assert.DoesNotContain(Familink(EnvironmentKind.Staging).Resources, resource => resource.Protect);
        Assert.DoesNotContain(Familink(EnvironmentKind.Preview).Resources, resource => resource.Protect);
    }

    [Theory]
    [InlineData("aws:ec2/securityGroup:SecurityGroup", "ingress", "egress", "name")]
    [InlineData("aws:ec2/routeTable:RouteTable", "routes")]
    [InlineData("aws:iam/role:Role", "inlinePolicies", "managedPolicyArns")]
    [InlineData(
        "aws:s3/bucket:Bucket",
        "acl",
        "corsRules",
        "lifecycleRules",
        "logging",
        "policy",
        "serverSideEncryptionConfiguration",
        "versioning")]
    public void What_has_a_resource_of_its_own_is_not_said_a_second_time(string type, params string[] properties)
    {
        var resources = Familink(EnvironmentKind.Production).OfType(type);

        Assert.NotEmpty(resources);
        Assert.All(resources, resource => Assert.All(properties, property => Assert.Null(resource.Input(property))));
    }

    [Theory]
    [InlineData(EnvironmentKind.Production, "30")]
    [InlineData(EnvironmentKind.Preview, "7")]
    public void Logs_end_after_a_period_that_CloudWatch_knows(EnvironmentKind environment, string days) =>
        Assert.Equal(
            [days],
            Familink(environment).OfType("aws:cloudwatch/logGroup:LogGroup").Select(group => group.Input("retentionInDays")).Distinct());

    [Fact]
    public void A_region_whose_zones_are_not_listed_is_refused() => Assert.Contains(
        "'eu-west-9'",
        AwsPlans.OnlyError(
            model => model.Add(new Bucket("photos")),
            settings: settings => settings with { Regions = new Dictionary<Cloud, string> { [Cloud.Aws] = "eu-west-9" } }),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("sg-photos")]
    [InlineData("sthree-photos")]
    public void A_name_that_AWS_keeps_for_itself_is_refused(string name) =>
        Assert.Contains("aws-name", AwsPlans.OnlyError(model => model.Add(new Bucket(name))), StringComparison.Ordinal);

    [Fact]
    public void A_reference_to_what_was_not_added_is_a_finding_and_no_failure()
    {
        var zone = new Components.Dns.DnsZone("zone", new() { Domain = "shop.example" });

        Assert.Contains(
            "reference-undeclared",
            AwsPlans.OnlyError(model =>
                model.Add(new Components.Certificates.Certificate("certificate", new() { Hosts = ["@"], Zone = zone }))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void An_environment_that_a_task_definition_cannot_hold_is_refused() => Assert.Contains(
        "49152 bytes at most",
        AwsPlans.OnlyError(model =>
            model.Add(new ContainerService("shop", new() { Environment = new() { ["BIG"] = new string('x', 50_000) } }))),
        StringComparison.Ordinal);

    [Theory]
    [InlineData(60, 0)]
    [InlineData(61, 1)]
    public void More_consumers_than_a_security_group_has_rules_for_are_told_which_quota_to_raise(int consumers, int warnings)
    {
        var findings = AwsPlans.Of(model =>
        {
            var sessions = model.Add(new Components.Caches.Cache("sessions"));
            foreach (var number in Enumerable.Range(100, consumers)) model.Add(new ContainerService($"worker-{number}")).Reads(sessions);
        }).Findings;

        Assert.Equal(warnings, findings.Count(finding => finding is { Rule.Id: "aws-security-group-rules", Component: "sessions" }));
    }

    [Fact]
    public void An_owner_that_cannot_be_a_tag_is_refused() =>
        Assert.Contains(
            "aws-tag",
            AwsPlans.OnlyError(model => model.Add(new Bucket("photos")), settings: settings => settings with { Owner = "team#1" }),
            StringComparison.Ordinal);

    private static Plan Familink(EnvironmentKind environment)
    {
        var plan = Rehearsal.Run(new Familink(), Settings(environment));
        Assert.Equal("", plan.Errors());
        return plan;
    }

    // Its images lie in its own registry.
    private static StackSettings Settings(EnvironmentKind environment) =>
        new AwsFixture().SettingsFor(new Familink(), environment);
}
