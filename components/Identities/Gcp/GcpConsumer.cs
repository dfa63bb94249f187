using Infra.Components.Clouds.Gcp;
using Infra.Components.Connections;
using Infra.Components.Networks.Gcp;
using Infra.Components.Systems;
using Pulumi;
using Compute = Pulumi.Gcp.Compute;
using Storage = Pulumi.Gcp.Storage;

namespace Infra.Components.Identities.Gcp;

/// <summary>
/// A consumer while its links are wired: the holder of the grants that targets create for it. A consumer on another cloud is held by an
/// identity of its own here; the traffic of such a consumer passes the relay.
/// </summary>
/// <param name="holder">The component to which the grants belong.</param>
/// <param name="identity">Who is granted.</param>
/// <param name="networkTag">The tag of the machines that open the connections; null where the relay's do.</param>
/// <param name="network">The network; null where only stores with public APIs stand here.</param>
/// <param name="context">What every component needs.</param>
internal sealed class GcpConsumer(ComponentResource holder, GcpServiceIdentity identity, string? networkTag, GcpPrivateNetwork? network, GcpContext context)
{
    private readonly Dictionary<string, GcpSecret> _secrets = [];
    private readonly List<Resource> _grants = [];
    private Storage.HmacKey? _accessKey;

    /// <summary>What every component needs.</summary>
    public GcpContext Context => context;

    /// <summary>Who is granted.</summary>
    public GcpServiceIdentity Identity => identity;

    /// <summary>What must exist before the consumer's container starts.</summary>
    public IReadOnlyList<Resource> Grants => _grants;

    /// <summary>The options of what is created for the consumer.</summary>
    public CustomResourceOptions Child(IEnumerable<Resource>? dependsOn = null)
    {
        var options = new CustomResourceOptions { Parent = holder };
        foreach (var resource in dependsOn ?? []) options.DependsOn.Add(resource);
        return options;
    }

    /// <summary>Makes the consumer's container wait for a grant.</summary>
    public T Awaits<T>(T grant)
        where T : Resource
    {
        _grants.Add(grant);
        return grant;
    }

    /// <summary>A password of the consumer's own for a link: letters and digits only, so that urls need no escaping.</summary>
    public Output<string> Password(Link link) =>
        LoginPassword.Create($"{link.Name}-password", context.Values, Child()).Result;

    /// <summary>Lets the machines that carry the consumer's traffic open connections to an address inside the network, which denies everything else.</summary>
    public void Reaches(Link link, Output<string> address, Output<string> port)
    {
        if (networkTag is null) return;
        Awaits(new Compute.Firewall($"{link.Name}-egress", new()
        {
            Project = context.Project,
            Network = network!.Network.SelfLink,
            Description = $"{link.Consumer.Name} uses {link.Target.Name}",
            Direction = "EGRESS",
            Priority = GcpPrivateNetwork.AllowPriority,
            TargetTags = { networkTag },
            DestinationRanges = { Output.Format($"{address}/32") },
            Allows = { new Compute.Inputs.FirewallAllowArgs { Protocol = "tcp", Ports = { port } } },
        }, Child()));
    }

    /// <summary>The key with which the consumer signs for the S3 protocol; one for all of its buckets.</summary>
    public Storage.HmacKey AccessKey() => _accessKey ??= Awaits(new Storage.HmacKey($"{identity.Name}-s3", new()
    {
        Project = context.Project,
        ServiceAccountEmail = identity.Email,
        State = "ACTIVE",
        DeletionPolicy = "DELETE",
    }, Child()));

    /// <summary>Keeps a secret value of a link in the secret store; asked again for the same key, the same secret.</summary>
    public GcpSecret Keep(Link link, string key, Output<string> value)
    {
        var name = $"{link.Name}-{key.Replace('_', '-').ToLowerInvariant()}";
        if (!_secrets.TryGetValue(name, out var secret))
            _secrets.Add(name, secret = new GcpSecret(name, value, context, context.Tags(identity.Name, link.Target.Arguments.DataClass), Child()));
        return secret;
    }

    /// <summary>A link's connection as the container's environment: plain values, and secrets by reference.</summary>
    public IEnumerable<GcpVariable> Variables(Link link, Connection connection)
    {
        foreach (var (name, entry) in connection.Variables(link.Prefix))
        {
            if (!entry.Secret)
            {
                yield return new(name, entry.Value);
                continue;
            }

            var secret = Keep(link, entry.Key, entry.Value);
            Awaits(secret.AllowReading($"{secret.Name}-reader", identity.Member, Child()));
            yield return new(name, secret);
        }
    }
}
