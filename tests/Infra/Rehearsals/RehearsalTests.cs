using System.Text.Json.Nodes;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Pulumi;
using Xunit;
using S3 = Pulumi.Aws.S3;

namespace Infra.Tests.Rehearsals;

public sealed class RehearsalTests
{
    [Fact]
    public void A_resource_is_told_from_another_of_its_type_and_name_by_its_parent()
    {
        var plan = TestBuild.PlanOf(
            ("one", part => _ = new S3.Bucket("main", new() { BucketName = "first" }, part.Inside())),
            ("two", part => _ = new S3.Bucket("main", new() { BucketName = "second" }, part.Inside(protect: true))));

        Assert.Equal("first", plan.Of("one").Single().Input("bucket"));
        Assert.Equal("second", plan.Of("two").Single().Input("bucket"));
        Assert.Equal([false, true], plan.OfType("aws:s3/bucket:Bucket").Select(bucket => bucket.Protect));
    }

    [Fact]
    public void Urns_hold_the_types_of_all_ancestors_but_the_stack()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            _ = new S3.BucketPublicAccessBlock("block", new() { Bucket = bucket.Id }, new() { Parent = bucket });
        });

        var block = plan.Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
        Assert.Equal(
            "urn:pulumi:sample-production::infra::infra:aws:Bucket$aws:s3/bucket:Bucket$"
            + "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock::block",
            block.Urn);
        Assert.Equal(plan.Only("aws:s3/bucket:Bucket").Urn, block.Parent);
        Assert.Equal("urn:pulumi:sample-production::infra::infra:aws:Bucket::part", plan.Component("part").Urn);
    }

    [Fact]
    public void A_resource_stands_in_its_component_and_on_its_cloud_with_its_provider()
    {
        var plan = TestBuild.Plan(part => _ = new S3.Bucket("photos", new(), part.Inside()));

        var bucket = plan.Only("aws:s3/bucket:Bucket");
        Assert.Equal("part", bucket.Component);
        Assert.Equal(Cloud.Aws, bucket.Cloud);
        Assert.Equal(plan.Only("pulumi:providers:aws").Urn, bucket.Provider);
        Assert.Null(plan.Only("pulumi:providers:aws").Component);
    }

    [Fact]
    public void What_a_resource_waits_for_is_apart_from_what_it_refers_to()
    {
        var plan = TestBuild.Plan(part =>
        {
            var first = new S3.Bucket("first", new(), part.Inside());
            _ = new S3.Bucket("second", new(), part.Inside(dependsOn: first));
        });

        var second = plan.Only("aws:s3/bucket:Bucket", "second");
        Assert.Equal([plan.Only("aws:s3/bucket:Bucket", "first").Urn], second.DependsOn);
        Assert.Empty(second.References);
    }

    [Fact]
    public void A_plan_tells_how_the_engine_will_treat_changes()
    {
        var plan = TestBuild.Plan(part =>
        {
            var options = part.Inside();
            options.DeleteBeforeReplace = true;
            options.RetainOnDelete = true;
            options.IgnoreChanges.Add("tags");
            options.ReplaceOnChanges.Add("region");
            options.CustomTimeouts = new() { Create = TimeSpan.FromMinutes(60), Delete = TimeSpan.FromSeconds(90) };
            options.Aliases.AddRange(
                [new Alias { Name = "pictures" }, new Alias { NoParent = true }, new Alias { Urn = "urn:pulumi:old" }]);
            _ = new S3.Bucket("photos", new(), options);
            _ = new S3.Bucket("plain", new(), part.Inside());
        });

        var bucket = plan.Only("aws:s3/bucket:Bucket", "photos");
        Assert.True(bucket is { DeleteBeforeReplace: true, RetainOnDelete: true });
        Assert.Equal(["tags"], bucket.IgnoreChanges);
        Assert.Equal(["region"], bucket.ReplaceOnChanges);
        Assert.Equal([KeyValuePair.Create("create", "60m"), KeyValuePair.Create("delete", "90s")], bucket.CustomTimeouts);
        Assert.Equal(
            [
                "urn:pulumi:sample-production::infra::infra:aws:Bucket$aws:s3/bucket:Bucket::pictures",
                "urn:pulumi:sample-production::infra::aws:s3/bucket:Bucket::photos",
                "urn:pulumi:old",
            ],
            bucket.Aliases);

        var plain = plan.Only("aws:s3/bucket:Bucket", "plain");
        Assert.True(plain is { DeleteBeforeReplace: false, RetainOnDelete: false });
        Assert.Empty(plain.IgnoreChanges.Concat(plain.ReplaceOnChanges).Concat(plain.Aliases).Concat(plain.CustomTimeouts.Keys));
    }

    [Fact]
    public void The_arguments_of_a_component_are_what_environment_and_stack_file_leave()
    {
        var plan = TestSystems.Plan(
            Cloud.Aws,
            model => model.Add(new Infra.Components.Databases.ManagedDatabase("orders", new() { BackupDays = 30, Size = Size.XLarge })),
            EnvironmentKind.Staging,
            settings => settings with
            {
                Components = new Dictionary<string, JsonObject> { ["orders"] = new() { ["storageGiB"] = 60 } },
            });

        var arguments = plan.Component("orders").Arguments;
        Assert.Equal(
            [
                "backupDays", "beginsFrom", "dataClass", "database", "engine", "extensions", "followable", "highAvailability",
                "maintenanceWindow", "maximumStorageGiB", "parameters", "searchPath", "size", "storageGiB", "version",
            ],
            arguments.EnumerateObject().Select(argument => argument.Name).Order(StringComparer.Ordinal));
        Assert.Equal("60", arguments.At("storageGiB"));
        Assert.Equal("7", arguments.At("backupDays"));
        Assert.Equal("medium", arguments.At("size"));
        Assert.Equal("17", arguments.At("version"));
        Assert.Equal("postgresql", arguments.At("engine"));
        Assert.Equal("False", arguments.At("highAvailability"));
    }

    [Fact]
    public void What_a_plan_says_of_arguments_a_stack_file_may_say_too()
    {
        var plan = Plan(RepositoryStacks.Settings("familink-production").Components);
        var again = Plan(plan.Components
            .Where(component => component.Arguments.EnumerateObject().Any())
            .ToDictionary(component => component.Name, component => JsonNode.Parse(component.Arguments.GetRawText())!.AsObject()));

        Assert.Equal("", again.Findings.Errors());
        Assert.Equal(
            plan.Components.Select(component => component.Arguments.ToString()),
            again.Components.Select(component => component.Arguments.ToString()));

        static Plan Plan(IReadOnlyDictionary<string, JsonObject> components) => Rehearsal.Run(
            new Infra.Stacks.Familink(),
            RepositoryStacks.Settings("familink-production", Cloud.Kubernetes) with { Components = components });
    }

    [Fact]
    public void Unknown_outputs_register_the_same_resources()
    {
        static void Build(Part part)
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            _ = new S3.BucketPublicAccessBlock("block", new() { Bucket = bucket.Id.Apply(id => id.ToUpperInvariant()) }, part.Inside());
        }

        var plan = TestBuild.Plan(Build);
        var unknown = TestBuild.Unknown(Build);

        Assert.Equal("", unknown.Findings.Errors());
        Assert.Equal(
            plan.Resources
                .Select(resource => resource.Urn)
                .Concat(plan.Components.Select(component => component.Urn))
                .Order(StringComparer.Ordinal),
            unknown.Urns.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Unknown_outputs_run_no_code_that_needs_their_values()
    {
        var unknown = TestBuild.Unknown(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            bucket.Arn.Apply(arn => new S3.Bucket("more", new() { BucketName = arn }, part.Inside()));
        });

        Assert.DoesNotContain(unknown.Urns, urn => urn.EndsWith("::more", StringComparison.Ordinal));
    }

    [Fact]
    public void The_outputs_of_a_component_are_those_of_its_neutral_interface()
    {
        var plan = TestBuild.Plan(part => part.NetworkId = new S3.Bucket("photos", new(), part.Inside()).Id);

        Assert.Equal("{photos.id}", plan.Component("part").Outputs.At("networkId"));
        Assert.Equal("", plan.Component("part").Outputs.At("egressAddresses"));
        Assert.Equal("{photos.id}", plan.Outputs.At("components.part.networkId"));
    }

    [Fact]
    public void A_blueprint_with_errors_gives_findings_and_no_resources()
    {
        var system = TestSystems.Declare(model => model.Add(new Infra.Components.Buckets.Bucket("UPPER")));

        var plan = Rehearsal.Run(system, TestSettings.For(Cloud.Aws, system: system));

        Assert.True(plan.HasErrors);
        Assert.Contains(plan.Findings, finding => finding.Rule.Id == "component-name");
        Assert.Empty(plan.Resources);
        Assert.Equal("{}", plan.Outputs.ToString());
    }

    [Fact]
    public void The_environment_of_the_machine_does_not_reach_the_plan()
    {
        static string? Region()
        {
            var plan = TestBuild.Plan(part => _ = new Pulumi.Aws.Provider("second", new(), new() { Parent = part }));
            return plan.Only("pulumi:providers:aws", "second").Input("region");
        }

        var before = Environment.GetEnvironmentVariable("AWS_REGION");
        try
        {
            Environment.SetEnvironmentVariable("AWS_REGION", "us-west-1");
            Assert.Null(Region());
            Assert.Equal("us-west-1", Environment.GetEnvironmentVariable("AWS_REGION"));
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_REGION", before);
        }
    }

    [Fact]
    public void A_provider_function_without_an_answer_is_named()
    {
        var plan = TestBuild.Plan(_ =>
            Deployment.Instance.Invoke<object>(
                "aws:index/getIpRanges:getIpRanges",
                new DictionaryInvokeArgs(System.Collections.Immutable.ImmutableDictionary<string, object?>.Empty)));

        Assert.Contains(plan.Findings, finding =>
            finding.Rule.Id == "invoke-unknown" && finding.Message.Contains("aws:index/getIpRanges:getIpRanges", StringComparison.Ordinal));
    }
}
