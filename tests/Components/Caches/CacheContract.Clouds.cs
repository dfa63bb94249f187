using Infra.Tests.Testing;

namespace Infra.Tests.Caches;

public sealed class CacheOnAws() : CacheContract(new AwsFixture());

public sealed class CacheOnGoogleCloud() : CacheContract(new GcpFixture());

public sealed class CacheOnScaleway() : CacheContract(new ScalewayFixture());

public sealed class CacheOnOvh() : CacheContract(new OvhFixture());

public sealed class CacheOnKubernetes() : CacheContract(new KubernetesFixture());
