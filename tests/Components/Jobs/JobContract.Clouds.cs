using Infra.Tests.Testing;

namespace Infra.Tests.Jobs;

public sealed class JobOnAws() : JobContract(new AwsFixture());

public sealed class JobOnGoogleCloud() : JobContract(new GcpFixture());

public sealed class JobOnScaleway() : JobContract(new ScalewayFixture());

public sealed class JobOnOvh() : JobContract(new OvhFixture());

public sealed class JobOnKubernetes() : JobContract(new KubernetesFixture());
