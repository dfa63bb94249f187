using LB = Pulumi.Aws.LB;

namespace Infra.Components.LoadBalancers.Aws;

/// <summary>A load balancer's way to a service.</summary>
/// <param name="TargetGroup">Where the service registers its replicas.</param>
/// <param name="Rules">The rules that lead there: ECS refuses a target group that no listener uses.</param>
internal sealed record AwsRoute(LB.TargetGroup TargetGroup, IReadOnlyList<LB.ListenerRule> Rules);
