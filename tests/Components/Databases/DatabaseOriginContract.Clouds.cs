using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

public sealed class DatabaseOriginOnAws() : DatabaseOriginContract(new AwsFixture());

public sealed class DatabaseOriginOnGoogleCloud() : DatabaseOriginContract(new GcpFixture());

public sealed class DatabaseOriginOnScaleway() : DatabaseOriginContract(new ScalewayFixture());

public sealed class DatabaseOriginOnOvh() : DatabaseOriginContract(new OvhFixture());

public sealed class DatabaseOriginOnKubernetes() : DatabaseOriginContract(new KubernetesFixture());
