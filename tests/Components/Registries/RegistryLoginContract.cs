using Infra.Components.Checks;
using Infra.Components.Jobs;
using Infra.Components.Placements;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Registries;

/// <summary>Private images of other registries are pulled with the login that the stack file names, on every cloud.</summary>
public abstract class RegistryLoginContract(CloudFixture cloud)
{
    private const string Password = "hunter2-marker";

    private static readonly IReadOnlyDictionary<string, string> Images = new Dictionary<string, string>
    {
        ["web"] = Image("ghcr.io/acme/web"),
        ["web/proxy"] = Image("docker.io/acme/proxy"),
        ["migrate"] = Image("ghcr.io/acme/migrate"),
        ["open"] = Image("quay.io/acme/open"),
    };

    private static readonly IReadOnlyDictionary<string, RegistryLogin> Logins = new Dictionary<string, RegistryLogin>
    {
        ["ghcr.io"] = new("shop-bot", "ghcr-token"),
        ["docker.io"] = new("acme", "hub-token"),
    };

    private static readonly IReadOnlyDictionary<string, SecretSource> Given = new Dictionary<string, SecretSource>
    {
        ["ghcr-token"] = new GivenSecret(Password),
        ["hub-token"] = new GivenSecret(),
    };

    [Fact]
    public void Every_container_whose_image_lies_there_is_pulled_with_the_login()
    {
        var plan = Plan(Logins, Given).WithoutErrors();

        Assert.Equal("ghcr.io", LoginOf(plan, "web", "web"));
        Assert.Equal("docker.io", LoginOf(plan, "web", "proxy"));
        Assert.Equal("ghcr.io", LoginOf(plan, "migrate", "migrate"));
        Assert.Null(LoginOf(plan, "open", "open"));
        Assert.DoesNotContain(
            plan.Findings,
            finding => finding.Rule.Id is "image-credentials" or "gcp-image" && finding.Component is "web" or "migrate");
    }

    [Fact]
    public void No_password_is_in_a_plan() => Assert.DoesNotContain(
        Plan(Logins, Given).Resources,
        resource => resource.Inputs.ToString().Contains(Password, StringComparison.Ordinal));

    [Fact]
    public void A_login_whose_password_nobody_gives_is_refused()
    {
        var missing = Plan(Logins, new Dictionary<string, SecretSource> { ["hub-token"] = new GivenSecret() });
        var existing = Plan(Logins, new Dictionary<string, SecretSource>(Given) { ["ghcr-token"] = new ExistingSecret("a") });

        Assert.Contains(Errors(missing), message => message.StartsWith(
            "infra:registries.ghcr.io.password is 'ghcr-token', and infra:secrets.ghcr-token is missing; allowed: ",
            StringComparison.Ordinal));
        Assert.Contains(Errors(existing), message => message.Contains("infra:secrets.ghcr-token exists already", StringComparison.Ordinal));
    }

    [Fact]
    public void A_login_at_a_registry_from_which_no_image_comes_is_refused() => Assert.Contains(
        Errors(Plan(new Dictionary<string, RegistryLogin>(Logins) { ["ghcr.com"] = new("shop-bot", "ghcr-token") }, Given)),
        message => message.StartsWith("infra:registries names 'ghcr.com'", StringComparison.Ordinal));

    /// <summary>The registry at which a container's image is asked for with a login; null where nobody logs in.</summary>
    protected abstract string? LoginOf(Plan plan, string consumer, string container);

    protected SeenContainer Seen(Plan plan, string consumer, string container) => cloud.ContainersOf(plan, consumer)[container];

    protected CloudFixture Cloud => cloud;

    private Plan Plan(IReadOnlyDictionary<string, RegistryLogin> logins, IReadOnlyDictionary<string, SecretSource> secrets)
    {
        var system = TestSystems.Declare(model =>
        {
            model.Add(new ContainerService("web", new() { Port = 8080, Sidecars = [new() { Name = "proxy" }] }));
            model.Add(new ContainerService("open", new() { Port = 8080 }));
            model.Add(new Job("migrate"));
        });
        var settings = cloud.SettingsFor(system, EnvironmentKind.Production);
        return Rehearsal.Run(system, settings with { Images = Images, Registries = logins, Secrets = secrets });
    }

