using Infra.Components.Caches;
using Infra.Components.Caches.Aws;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Caches;

public sealed class AwsCacheTests
{
    private const string Group = "aws:elasticache/replicationGroup:ReplicationGroup";
    private const string User = "aws:elasticache/user:User";
    private const string Association = "aws:elasticache/userGroupAssociation:UserGroupAssociation";

    [Fact]
    public void It_is_encrypted_and_lets_only_users_of_its_group_in()
    {
        var plan = Plan(new());

        var group = plan.Only(Group);
        Assert.Equal(
            ("valkey", "True", "True", "required"),
            (
                group.Input("engine"),
                group.Input("atRestEncryptionEnabled"),
                group.Input("transitEncryptionEnabled"),
                group.Input("transitEncryptionMode")));
        Assert.Equal(plan.Only("aws:elasticache/userGroup:UserGroup").Input("userGroupId"), group.Input("userGroupIds[0]"));
        Assert.Null(group.Input("authToken"));
    }

    [Fact]
    public void The_default_user_may_do_nothing() =>
        Assert.Equal("off resetchannels -@all", Plan(new()).Only(User, "sessions-default").Input("accessString"));

    [Fact]
    public void A_reader_reads_and_a_writer_cannot_empty_the_cache()
    {
        var plan = Plan(new());

        Assert.Contains(
            "-@all +@connection +@read",
            plan.Only(User, "report-sessions-login").Input("accessString")!,
            StringComparison.Ordinal);
        Assert.Contains("-@admin -@dangerous", plan.Only(User, "shop-sessions-login").Input("accessString")!, StringComparison.Ordinal);
    }

    [Fact]
    public void Users_join_one_after_the_other_once_the_cache_stands()
    {
        var plan = Plan(new());

        // By name: who is declared first changes nothing.
        var first = plan.Only(Association, "report-sessions-login");
        Assert.Contains(plan.Only(Group).Urn, first.DependsOn);
        Assert.Contains(first.Urn, plan.Only(Association, "shop-sessions-login").DependsOn);
    }

    [Fact]
    public void Users_who_joined_are_not_thrown_out_by_the_next_update() =>
        Assert.Equal(
            ["userIds"],
            RegisteredOptions.Of(
                Cloud.Aws,
                "aws:elasticache/userGroup:UserGroup",
                model => model.Add(new Cache("sessions")))["sessions"].IgnoreChanges);

    [Fact]
    public void It_is_waited_for_as_long_as_ElastiCache_may_take() => Assert.Equal(
        TimeSpan.FromMinutes(60),
        RegisteredOptions.Of(
            Cloud.Aws,
            "aws:elasticache/replicationGroup:ReplicationGroup",
            model => model.Add(new Cache("sessions")))["sessions"].CustomTimeouts?.Create);

    [Fact]
    public void A_user_with_the_same_name_comes_only_after_the_old_one_has_gone() =>
        Assert.All(RegisteredOptions.Of(Cloud.Aws, User, Declare(new())).Values, options => Assert.True(options.DeleteBeforeReplace));

    [Fact]
    public void Identifiers_of_users_fit_into_what_AWS_allows()
    {
        var plan = AwsPlans.Of(model =>
        {
            var cache = model.Add(new Cache("sixteen-letters1"));
            model.Add(new ContainerService("sixteen-letters2", new() { Port = 8080 })).Writes(cache);
        });

        Assert.All(plan.OfType(User), user => Assert.InRange(user.Input("userId")!.Length, 1, 40));
    }

    [Fact]
    public void Snapshots_and_maintenance_have_their_hours_at_night()
    {
        var group = Plan(new()).Only(Group);

        Assert.Equal(
            ("7", "02:00-03:00", "sun:03:30-sun:04:30"),
            (group.Input("snapshotRetentionLimit"), group.Input("snapshotWindow"), group.Input("maintenanceWindow")));
    }

    [Theory]
    [InlineData(Size.Nano, "cache.t4g.small")]
    [InlineData(Size.Small, "cache.t4g.small")]
    [InlineData(Size.Medium, "cache.r7g.large")]
    [InlineData(Size.Large, "cache.r7g.xlarge")]
    [InlineData(Size.XLarge, "cache.r7g.4xlarge")]
    [InlineData(Size.XXLarge, "cache.r7g.8xlarge")]
    public void A_size_is_the_smallest_node_that_keeps_its_promise_beside_the_memory_that_AWS_reserves(Size size, string node) =>
        Assert.Equal(node, Plan(new() { Size = size }).Only(Group).Input("nodeType"));

    [Fact]
    public void It_stays_at_the_version_that_is_stated()
    {
        var group = Plan(new()).Only(Group);

        Assert.Equal(("8.0", "False"), (group.Input("engineVersion"), group.Input("autoMinorVersionUpgrade")));
    }

    [Fact]
    public void Without_a_replica_changes_happen_at_once_because_AWS_lets_the_last_one_go_only_then()
    {
        Assert.Equal("False", Plan(new()).Only(Group).Input("applyImmediately"));
        Assert.Equal("True", Plan(new() { HighAvailability = false }).Only(Group).Input("applyImmediately"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tweak_says_when_changes_happen(bool atOnce) => Assert.Equal(
        atOnce.ToString(),
        Plan(new() { Tweaks = [new AwsCacheTweak { ApplyImmediately = atOnce }] }).Only(Group).Input("applyImmediately"));

    [Fact]
    public void A_tweak_names_another_node() => Assert.Equal(
        "cache.r7g.8xlarge",
        Plan(new() { Tweaks = [new AwsCacheTweak { NodeType = "cache.r7g.8xlarge" }] })
            .Only(Group)
            .Input("nodeType"));

    [Fact]
    public void A_node_that_is_none_is_refused() => Assert.Contains(
        "AwsCacheTweak.NodeType is 'large'",
        AwsPlans.OnlyError(model => model.Add(new Cache("sessions", new() { Tweaks = [new AwsCacheTweak { NodeType = "large" }] }))),
        StringComparison.Ordinal);

    [Fact]
    public void What_it_forgets_is_a_parameter() => Assert.Equal(
        "noeviction",
        Plan(new() { Eviction = Eviction.None }).Only("aws:elasticache/parameterGroup:ParameterGroup").Input("parameters[0].value"));

    private static Plan Plan(CacheArgs args) => AwsPlans.Of(Declare(args));

    private static Action<Model> Declare(CacheArgs args) => model =>
    {
        var sessions = model.Add(new Cache("sessions", args));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(sessions);
        model.Add(new ContainerService("report")).Reads(sessions);
    };
}
