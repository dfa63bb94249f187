using Infra.Tests.Testing;

namespace Infra.Tests.Databases;

public sealed class ReadReplicaOnAws() : ReadReplicaContract(new AwsFixture());

public sealed class ReadReplicaOnGoogleCloud() : ReadReplicaContract(new GcpFixture());

public sealed class ReadReplicaOnScaleway() : ReadReplicaContract(new ScalewayFixture());

public sealed class ReadReplicaOnOvh() : ReadReplicaContract(new OvhFixture());

public sealed class ReadReplicaOnKubernetes() : ReadReplicaContract(new KubernetesFixture());