    private static IEnumerable<string> Errors(Plan plan) =>
        plan.Findings.Where(finding => finding.Severity == Severity.Error).Select(finding => finding.Message);

    private static string Image(string name) => $"{name}@{TestSettings.Digest}";
}

/// <summary>On AWS, ECS logs in with a secret that the role which starts the containers may read.</summary>
public sealed class RegistryLoginsOnAws() : RegistryLoginContract(new AwsFixture())
{
    protected override string? LoginOf(Plan plan, string consumer, string container)
    {
        var found = Cloud.WorkloadOf(plan, consumer).JsonInput("containerDefinitions")!.Value.EnumerateArray()
            .Single(definition => definition.At("name") == container);
        if (found.At("repositoryCredentials.credentialsParameter") is not { } secret) return null;
        var host = plan.OfType("aws:secretsmanager/secret:Secret")
            .Single(kept => secret == $"{{{kept.Name}:Secret.arn}}")
            .Name["runtime-".Length..];
        Assert.Contains(
            plan.Of(consumer),
            policy => policy.Name == $"{consumer}-execution"
                && policy.TypeName == "RolePolicy"
                && policy.Input("policy")!.Contains(secret, StringComparison.Ordinal));
        return host;
    }
}

/// <summary>On Google Cloud, Artifact Registry fetches the images, with a secret that its agent may read.</summary>
public sealed class RegistryLoginsOnGoogleCloud() : RegistryLoginContract(new GcpFixture())
{
    protected override string? LoginOf(Plan plan, string consumer, string container)
    {
        var image = Seen(plan, consumer, container).Image;
        var mirror = plan.OfType("gcp:artifactregistry/repository:Repository")
            .Single(repository => image.Contains($"/{{{repository.Name}.repositoryId}}/", StringComparison.Ordinal)
                || image.Contains($"/{repository.Input("repositoryId")}/", StringComparison.Ordinal));
        const string Username = "remoteRepositoryConfig.upstreamCredentials.usernamePasswordCredentials.username";
        if (mirror.Input(Username) is not { } username) return null;
        var readers = plan.OfType("gcp:secretmanager/secretIamMember:SecretIamMember")
            .Where(reader => reader.Input("member")!.Contains("registry-agent", StringComparison.Ordinal));
        Assert.Contains(readers, reader => mirror.DependsOn.Contains(reader.Urn));
        var upstream = mirror.Input("remoteRepositoryConfig.dockerRepository.customRepository.uri");
        Assert.Equal(upstream is null ? "acme" : "shop-bot", username);
        Assert.Equal(
            upstream is null ? "DOCKER_HUB" : null,
            mirror.Input("remoteRepositoryConfig.dockerRepository.publicRepository"));
        return upstream is null ? "docker.io" : upstream["https://".Length..];
    }
}

/// <summary>In clusters, nodes log in with a secret of the namespace, which knows the logins of every registry.</summary>
public abstract class RegistryLoginsInClusters(CloudFixture cloud) : RegistryLoginContract(cloud)
{
    protected override string? LoginOf(Plan plan, string consumer, string container)
    {
        var secret = plan.OfType("kubernetes:core/v1:Secret").Single(kept => kept.Name.EndsWith("-registries", StringComparison.Ordinal));
        Assert.Equal("kubernetes.io/dockerconfigjson", secret.Input("type"));
        var spec = Cloud.WorkloadOf(plan, consumer).Inputs.GetProperty("spec").GetProperty("template").GetProperty("spec");
        Assert.Contains(
            spec.GetProperty("imagePullSecrets").EnumerateArray(),
            pull => pull.At("name")!.Contains(secret.Name, StringComparison.Ordinal));
        var host = Seen(plan, consumer, container).Image.Split('/')[0];
        return host == "quay.io" ? null : host;
    }
}

public sealed class RegistryLoginsOnScaleway() : RegistryLoginsInClusters(new ScalewayFixture());

public sealed class RegistryLoginsOnOvh() : RegistryLoginsInClusters(new OvhFixture());

public sealed class RegistryLoginsOnKubernetes() : RegistryLoginsInClusters(new KubernetesFixture());
