using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

public sealed class LogicalDatabaseOnAws() : LogicalDatabaseContract(new AwsFixture());

public sealed class LogicalDatabaseOnGoogleCloud() : LogicalDatabaseContract(new GcpFixture());

public sealed class LogicalDatabaseOnScaleway() : LogicalDatabaseContract(new ScalewayFixture());

public sealed class LogicalDatabaseOnOvh() : LogicalDatabaseContract(new OvhFixture());

public sealed class LogicalDatabaseOnKubernetes() : LogicalDatabaseContract(new KubernetesFixture());
