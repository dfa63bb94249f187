using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Databases;
using Infra.Components.Databases.Aws;
using Infra.Components.Registries.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Networks.Aws;

/// <summary>Networks on AWS.</summary>
internal sealed partial class AwsNetworks()
    : FoundationProvision<AwsContext>(PrivateNetworkKind.Instance, new(Backing.Native, "Amazon VPC"))
{
    private static readonly Rule Arguments = Rule.Error("aws-network-arguments", "Amazon VPC accepts the network's arguments");
    private static readonly Rule WayOut = Rule.Error(
        "aws-network-egress",
        "A network without a way out holds nothing on AWS that needs one");

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks => [typeof(AwsNetworkTweak)];

    /// <inheritdoc/>
    public override void CheckAll(CloudChecks checks)
    {
        if (checks.Model.Find<PrivateNetwork>() is not { } network) return;
        var guard = checks.Guard(network, Arguments);
        var zones = AwsRegions.Zones(checks.Region).Count;
        if (zones > 0) guard.InRange(nameof(PrivateNetworkArgs.Zones), network.Args.Zones, 2, zones, $"zones in {checks.Region}");
        foreach (var service in network.Args.Tweak<AwsNetworkTweak>()?.InterfaceEndpoints ?? [])
        {
            guard.Matches(
                "AwsNetworkTweak.InterfaceEndpoints",
                service,
                EndpointService(),
                "services as endpoints name them, such as sqs or ecr.api");
        }

        KnownEgress.Check(checks);
        if (network.Args.Egress == Egress.None) CheckWayOut(checks, checks.Guard(network, WayOut));
    }

    /// <inheritdoc/>
    public override IEnumerable<PlacedComponent> BuildFoundation(AwsContext context)
    {
        if (!context.Needs(Kind)) yield break;
        var network = new AwsPrivateNetwork(context.Blueprint.Model.Find<PrivateNetwork>()!, context);
        context.NetworkAddresses = network.EgressAddressList;
        yield return network;
    }

    private static void CheckWayOut(CloudChecks checks, Guard guard)
    {
        foreach (var consumer in checks.On<Consumer>())
        {
            foreach (var (_, image) in checks.Settings.ImagesOf(consumer).Where(image => AwsImage.IsPublic(image.Image)))
            {
                guard.Refuse(
                    nameof(PrivateNetworkArgs.Egress),
                    $"none, but '{consumer.Name}' has the image '{image}'",
                    "images in Amazon ECR, or a way out",
                    "Push the image to Amazon ECR, or set Egress to shared");
            }

            foreach (var link in checks.LinksOf(consumer).Where(link => link.CrossesClouds))
            {
                guard.Refuse(
                    nameof(PrivateNetworkArgs.Egress),
                    $"none, but '{consumer.Name}' uses '{link.Target.Name}' on another cloud",
                    "shared, per-zone",
                    "Set Egress to shared");
            }
        }

        var parts = checks.On<Component>()
            .Where(part => part.StandsOn is ManagedDatabase && checks.LinksTo(part).Any())
            .Select(part => part.StandsOn)
            .ToHashSet();
        foreach (var database in checks.On<ManagedDatabase>()
            .Where(database => checks.LinksTo(database).Any() || parts.Contains(database)))
        {
            if (!AwsImage.IsPublic(AwsManagedDatabase.ClientImage(database.Args))) continue;
            guard.Refuse(
                nameof(PrivateNetworkArgs.Egress),
                $"none, but logins of '{database.Name}' are set up by an image of a public registry",
                "an image in Amazon ECR, or a way out",
                "Copy the image and name it in AwsDatabaseTweak.ClientImage, or set Egress to shared");
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9-]*(\.[a-z0-9-]+)*\z")]
    private static partial Regex EndpointService();
}
