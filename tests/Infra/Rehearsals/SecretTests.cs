using System.Security.Cryptography;
using System.Text;
using Infra.Components.Checks;
using Infra.Plans;
using Infra.Tests.Testing;
using Pulumi;
using Pulumi.Random;
using Xunit;
using Core = Pulumi.Kubernetes.Core.V1;
using Lambda = Pulumi.Aws.Lambda;
using Rds = Pulumi.Aws.Rds;
using S3 = Pulumi.Aws.S3;
using SecretsManager = Pulumi.Aws.SecretsManager;

namespace Infra.Tests.Rehearsals;

public sealed class SecretTests
{
    private const string Literal = "correct horse battery staple";

    [Fact]
    public void No_secret_stands_in_a_plan()
    {
        var plan = TestBuild.Plan(part =>
        {
            _ = new Rds.Instance("database", new() { InstanceClass = "db.t4g.medium", Password = Literal }, part.Inside());
            _ = new SecretsManager.Secret("plain", new() { Description = Output.CreateSecret(Literal) }, part.Inside());
            _ = new SecretsManager.Secret(
                "tagged",
                new() { Tags = { ["a"] = Output.CreateSecret(Literal), ["b"] = "plain" } },
                part.Inside());
            part.NetworkId = Output.CreateSecret(Literal);
            throw new RunException("failed on purpose");
        });
        using var stream = new MemoryStream();
        using var text = new StringWriter();

        PlanJson.Write(plan, stream);
        PlanText.Write(plan, text);

        Assert.DoesNotContain(Literal, Encoding.UTF8.GetString(stream.ToArray()));
        Assert.DoesNotContain(Literal, text.ToString());
        Assert.Equal("[secret]", plan.Only("aws:rds/instance:Instance").Input("password"));
        Assert.Equal("[secret]", plan.Only("aws:secretsmanager/secret:Secret", "plain").Input("description"));
    }

    [Fact]
    public void Of_a_map_with_a_secret_in_it_outputs_that_are_none_are_shown()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            var password = new RandomPassword("password", new() { Length = 20 }, part.Random());
            _ = new SecretsManager.Secret(
                "tagged",
                new()
                {
                    Tags =
                    {
                        ["arn"] = bucket.Arn,
                        ["password"] = password.Result,
                        ["url"] = Output.Format($"https://{bucket.Arn}:{password.Result}"),
                        ["literal"] = Output.CreateSecret(Literal),
                    },
                },
                part.Inside());
        });

        var tags = plan.Only("aws:secretsmanager/secret:Secret", "tagged");
        Assert.Equal("{photos.arn}", tags.Input("tags.arn"));
        Assert.Equal("[secret {password.result}]", tags.Input("tags.password"));
        Assert.Equal("[secret]", tags.Input("tags.url"));
        Assert.Equal("[secret]", tags.Input("tags.literal"));
    }

    [Fact]
    public void A_secret_that_is_an_output_reads_as_a_secret_and_as_its_reference()
    {
        var plan = TestBuild.Plan(part =>
        {
            var password = new RandomPassword("password", new() { Length = 20 }, part.Random());
            _ = new Rds.Instance("database", new() { InstanceClass = "db.t4g.medium", Password = password.Result }, part.Inside());
        });

        Assert.Equal("", plan.Errors());
        var database = plan.Only("aws:rds/instance:Instance");
        Assert.Equal("[secret {password.result}]", database.Input("password"));
        Assert.True(database.RefersTo(plan.Only("random:index/randomPassword:RandomPassword"), "password"));
    }

    [Fact]
    public void A_secret_input_stays_a_secret_when_it_is_read_back()
    {
        var plan = TestBuild.Plan(part =>
        {
            var first = new SecretsManager.Secret("first", new() { Description = Output.CreateSecret(Literal) }, part.Inside());
            _ = new SecretsManager.Secret("second", new() { Description = first.Description! }, part.Inside());
        });

        Assert.Equal("[secret]", plan.Only("aws:secretsmanager/secret:Secret", "second").Input("description"));
    }

    [Fact]
    public void A_secret_in_an_environment_variable_is_an_error()
    {
        var plan = TestBuild.Plan(part => Function(part, Password(part).Result));

        var finding = Assert.Single(plan.Findings, finding => finding.Rule.Id == "secret-plain");
        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("environment.variables.PASSWORD", finding.Message);
    }

    [Fact]
    public void A_secret_in_a_config_map_is_an_error()
    {
        var plan = TestBuild.Plan(part =>
        {
            var provider = new Pulumi.Kubernetes.Provider("cluster", new(), new() { Parent = part });
            _ = new Core.ConfigMap(
                "settings",
                new() { Data = { ["url"] = Output.Format($"redis://:{Password(part).Result}@cache") } },
                new() { Parent = part, Provider = provider });
        });

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "secret-plain", Severity: Severity.Error });
    }

    [Fact]
    public void A_secret_where_nobody_knows_who_may_look_is_a_warning()
    {
        var plan = TestBuild.Plan(part => _ = new SecretsManager.Secret("secret", new() { Policy = Password(part).Result }, part.Inside()));

        Assert.Contains(plan.Findings, finding => finding is { Rule.Id: "secret-plain", Severity: Severity.Warning });
    }

    [Fact]
    public void A_checksum_of_a_secret_is_no_finding()
    {
        var plan = TestBuild.Plan(part =>
            Function(part, Password(part).Result.Apply(secret => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret))))));

        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "secret-plain");
        Assert.Equal("[secret]", plan.Only("aws:lambda/function:Function").Input("environment.variables.PASSWORD"));
    }

    [Fact]
    public void A_secret_in_a_secret_store_is_no_finding()
    {
        var plan = TestBuild.Plan(part =>
        {
            var password = Password(part).Result;
            var provider = new Pulumi.Kubernetes.Provider("cluster", new(), new() { Parent = part });
            _ = new Core.Secret("login", new() { StringData = { ["password"] = password } }, new() { Parent = part, Provider = provider });
            _ = new SecretsManager.SecretVersion("version", new() { SecretId = "id", SecretString = password }, part.Inside());
        });

        Assert.Equal("", plan.Errors());
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "secret-plain");
    }

    private static RandomPassword Password(Part part) => new("password", new() { Length = 20 }, part.Random());

    private static void Function(Part part, Output<string> password) => _ = new Lambda.Function(
        "function",
        new()
        {
            Role = "role",
            Environment = new Lambda.Inputs.FunctionEnvironmentArgs { Variables = { ["PASSWORD"] = password, ["LEVEL"] = "info" } },
        },
        part.Inside());
}
