using Infra.Components.Buckets.Aws;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Connections;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Relays.Aws;

/// <summary>Lets consumers of other clouds use buckets on AWS: each has a user with a key that opens its bucket for its intent, and nothing else.</summary>
internal sealed class AwsRelay : PlacedComponent
{
    /// <summary>Builds the relay.</summary>
    public AwsRelay(IReadOnlyDictionary<Link, AwsBucket> links, AwsContext context)
        : base(ComponentKind.Relay, Cloud.Aws, "relay", Backing.Native, AwsCloud.Table[ComponentKind.Relay].Product, context.Provider, context.Tags("relay"))
    {
        Targets = links.ToDictionary(entry => entry.Key, entry => Open(entry.Key, entry.Value, context));
        RegisterOutputs();
    }

    /// <summary>How each consumer reaches its target.</summary>
    public IReadOnlyDictionary<Link, ForeignTarget> Targets { get; }

    private ForeignTarget Open(Link link, AwsBucket bucket, AwsContext context)
    {
        var name = $"{link.Consumer.Name}-{link.Target.Name}";
        var user = new Iam.User(name, new() { Path = $"/{context.Stack}/", Tags = Tags.AsInput() }, Child());
        _ = new Iam.UserPolicy(name, new() { User = user.Name, Policy = Statement.Document(bucket.Statements(link.Intent)) }, Child());
        var key = new Iam.AccessKey(name, new() { User = user.Name }, Child());
        return new(Connection.ToBucket(bucket.Endpoint, bucket.Region, bucket.BucketName, pathStyle: false, key.Id, key.Secret));
    }
}
