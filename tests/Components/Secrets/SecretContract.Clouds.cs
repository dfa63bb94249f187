using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Secrets;

public sealed class SecretOnAws() : SecretContract(
    new AwsFixture(),
    new($"arn:aws:secretsmanager:eu-west-3:{TestSettings.AccountId}:secret:prod/mail-a1B2c3", "password"),
    $"arn:aws:secretsmanager:eu-west-3:{TestSettings.AccountId}:secret:prod/mail-a1B2c3:password::")
{
    protected override string ReferenceOf(Plan plan, string consumer, string variable) =>
        new AwsFixture().WorkloadOf(plan, consumer).JsonInput("containerDefinitions")!.Value[0].GetProperty("secrets")
            .EnumerateArray()
            .Single(secret => secret.At("name") == variable)
            .At("valueFrom")!;
}

public sealed class SecretOnGoogleCloud() : SecretContract(
    new GcpFixture(),
    new($"projects/{TestSettings.Project}/secrets/mail", version: "7"),
    "mail 7")
{
    protected override string ReferenceOf(Plan plan, string consumer, string variable)
    {
        var reference = new GcpFixture().WorkloadOf(plan, consumer).Inputs.GetProperty("template").GetProperty("containers")[0]
            .GetProperty("envs")
            .EnumerateArray()
            .Single(entry => entry.At("name") == variable);
        return $"{reference.At("valueSource.secretKeyRef.secret")} {reference.At("valueSource.secretKeyRef.version")}";
    }
}

public sealed class SecretOnScaleway() : SecretInCluster(new ScalewayFixture());

public sealed class SecretOnOvh() : SecretInCluster(new OvhFixture());

public sealed class SecretOnKubernetes() : SecretInCluster(new KubernetesFixture());

/// <summary>How the promises show where a cluster keeps secrets.</summary>
public abstract class SecretInCluster(CloudFixture cloud) : SecretContract(cloud, new("mail", "password"), "mail password")
{
    private readonly CloudFixture _cloud = cloud;

    protected override string ReferenceOf(Plan plan, string consumer, string variable)
    {
        var reference = _cloud.WorkloadOf(plan, consumer).Inputs.GetProperty("spec").GetProperty("template").GetProperty("spec")
            .GetProperty("containers")[0]
            .GetProperty("env")
            .EnumerateArray()
            .Single(entry => entry.At("name") == variable);
        return $"{reference.At("valueFrom.secretKeyRef.name")} {reference.At("valueFrom.secretKeyRef.key")}";
    }
}
