using Infra.Tests.Testing;

namespace Infra.Tests.Dns;

public sealed class DnsOnAws() : DnsContract(new AwsFixture(), hasWeights: true);

public sealed class DnsOnGoogleCloud() : DnsContract(new GcpFixture(), hasWeights: true);

public sealed class DnsOnScaleway() : DnsContract(new ScalewayFixture(), hasWeights: true);

public sealed class DnsOnOvh() : DnsContract(new OvhFixture(), hasWeights: false);

public sealed class DnsOnKubernetes() : DnsContract(new KubernetesFixture(), hasWeights: false, "CAA");
