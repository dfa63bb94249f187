using Infra.Tests.Testing;

namespace Infra.Tests.Buckets;

public sealed class BucketOnAws() : BucketContract(new AwsFixture());

public sealed class BucketOnGoogleCloud() : BucketContract(new GcpFixture());

public sealed class BucketOnScaleway() : BucketContract(new ScalewayFixture());

public sealed class BucketOnOvh() : BucketContract(new OvhFixture());

public sealed class BucketOnKubernetes() : BucketContract(new KubernetesFixture());
