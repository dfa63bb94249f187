using Infra.Tests.Testing;

namespace Infra.Tests.Services;

public sealed class ContainerServiceOnAws() : ContainerServiceContract(new AwsFixture());

public sealed class ContainerServiceOnGoogleCloud() : ContainerServiceContract(new GcpFixture());

public sealed class ContainerServiceOnScaleway() : ContainerServiceContract(new ScalewayFixture());

public sealed class ContainerServiceOnOvh() : ContainerServiceContract(new OvhFixture());

public sealed class ContainerServiceOnKubernetes() : ContainerServiceContract(new KubernetesFixture());
