using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Networks.Gcp;
using Pulumi;
using CloudRun = Pulumi.Gcp.CloudRunV2;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.Services.Gcp;

/// <summary>
/// Lets other services call a Cloud Run service as on any cloud: plain HTTP, a private name known beforehand, the service's own port. The
/// alternatives lost: the service's own url speaks HTTPS only, on 443, and wants either a token of Google's in every request or a door open
/// to the whole network. One balancer per called service, and not one for all, gives each an address of its own, so that firewall rules can
/// tell links apart.
/// </summary>
internal sealed class GcpInternalBalancer
{
    private const string Scheme = "INTERNAL_MANAGED";

    /// <summary>Builds the balancer in front of a service.</summary>
    /// <param name="name">The service's name.</param>
    /// <param name="service">The service.</param>
    /// <param name="address">Its address.</param>
    /// <param name="port">The port at which it is called.</param>
    /// <param name="certificate">
    /// The certificate with which it takes gRPC, as HTTP/2 wants TLS here; null for a service that speaks HTTP.
    /// </param>
    /// <param name="network">The network.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="child">Makes the options of a child.</param>
    /// <param name="context">The stack's part.</param>
    public GcpInternalBalancer(
        string name,
        CloudRun.Service service,
        Compute.Address address,
        int port,
        ServerCertificate? certificate,
        GcpPrivateNetwork network,
        IReadOnlyDictionary<string, string> labels,
        ChildOptions child,
        GcpContext context)
    {
        var group = new Compute.RegionNetworkEndpointGroup($"{name}-group", new()
        {
            Project = context.Project,
            Region = context.Region,
            NetworkEndpointType = "SERVERLESS",
            CloudRun = new Compute.Inputs.RegionNetworkEndpointGroupCloudRunArgs { Service = service.Name },
        }, child());
        var backend = new Compute.RegionBackendService($"{name}-backend", new()
        {
            Project = context.Project,
            Region = context.Region,
            LoadBalancingScheme = Scheme,
            Protocol = certificate is null ? "HTTPS" : "HTTP2",
            Backends =
            {
                new Compute.Inputs.RegionBackendServiceBackendArgs { Group = group.Id, BalancingMode = "UTILIZATION", CapacityScaler = 1 },
            },
        }, child());
        var map = new Compute.RegionUrlMap(
            $"{name}-map",
            new() { Project = context.Project, Region = context.Region, DefaultService = backend.Id },
            child());
        var proxy = certificate is null ? Plain() : Encrypted(certificate);

        // Another port is another entry: it is there before consumers learn of it, and the former one goes after they did.
        _ = new Compute.ForwardingRule(string.Create(CultureInfo.InvariantCulture, $"{name}-entry-{port}"), new()
        {
            Project = context.Project,
            Region = context.Region,
            LoadBalancingScheme = Scheme,
            Network = network.Network.Id,
            Subnetwork = network.Workloads.Id,
            IpAddress = address.SelfLink,
            IpProtocol = "TCP",
            PortRange = port.ToString(CultureInfo.InvariantCulture),
            Target = proxy,
            Labels = labels.Input(),
        }, child(dependsOn: [network.Proxies]));

        Output<string> Plain() => new Compute.RegionTargetHttpProxy(
            $"{name}-proxy",
            new() { Project = context.Project, Region = context.Region, UrlMap = map.Id },
            child()).Id;

        Output<string> Encrypted(ServerCertificate shown)
        {
            var kept = new Compute.RegionSslCertificate(
                $"{name}-tls",
                new() { Project = context.Project, Region = context.Region, Certificate = shown.Certificate, PrivateKey = shown.Key },
                child());
            return new Compute.RegionTargetHttpsProxy(
                $"{name}-tls-proxy",
                new() { Project = context.Project, Region = context.Region, UrlMap = map.Id, SslCertificates = { kept.Id } },
                child()).Id;
        }
    }
}
