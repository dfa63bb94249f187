using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Ec2 = Pulumi.Aws.Ec2;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.Jobs.Aws;

/// <summary>A store whose logins a task makes through its REST API.</summary>
internal sealed record AwsRestStore
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is, for readers.</summary>
    public required string What { get; init; }

    /// <summary>What its API is called, for readers.</summary>
    public required string Api { get; init; }

    /// <summary>Whether it wants every class of characters in a password. Default: false, letters and digits.</summary>
    public bool MixedPasswords { get; init; }

    /// <summary>Its tags.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Makes the options of its children.</summary>
    public required ChildOptions Child { get; init; }
}

/// <summary>
/// What a store has before its server stands, so that a task in the network can make its logins: its administrator, and a security group
/// for each of the two.
/// </summary>
internal sealed class AwsRestAdministration
{
    // Whoever makes logins fetches an image and secrets, and calls the API; all of it answers on one port.
    private const int HttpsPort = 443;

    /// <summary>Makes them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="network">The network.</param>
    /// <param name="context">The stack.</param>
    public AwsRestAdministration(AwsRestStore store, AwsPrivateNetwork network, AwsContext context)
    {
        var (name, tags, child) = (store.Name, store.Tags, store.Child);
        Store = store;
        Group = new(
            name,
            new() { VpcId = network.NetworkId, Description = $"{store.What} {name}", Tags = tags.Named(name) },
            child());
        Setup = new(
            $"{name}-setup",
            new() { VpcId = network.NetworkId, Description = $"Sets up logins of {name}", Tags = tags.Named($"{name}-setup") },
            child());
        Ways =
        [
            new Rules.SecurityGroupEgressRule(
                $"{name}-setup-out-https",
                new()
                {
                    SecurityGroupId = Setup.Id,
                    CidrIpv4 = "0.0.0.0/0",
                    IpProtocol = "tcp",
                    FromPort = HttpsPort,
                    ToPort = HttpsPort,
                    Description = $"The {store.Api}, the image, secrets and logs",
                    Tags = tags.AsInput(),
                },
                child()),
            AwsGroupRules.In($"{name}-setup", Group.Id, Setup.Id, HttpsPort, HttpsPort, $"The {store.Api}", tags.AsInput(), child()),
        ];
        Password = store.MixedPasswords
            ? LoginPassword.CreateMixed($"{name}-administrator", context.Values, child())
            : LoginPassword.Create($"{name}-administrator", context.Values, child());
        Secret = AwsSecret.Create(
            $"{name}-administrator",
            $"The administrator of {name}",
            Password.Result.Apply(value => AwsJson.Text(AwsJson.Map(["PASSWORD"], [value]))),
            tags,
            context,
            child);
    }

    /// <summary>The store.</summary>
    public AwsRestStore Store { get; }

    /// <summary>The security group of the store.</summary>
    public Ec2.SecurityGroup Group { get; }

    /// <summary>The security group of the task.</summary>
    public Ec2.SecurityGroup Setup { get; }

    /// <summary>The rules that let the task through.</summary>
    public IReadOnlyList<Resource> Ways { get; }

    /// <summary>The administrator's password.</summary>
    public RandomPassword Password { get; }

    /// <summary>Where it is kept.</summary>
    public AwsSecret Secret { get; }

    /// <summary>The image that makes logins.</summary>
    /// <param name="asked">The one that a tweak names; null for that of curl's own project.</param>
    public static string ImageOf(string? asked) => asked ?? PinnedImage.Curl.OnDockerHub;

    /// <summary>Refuses an image that nobody in the network could fetch; a store without consumers needs none.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tweak">The setting that names the image.</param>
    /// <param name="asked">What it names; null for that of curl's own project.</param>
    /// <param name="rule">The rule that is breached.</param>
    /// <param name="checks">Where findings go.</param>
    public static void CheckImage(Component store, string tweak, string? asked, Rule rule, CloudChecks checks)
    {
        var image = ImageOf(asked);
        if (!checks.LinksTo(store).Any() || !AwsImage.IsPublic(image)) return;
        checks.Guard(store, rule).Require(
            checks.Model.Find<PrivateNetwork>() is not { Args.Egress: Egress.None },
            tweak,
            $"{image}, of a public registry, to which the network leads nobody",
            "an image in Amazon ECR, or a way out",
            "Copy the image and name it, or set the network's Egress to shared");
    }
}
