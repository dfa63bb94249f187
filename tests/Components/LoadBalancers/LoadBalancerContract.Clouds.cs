using Infra.Tests.Testing;

namespace Infra.Tests.LoadBalancers;

public sealed class LoadBalancerOnAws() : LoadBalancerContract(new AwsFixture());

public sealed class LoadBalancerOnGoogleCloud() : LoadBalancerContract(new GcpFixture());

public sealed class LoadBalancerOnScaleway() : LoadBalancerContract(new ScalewayFixture());

public sealed class LoadBalancerOnOvh() : LoadBalancerContract(new OvhFixture());

public sealed class LoadBalancerOnKubernetes() : LoadBalancerContract(new KubernetesFixture());
