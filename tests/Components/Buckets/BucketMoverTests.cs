using Infra.Components.Buckets;
using Infra.Components.Clouds;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Buckets;

/// <summary>Which containers carry a bucket's objects, in which state, between which clouds.</summary>
public sealed class BucketMoverTests
{
    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void Every_pair_of_clouds_has_one_way_that_pauses_and_returns(Cloud from, Cloud to)
    {
        var way = Assert.Single(BucketKind.Instance.WaysToMove(new Bucket("photos"), from, to));

        Assert.Equal(("copy", true, true), (way.Name, way.Pauses, way.Returns));
    }

    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void A_worker_copies_until_a_job_ends_it_and_another_one_carries_back(Cloud from, Cloud to)
    {
        Assert.Equal(["photos-copy"], Names(MigrationState.Migrated));
        Assert.Equal(["photos-last-copy", "photos-last-return"], Names(MigrationState.Paused));
        Assert.Equal(["photos-return"], Names(MigrationState.Activated));
        Assert.Empty(Names(MigrationState.Released));
        Assert.Empty(Names(MigrationState.Retired));

        IEnumerable<string> Names(MigrationState state) => Moved(from, to, state).Select(implied => implied.Consumer.Name);
    }

    [Theory]
    [MemberData(nameof(CloudPairs.All), MemberType = typeof(CloudPairs))]
    public void What_reads_the_old_copy_writes_the_new_one_and_the_other_way_round(Cloud from, Cloud to)
    {
        foreach (var state in new[] { MigrationState.Migrated, MigrationState.Paused, MigrationState.Activated })
        {
            foreach (var (mover, images) in Moved(from, to, state))
            {
                var returns = ((IMover)mover).Returns;
                var (read, written) = returns ? (to, from) : (from, to);
                Assert.Equal(mover.Name.EndsWith("return", StringComparison.Ordinal), returns);
                Assert.Equal("photos", ((IMover)mover).Moved.Name);
                Assert.Equal(
                    [("SOURCE", Intent.Read, "photos"), ("TARGET", Intent.Write, "photos")],
                    mover.Links.Select(link => (link.Prefix, link.Intent, link.Target.Name)));
                Assert.Equal(
                    (read.Name(), written.Name(), returns ? "true" : "false"),
                    (Setting(BucketCopy.SourceCloud), Setting(BucketCopy.TargetCloud), Setting(BucketCopy.Back)));
                Assert.Equal("90", Setting(BucketCopy.QuietSeconds));
                Assert.Equal((from == Cloud.Kubernetes || to == Cloud.Kubernetes) ? "true" : "false", Setting(BucketCopy.Sorts));
                Assert.Equal(PinnedImage.Rclone.OnDockerHub, images[mover.Name]);
                Assert.NotNull(mover.Container.User);

                string? Setting(string name) => mover.Container.Environment[name].Literal;
            }
        }
    }

    [Fact]
    public void Workers_run_alone_and_jobs_bear_being_repeated()
    {
        var worker = Assert.Single(ConsumersIn(MigrationState.Migrated).OfType<ContainerService>());
        Assert.True(worker.Args.Scaling.AtMostOne);
        Assert.Null(worker.Args.Port);
        var jobs = ConsumersIn(MigrationState.Paused).OfType<Job>().ToList();
        Assert.Equal(2, jobs.Count);
        Assert.All(jobs, job => Assert.True(job.Args.Retries > 0));

        static IEnumerable<Consumer> ConsumersIn(MigrationState state) =>
            Moved(Cloud.Aws, Cloud.Scaleway, state).Select(implied => implied.Consumer);
    }

    [Fact]
    public void Scripts_have_no_key_among_their_words()
    {
        Assert.All(BucketCopy.Following.Concat(BucketCopy.Finishing), word => Assert.DoesNotContain("--s3-secret", word));
        Assert.Contains("RCLONE_CONFIG_SOURCE_SECRET_ACCESS_KEY=\"$SOURCE_SECRET_ACCESS_KEY\"", BucketCopy.Following[^1]);
    }

    private static IEnumerable<Implied> Moved(Cloud from, Cloud to, MigrationState state)
    {
        var bucket = new Bucket("photos");
        return BucketKind.Instance.Moves(new(bucket, state, from, to, BucketMover.Copy, new Model()) { QuietSeconds = 90 });
    }
}
