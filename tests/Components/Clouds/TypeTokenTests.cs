using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Systems;
using Xunit;

namespace Infra.Tests.Clouds;

public sealed class TypeTokenTests
{
    /// <summary>
    /// Part of every deployed URN: a changed or missing one replaces what is deployed. Add lines freely; change one only together with an
    /// alias.
    /// </summary>
    private static readonly string[] Frozen =
    [
        "Bucket", "Cache", "Cdn", "Certificate", "ClusterAddon", "ContainerRegistry",
        "ContainerService", "DnsRecord", "DnsZone", "EventStream", "External", "Job", "LoadBalancer",
        "LogicalDatabase", "MailSender", "ManagedDatabase", "MessageBroker", "PrivateNetwork", "Queue", "ReadReplica", "Relay",
        "Runtime", "ScheduledJob", "SearchEngine", "Secret", "ServiceIdentity",
    ];

    [Theory]
    [InlineData(Cloud.Aws, "aws")]
    [InlineData(Cloud.Gcp, "gcp")]
    [InlineData(Cloud.Scaleway, "scaleway")]
    [InlineData(Cloud.Ovh, "ovh")]
    [InlineData(Cloud.Kubernetes, "kubernetes")]
    public void Type_tokens_are_frozen(Cloud cloud, string name) =>
        Assert.Equal(
            Frozen.Select(kind => $"infra:{name}:{kind}"),
            Kinds.All.Select(kind => TypeTokens.Of(kind, cloud)).Order(StringComparer.Ordinal));
}
