using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Caches;

public sealed class CacheOnAws() : CacheContract(new AwsFixture(), replicaTakesOver: true);

public sealed class CacheOnGoogleCloud() : CacheContract(new GcpFixture(), replicaTakesOver: true);

public sealed class CacheOnScaleway() : CacheContract(new ScalewayFixture(), replicaTakesOver: true, isEncryptedAtRest: false, largest: Size.Large);

public sealed class CacheOnOvh() : CacheContract(new OvhFixture(), replicaTakesOver: true);

public sealed class CacheOnKubernetes() : CacheContract(new KubernetesFixture(), replicaTakesOver: false);
