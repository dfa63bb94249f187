using Infra.Tests.Testing;
using Xunit;
using S3 = Pulumi.Aws.S3;

namespace Infra.Tests.Rehearsals;

public sealed class RehearsalTests
{
    [Fact]
    public void An_output_of_another_resource_reads_as_its_name_and_property_and_is_a_reference()
    {
        var plan = TestBuild.Plan(part =>
        {
            var bucket = new S3.Bucket("photos", new(), part.Inside());
            _ = new S3.BucketPublicAccessBlock("photos-block", new() { Bucket = bucket.Id }, part.Inside());
        });

        Assert.Equal("", plan.Errors());
        var block = plan.Only("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock");
        Assert.Equal("{photos.id}", block.Input("bucket"));
        Assert.True(block.RefersTo(plan.Only("aws:s3/bucket:Bucket"), "bucket"));
    }
}
