using Infra.Components.Certificates.Aws;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Dns.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Services;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using LB = Pulumi.Aws.LB;
using Rules = Pulumi.Aws.Vpc;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>Where a load balancer on AWS stands, and what it needs of others.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Network">The network.</param>
/// <param name="Certificates">The certificates by their names, the first before the others; none in a stack without a domain.</param>
/// <param name="TlsPolicy">The policy of TLS.</param>
/// <param name="AllowedSources">The blocks from which clients come; empty for everyone.</param>
/// <param name="IdentityOf">Who a service is to AWS.</param>
/// <param name="Context">The stack.</param>
/// <param name="Tags">The tags of its resources.</param>
/// <param name="Child">Makes the options of a child.</param>
/// <param name="IsProtected">Whether AWS refuses to delete it.</param>
internal sealed record AwsLoadBalancerSite(
    string Name,
    AwsPrivateNetwork Network,
    IReadOnlyList<(string Name, AwsCertificate Certificate)> Certificates,
    string TlsPolicy,
    IReadOnlyList<string> AllowedSources,
    Func<ContainerService, AwsServiceIdentity> IdentityOf,
    AwsContext Context,
    IReadOnlyDictionary<string, string> Tags,
    ChildOptions Child,
    bool IsProtected)
{
    /// <summary>Lets clients in, each block of addresses by a rule of its own; everyone where none is named.</summary>
    /// <param name="role">What the rule is called.</param>
    /// <param name="group">The security group.</param>
    /// <param name="protocol">What they speak.</param>
    /// <param name="port">The port.</param>
    public void Admit(string role, Ec2.SecurityGroup group, string protocol, int port)
    {
        if (AllowedSources.Count == 0) Admit(role, "0.0.0.0/0", "Everyone");
        foreach (var block in AllowedSources) Admit($"{role}-{block.Replace('/', '-')}", block, "Allowed sources");

        void Admit(string name, string block, string description) => _ = new Rules.SecurityGroupIngressRule(
            name,
            new()
            {
                SecurityGroupId = group.Id,
                CidrIpv4 = block,
                IpProtocol = protocol,
                FromPort = port,
                ToPort = port,
                Description = description,
                Tags = Tags.AsInput(),
            },
            Child());
    }

    /// <summary>Shows clients of a listener the further certificates, each where they name a host that it covers.</summary>
    /// <param name="role">What the listener is called.</param>
    /// <param name="listener">The listener.</param>
    public void Certify(string role, LB.Listener listener)
    {
        foreach (var (name, certificate) in Certificates.Skip(1))
        {
            _ = new LB.ListenerCertificate(
                $"{role}-{name}",
                new() { ListenerArn = listener.Arn, CertificateArn = certificate.Reference },
                Child());
        }
    }

    /// <summary>What a name of 32 characters leaves beside Pulumi's digits (Elastic Load Balancing API: CreateLoadBalancer).</summary>
    public const int LongestName = 24;
}

/// <summary>
/// An Application Load Balancer for HTTP. Where other ports are open, a Network Load Balancer stands before it and takes everything, so
/// that all enters at one address: names lead to it whatever is spoken there.
/// </summary>
internal sealed class AwsLoadBalancer : PlacedLoadBalancer<AwsGrantee>, IAwsAliasTarget
{
    /// <summary>Builds the load balancer.</summary>
    public AwsLoadBalancer(
        LoadBalancer loadBalancer,
        AwsPrivateNetwork network,
        IReadOnlyList<(string Name, AwsCertificate Certificate)> certificates,
        Func<ContainerService, AwsServiceIdentity> identityOf,
        AwsContext context)
        : base(context.Place(loadBalancer), loadBalancer.Args)
    {
        var args = loadBalancer.Args;
        var tweak = args.Tweak<AwsLoadBalancerTweak>() ?? new();
        var site = new AwsLoadBalancerSite(
            Name, network, certificates, tweak.TlsPolicy, args.AllowedSources, identityOf, context, Tags, Child, IsProtected);
        var http = args.TakesHttp ? new AwsHttpEntry(args, site) : null;
        if (http is not null && args.RequestsPerMinute is { } most) AwsRequestLimit.Create(most, http, site);
        var ports = args.Listeners.Count > 0 ? new AwsPortEntry(args, http, site) : null;
        Routes = [.. http?.Routes ?? [], .. ports?.Routes ?? []];
        var entry = ports?.Balancer ?? http!.Balancer;
        HostedZoneId = entry.ZoneId;
        Complete(entry.DnsName, AddressKind.HostName);
    }

    /// <summary>The zone in which AWS keeps its name, for alias records.</summary>
    public Output<string> HostedZoneId { get; }

    /// <inheritdoc/>
    public bool TellsItsHealth => true;

    /// <summary>The ways to services.</summary>
    public IReadOnlyList<AwsRoute> Routes { get; }
}
