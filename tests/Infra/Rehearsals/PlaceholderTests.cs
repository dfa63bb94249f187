using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Infra.Tests.Testing;
using Pulumi;
using Pulumi.Random;
using Xunit;
using Acm = Pulumi.Aws.Acm;
using Core = Pulumi.Kubernetes.Core.V1;
using Iam = Pulumi.Aws.Iam;
using Rds = Pulumi.Aws.Rds;
using S3 = Pulumi.Aws.S3;
using SecretsManager = Pulumi.Aws.SecretsManager;
using Vpc = Pulumi.Aws.Vpc;

namespace Infra.Tests.Rehearsals;

public sealed class PlaceholderTests
{
    [Fact]
    public void An_output_reads_as_the_name_and_property_of_its_resource()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            _ = new S3.BucketPublicAccessBlock("photos-block", new() { Bucket = bucket.Id }, part.Inside());
        });

        Assert.Equal("", plan.Errors());
        var block = plan.Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
        Assert.Equal("{photos.id}", block.Input("bucket"));
        Assert.True(block.RefersTo(plan.Only("aws:s3/bucket:Bucket"), "bucket"));
    }

    [Fact]
    public void A_checksum_of_outputs_is_no_value()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new() { BucketName = "0123456789abcdef" }, part.Inside());
            Describe(part, bucket.Arn.Apply(arn => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(arn)))[..8]));
            _ = new S3.BucketPublicAccessBlock("photos-block", new() { Bucket = bucket.BucketName }, part.Inside());
        });

        Assert.Equal("[checksum of photos]", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
        Assert.Equal("0123456789abcdef", plan.Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock").Input("bucket"));
    }

    [Fact]
    public void A_name_that_several_resources_have_reads_with_the_type()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("main", new(), part.Inside());
            _ = new Iam.Role("main", new() { AssumeRolePolicy = "{}" }, part.Inside());
            Describe(part, bucket.Id);
        });

        Assert.Equal("{main:Bucket.id}", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void A_name_that_types_of_one_word_share_reads_with_the_whole_type()
    {
        var plan = TestBuild.Plan(part =>
        {
            var user = new Iam.User("main", new(), part.Inside());
            _ = new Pulumi.Aws.ElastiCache.User(
                "main",
                new() { AccessString = "on", Engine = "valkey", UserId = "main", UserName = "main" },
                part.Inside());
            Describe(part, user.Name);
        });

        Assert.Equal("{main:aws:iam/user:User.name}", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void A_name_and_type_that_several_resources_have_reads_with_the_component()
    {
        S3.Bucket? first = null;
        var plan = TestBuild.PlanOf(
            ("one", part => first = new S3.Bucket("main", new(), part.Inside())),
            ("two", part =>
            {
                _ = new S3.Bucket("main", new(), part.Inside());
                Describe(part, first!.Id);
            }));

        Assert.Equal("{one/main:Bucket.id}", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void References_are_found_inside_JSON_text()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            var role = new Iam.Role("reader", new() { AssumeRolePolicy = "{}" }, part.Inside());
            var policy = bucket.Arn.Apply(arn =>
                JsonSerializer.Serialize(new { Statement = new[] { new { Effect = "Allow", Resource = new[] { arn, arn + "/*" } } } }));
            _ = new Iam.RolePolicy("reader-policy", new() { Role = role.Name, Policy = policy }, part.Inside());
        });

        var policy = plan.Only("aws:iam/rolePolicy:RolePolicy");
        var bucket = plan.Only("aws:s3/bucket:Bucket");
        Assert.Equal("{photos.arn}/*", policy.JsonInput("policy")?.At("Statement[0].Resource[1]"));
        Assert.True(policy.RefersTo(bucket, "policy#.Statement[0].Resource[0]"));
        Assert.True(policy.RefersTo(bucket, "policy#.Statement[0].Resource[1]"));
        Assert.False(policy.RefersTo(bucket, "policy"));
    }

    [Fact]
    public void References_survive_changes_of_case_and_encoding()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            Describe(
                part,
                bucket.Id.Apply(id =>
                    Convert.ToBase64String(Encoding.UTF8.GetBytes(id)) + " " + id.ToUpperInvariant() + " " + Uri.EscapeDataString(id)));
        });

        Assert.Equal("{photos.id} {photos.id} {photos.id}", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void References_are_known_where_nothing_of_the_value_is_left()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            Describe(part, bucket.Id.Apply(id => $"{id.Length} characters"));
        });

        var described = plan.Only("aws:secretsmanager/secret:Secret");
        Assert.Equal("12 characters", described.Input("description"));
        Assert.True(described.RefersTo(plan.Only("aws:s3/bucket:Bucket"), "description"));
    }

    [Fact]
    public void A_number_reads_as_its_property_in_numbers_and_in_texts()
    {
        var plan = TestBuild.Plan(part =>
        {
            var database = new Rds.Instance("database", new() { InstanceClass = "db.t4g.medium" }, part.Inside());
            _ = new Vpc.SecurityGroupIngressRule(
                "rule",
                new() { IpProtocol = "tcp", SecurityGroupId = "sg", FromPort = database.Port, ToPort = 50000 },
                part.Inside());
            Describe(part, Output.Format($"{database.Address}:{database.Port}"));
        });

        var rule = plan.Only("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
        Assert.Equal("{database.port}", rule.Input("fromPort"));
        Assert.Equal("50000", rule.Input("toPort"));
        Assert.True(rule.RefersTo(plan.Only("aws:rds/instance:Instance"), "fromPort"));
        Assert.Equal("{database.address}:{database.port}", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void A_number_in_the_output_of_a_component_reads_as_its_property()
    {
        var plan = TestBuild.Plan(part =>
        {
            var database = new Rds.Instance("database", new() { InstanceClass = "db.t4g.medium" }, part.Inside());
            part.NetworkId = database.Port.Apply(port => $"{port}");
            part.EgressAddresses = Output.Create("50000");
        });

        Assert.Equal("", plan.Errors());
        Assert.Equal("{database.port}", plan.Component("part").Outputs.GetProperty("networkId").GetString());
        Assert.Equal("50000", plan.Component("part").Outputs.GetProperty("egressAddresses").GetString());
    }

    [Fact]
    public void An_ARN_can_be_taken_apart()
    {
        var plan = TestBuild.Plan(part =>
        {
            var role = new Iam.Role("reader", new() { AssumeRolePolicy = "{}" }, part.Inside());
            Describe(part, role.Arn.Apply(arn => $"{arn.Split(':')[4]} {arn.Split(':')[5]} {arn}"));
        });

        Assert.Equal(
            $"{TestSettings.AccountId} {{reader.arn}} {{reader.arn}}",
            plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void A_certificate_has_one_validation_for_each_domain()
    {
        var plan = TestBuild.Plan(part =>
        {
            var certificate = new Acm.Certificate(
                "certificate",
                new() { DomainName = "a.example.org", SubjectAlternativeNames = { "b.example.org", "a.example.org" } },
                part.Inside());
            Describe(
                part,
                certificate.DomainValidationOptions.Apply(options =>
                    string.Join(' ', options.Select(option => $"{option.DomainName} {option.ResourceRecordName}"))));
        });

        Assert.Equal(
            "a.example.org {certificate.domainValidationOptions[0].resourceRecordName} b.example.org "
            + "{certificate.domainValidationOptions[1].resourceRecordName}",
            plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void Lists_of_texts_have_elements()
    {
        var plan = TestBuild.Plan(part =>
        {
            var zone = new Pulumi.Aws.Route53.Zone("zone", new() { Name = "example.org" }, part.Inside());
            Describe(part, zone.NameServers.Apply(servers => string.Join(',', servers.Take(2))));
        });

        Assert.Equal("{zone.nameServers[0]},{zone.nameServers[1]}", plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void The_metadata_and_the_address_of_a_Kubernetes_service_are_filled()
    {
        var plan = TestBuild.Plan(part =>
        {
            var provider = new Pulumi.Kubernetes.Provider("cluster", new(), new() { Parent = part });
            var service = new Core.Service(
                "api",
                new() { Spec = new Pulumi.Kubernetes.Types.Inputs.Core.V1.ServiceSpecArgs { Type = "LoadBalancer" } },
                new() { Parent = part, Provider = provider });
            Describe(
                part,
                Output.Tuple(service.Metadata, service.Status).Apply(both => $"{both.Item1.Name} {both.Item2.LoadBalancer.Ingress[0].Ip}"));
        });

        Assert.Equal("", plan.Errors());
        Assert.Equal(
            "{api.metadata.name} {api.status.loadBalancer.ingress[0].ip}",
            plan.Only("aws:secretsmanager/secret:Secret").Input("description"));
    }

    [Fact]
    public void An_input_that_reads_an_output_without_a_value_is_an_error()
    {
        var plan = TestBuild.Plan(part =>
        {
            var password = new RandomPassword("password", new() { Length = 20 }, part.Random());
            Describe(part, password.OverrideSpecial!);
        });

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "output-without-value");
        Assert.Equal("part", finding.Component);
        Assert.Contains(
            "description of urn:pulumi:sample-production::infra::infra:aws:Bucket$aws:secretsmanager/secret:Secret::described is nothing",
            finding.Message);
        Assert.Contains("RandomPassword::password", finding.Message);
    }

    private static void Describe(Part part, Output<string> text) =>
        _ = new SecretsManager.Secret("described", new() { Description = text }, part.Inside());
}
