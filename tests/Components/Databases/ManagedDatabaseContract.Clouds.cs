using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

public sealed class ManagedDatabaseOnAws() : ManagedDatabaseContract(new AwsFixture());

public sealed class ManagedDatabaseOnGoogleCloud() : ManagedDatabaseContract(new GcpFixture());

public sealed class ManagedDatabaseOnScaleway() : ManagedDatabaseContract(new ScalewayFixture());

public sealed class ManagedDatabaseOnOvh() : ManagedDatabaseContract(new OvhFixture());

public sealed class ManagedDatabaseOnKubernetes() : ManagedDatabaseContract(new KubernetesFixture());
