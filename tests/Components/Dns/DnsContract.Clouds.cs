using Infra.Tests.Testing;

namespace Infra.Tests.Dns;

public sealed class DnsOnAws() : DnsContract(
    new AwsFixture(),
    hasWeights: true,
    new() { Id = "Z0123456789ABCDEFGHIJ", Account = "arn:aws:iam::999988887777:role/dns" });

public sealed class DnsOnGoogleCloud() : DnsContract(
    new GcpFixture(),
    hasWeights: true,
    new() { Id = "shop-example", Account = "company-dns" });

public sealed class DnsOnScaleway() : DnsContract(
    new ScalewayFixture(),
    hasWeights: true,
    new() { Account = "99999999-2222-3333-4444-555555555555" });

public sealed class DnsOnOvh() : DnsContract(new OvhFixture(), hasWeights: false, new());

public sealed class DnsOnKubernetes() : DnsContract(new KubernetesFixture(), hasWeights: false, new(), "CAA");
