using Infra.Tests.Testing;

namespace Infra.Tests.Services;

public sealed class ContainerServiceOnAws() : ContainerServiceContract(new AwsFixture());

public sealed class ContainerServiceOnGoogleCloud() : ContainerServiceContract(new GcpFixture());

public sealed class ContainerServiceOnOvh() : ContainerServiceContract(new OvhFixture());

public sealed class ContainerServiceOnKubernetes() : ContainerServiceContract(new KubernetesFixture());
