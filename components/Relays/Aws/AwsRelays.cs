using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Networks;
using Infra.Components.Runtimes;
using Infra.Components.Systems;

namespace Infra.Components.Relays.Aws;

/// <summary>Relays on AWS.</summary>
internal sealed class AwsRelays()
    : RelayProvision<AwsContext, AwsGrantee>(RelayKind.Instance, new(Backing.Native, "AWS Network Load Balancer, HAProxy on Amazon ECS"))
{
    // AWS documentation: a Network Load Balancer has 50 listeners at most.
    private const int MostTargets = 50;

    // The other clouds' addresses need ten of a group's rules at most.
    private const int MostBlocks = AwsGroupRules.Granted - 10;

    // AWS documentation, Amazon VPC quotas: Elastic IP addresses per region, raised on request.
    private const int GrantedElasticAddresses = 5;

    private static readonly Rule WayOut = Rule.Error("aws-relay-egress", "A network on AWS that holds a relay has a way out");

    private static readonly Rule Targets = Rule.Error(
        "aws-relay-targets",
        "A relay on AWS leads to no more targets than a load balancer has listeners");

    private static readonly Rule Blocks = Rule.Error(
        "aws-relay-addresses",
        "Consumers come to a relay on AWS from no more blocks than it has rules for");

    private static readonly Rule ElasticAddresses = Rule.Warning(
        "aws-relay-elastic-addresses",
        "Network and relay need no more Elastic IP addresses than AWS grants every account");

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("zones", "Outside production in one availability zone."),
        new("any number of targets", $"At most {MostTargets} targets.") { Rule = Targets },
        new("buckets through the relay", "Buckets need only a key of an IAM user."),
    ];

    /// <inheritdoc/>
    protected override IReadOnlyList<ComponentKind> Beside { get; } = [PrivateNetworkKind.Instance, RuntimeKind.Instance];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        var links = checks.RelayedLinks.ToList();
        if (links.Count == 0 || checks.Model.Find<PrivateNetwork>() is not { } network) return;
        if (network.Args.Egress == Egress.None)
        {
            var first = links[0];
            checks.Guard(network, WayOut).Refuse(
                nameof(PrivateNetworkArgs.Egress),
                $"none, but '{first.Consumer.Name}' on {first.Consumer.Cloud.Name()} uses '{first.Target.Name}' through a relay, whose "
                + "image is in a public registry",
                "shared, per-zone",
                "Set Egress to shared");
        }

        var targets = links.Select(link => link.Target).Distinct().ToList();
        if (targets.Count > MostTargets)
        {
            checks.Report(
                Targets,
                targets[MostTargets].Component,
                $"{targets.Count} components are used from other clouds; allowed: {MostTargets} at most, because a Network Load "
                + "Balancer has no more listeners. Place components and their consumers on one cloud.");
        }

        var blocks = checks.Settings.Accounts.Kubernetes?.EgressAddresses.Distinct().Count() ?? 0;
        if (blocks > MostBlocks && links.Find(link => link.Consumer.Cloud == Cloud.Kubernetes) is { } link)
        {
            checks.Report(
                Blocks,
                link.Consumer.Component,
                $"infra:accounts.kubernetes.egressAddresses lists {blocks} blocks, from which it uses '{link.Target.Name}' on aws; "
                + $"allowed: {MostBlocks} at most, because each is a rule of the relay's security group. List fewer and larger blocks, or "
                + $"place '{link.Target.Name}' on {link.Consumer.Cloud.Name()}.");
        }

        CheckElasticAddresses(network, checks);
    }

    /// <inheritdoc/>
    public override IRelay<AwsGrantee> Begin(IReadOnlyList<RelayPort<AwsGrantee>> ports, AwsContext context) =>
        new AwsRelay(ports, context);

    private static void CheckElasticAddresses(PrivateNetwork network, CloudChecks checks)
    {
        var zones = network.Args.Zones;
        var gateways = network.Args.Egress switch { Egress.None => 0, Egress.Shared => 1, _ => zones };
        var entrances = checks.Profile.HighAvailability ? zones : 1;
        if (gateways + entrances <= GrantedElasticAddresses) return;
        checks.Report(
            ElasticAddresses,
            network,
            $"The network's gateways need {gateways} Elastic IP addresses and the relay {entrances}, and AWS grants "
            + $"{GrantedElasticAddresses} per region to an account that has not asked for more. Raise the quota 'EC2-VPC Elastic IPs' to "
            + $"{gateways + entrances} at least before deploying, set Zones to 2, or set Egress to shared.");
    }
}
