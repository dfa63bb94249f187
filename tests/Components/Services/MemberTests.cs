using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>What no set of members may be, and where there is none.</summary>
public sealed class MemberTests
{
    public static TheoryData<string, ContainerServiceArgs> Refused => new()
    {
        { "Scaling.Members", new() { Port = 80, Scaling = new() { Members = 0 } } },
        { "Scaling.Members", new() { Port = 80, Scaling = new() { Members = 51 } } },
        { "Scaling.Members", new() { Scaling = new() { Members = 3 } } },
        { "Scaling.Members", new() { Port = 80, Scaling = new() { Members = 3, Maximum = 4 } } },
        { "Scaling.Members", new() { Port = 80, Scaling = new() { Members = 3, AtMostOne = true } } },
        { "Environment", new() { Port = 80, Scaling = new() { Members = 3 }, Environment = new() { ["MEMBER_NAME"] = "me" } } },
    };

    public static TheoryData<ContainerServiceArgs> Misplaced =>
    [
        new() { Environment = new() { ["NODE"] = Member.Name } },
        new() { Environment = new() { ["NODES"] = Member.Each(Member.Host) } },
        Set with { Files = new() { ["/etc/node"] = Member.Name } },
        Set with { Environment = new() { ["NODE"] = $"{Member.Name:base64}" } },
    ];

    [Theory]
    [MemberData(nameof(Refused))]
    public void Sets_that_no_cloud_has_are_refused(string argument, ContainerServiceArgs args) =>
        Assert.Equal([argument], Refusals.Of(args));

    [Theory]
    [InlineData(Cloud.Aws, "aws-members")]
    [InlineData(Cloud.Gcp, "gcp-members")]
    public void Where_containers_are_all_alike_there_are_no_sets_and_the_plan_says_where_they_are(Cloud cloud, string rule)
    {
        var error = Fixtures.Of(cloud).Plan(model => model.Add(new ContainerService("search", Set))).OnlyError();

        Assert.Equal((rule, "search"), (error.Rule.Id, error.Component));
        Assert.EndsWith("or place 'search' on scaleway, ovh, kubernetes.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Misplaced))]
    public void Only_a_variable_of_a_set_says_which_member_reads_it(ContainerServiceArgs args)
    {
        var error = Fixtures.Of(Cloud.Kubernetes).Plan(model => model.Add(new ContainerService("search", args))).OnlyError();

        Assert.Contains("member", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_for_each_member_asks_for_members()
    {
        var error = Fixtures.Of(Cloud.Kubernetes).Plan(model =>
        {
            var search = model.Add(new ContainerService("search", Set));
            model.Add(new ContainerService("shop", new() { Environment = new() { ["NODES"] = search["HOST"].Each(Member.Host) } }))
                .Calls(search);
        }).OnlyError();

        Assert.EndsWith("Ask for MEMBERS.", error.Message, StringComparison.Ordinal);
    }

    private static ContainerServiceArgs Set { get; } = new() { Port = 9200, Scaling = new() { Members = 3 } };
}
