using Infra.Components.Services;
using Pulumi;
using LB = Pulumi.Aws.LB;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>A load balancer's way to a port of a service.</summary>
/// <param name="Service">The service.</param>
/// <param name="Port">The port on which it listens.</param>
/// <param name="TargetGroup">Where it registers its replicas.</param>
/// <param name="IsHttp">Whether it is asked by HTTP whether it is well, or by gRPC; otherwise it is looked whether it listens.</param>
/// <param name="Leads">What leads there: ECS refuses a target group that no listener uses.</param>
/// <param name="Transport">What the service gets there: <c>tcp</c> or <c>udp</c>.</param>
internal sealed record AwsRoute(
    ContainerService Service,
    int Port,
    LB.TargetGroup TargetGroup,
    bool IsHttp,
    IReadOnlyList<Resource> Leads,
    string Transport = "tcp");
