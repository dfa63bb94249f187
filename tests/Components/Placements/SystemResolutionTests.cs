using System.Runtime.CompilerServices;
using Infra.Components.Addons;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Networks;
using Infra.Components.Placements;
using Infra.Components.Registries;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Placements;

/// <summary>What is told of a system that cannot be built as it is declared or placed.</summary>
public sealed class SystemResolutionTests
{
    public static TheoryData<Cloud> Clouds => [.. CloudNames.All];

    [Fact]
    public void Two_components_of_one_name_are_a_finding()
    {
        var error = Plan(Cloud.Aws, model =>
        {
            model.Add(new Cache("orders"));
            model.Add(new ManagedDatabase("orders"));
        }).OnlyError();

        Assert.Equal(("component-name", "orders"), (error.Rule.Id, error.Component));
        Assert.StartsWith(
            "The name 'orders' is used by 2 components (Cache, ManagedDatabase); allowed: every name once.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_component_of_the_name_that_a_foundation_has_by_itself_is_a_finding() =>
        Assert.Equal(("component-name", "network"), Told(Plan(Cloud.Aws, model => model.Add(new Bucket("network"))).OnlyError()));

    [Fact]
    public void One_component_that_is_added_twice_is_a_finding()
    {
        var error = Plan(Cloud.Aws, model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(orders);
        }).OnlyError();

        Assert.Equal(("component-added-twice", "orders"), Told(error));
        Assert.StartsWith("'orders' is added 2 times; allowed: once.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_in_Declare_is_a_finding_with_file_and_line_of_the_system()
    {
        var line = 0;
        Action<Model> declare = _ => { line = ThisLine(); throw new InvalidOperationException("There is no menu today.\nNor tomorrow."); };

        var error = Rehearsal.Run(new Throwing(declare), TestSettings.For(Cloud.Aws)).OnlyError();

        Assert.Equal(("system-declaration", null), Told(error));
        Assert.Equal(
            $"The system 'sample' cannot be declared: InvalidOperationException at SystemResolutionTests.cs:{line}: "
            + "There is no menu today. Correct its Declare.",
            error.Message);
    }

    [Fact]
    public void What_a_library_throws_in_Declare_is_told_with_the_line_of_the_system_that_called_it()
    {
        var (line, none) = (0, Array.Empty<string>());
        Action<Model> declare = model => { line = ThisLine(); _ = none.First(); };

        var error = Rehearsal.Run(new Throwing(declare), TestSettings.For(Cloud.Aws)).OnlyError();

        Assert.Contains($"at SystemResolutionTests.cs:{line}: ", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_name_in_a_placement_is_told_as_that_and_not_as_a_missing_account()
    {
        var plan = Plan(
            Cloud.Aws,
            model => model.Add(new Bucket("photos")),
            settings => settings with
            {
                Placement = new Dictionary<string, Cloud> { ["fotos"] = Cloud.Gcp },
                Accounts = settings.Accounts with { Gcp = null },
            });

        var error = plan.OnlyError();
        Assert.Equal(("unknown-name", null), Told(error));
        Assert.StartsWith("infra:placement names 'fotos', which 'sample' does not have", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_system_that_declares_nothing_is_an_error(Cloud cloud) =>
        Assert.Equal(("system-empty", null), Told(Plan(cloud, _ => { }).OnlyError()));

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_stack_of_a_network_only_builds_it(Cloud cloud)
    {
        var plan = Plan(cloud, model => model.Add(new PrivateNetwork("network"))).WithoutErrors();

        Assert.Contains(plan.Components, component => component.Kind == PrivateNetworkKind.Instance);
        Assert.NotEmpty(plan.Resources);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_stack_of_a_registry_only_builds_no_network_that_nobody_asked_for(Cloud cloud)
    {
        var plan = Plan(cloud, model => model.Add(new ContainerRegistry("images")));

        Assert.DoesNotContain(plan.Components, component => component.Kind == PrivateNetworkKind.Instance);
    }

    [Fact]
    public void A_stack_of_a_cluster_add_on_only_installs_it_on_Kubernetes()
    {
        var plan = Plan(Cloud.Kubernetes, model => model.Add(CertManager())).WithoutErrors();

        Assert.Contains(plan.Components, component => component.Kind == ClusterAddonKind.Instance);
        Assert.NotEmpty(plan.OfType("kubernetes:helm.sh/v3:Release"));
    }

    [Theory]
    [InlineData(Cloud.Aws)]
    [InlineData(Cloud.Gcp)]
    [InlineData(Cloud.Scaleway)]
    [InlineData(Cloud.Ovh)]
    public void A_stack_that_builds_nothing_is_an_error(Cloud cloud)
    {
        var plan = Plan(cloud, model => model.Add(CertManager()));

        Assert.Equal(("stack-empty", null), Told(plan.OnlyError()));
        Assert.Contains($"Nothing of 'sample' stands on {cloud.Name()}", plan.OnlyError().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Cloud.Aws, "accountId")]
    [InlineData(Cloud.Gcp, "project")]
    [InlineData(Cloud.Scaleway, "projectId")]
    [InlineData(Cloud.Ovh, "projectId")]
    [InlineData(Cloud.Kubernetes, "context")]
    public void A_missing_account_is_told_for_every_cloud_on_which_something_stands(Cloud cloud, string key)
    {
        var main = cloud == Cloud.Aws ? Cloud.Gcp : Cloud.Aws;
        Action<Model> declare = model =>
        {
            model.Add(new Bucket("photos"));
            model.Add(new Bucket("archive"));
        };

        var there = Accountless(cloud, declare, []);
        var alsoThere = Accountless(main, declare, new() { ["archive"] = cloud });

        Assert.Equal([Sentence(cloud, key)], there);
        string[] both = [Sentence(main, main == Cloud.Aws ? "accountId" : "project"), Sentence(cloud, key)];
        Assert.Equivalent(both, alsoThere, strict: true);
    }

    private static ClusterAddon CertManager() => new("cert-manager", new() { Addon = Addon.CertManager });

    private static string Sentence(Cloud cloud, string key) =>
        $"infra:accounts.{cloud.Name()}.{key} is missing, but components of this stack stand on {cloud.Name()}";

    private static IEnumerable<string> Accountless(Cloud cloud, Action<Model> declare, Dictionary<string, Cloud> placement) =>
        Plan(cloud, declare, settings => settings with { Accounts = new(), Placement = placement }).Findings
            .Where(finding => finding.Rule.Id == "account-missing")
            .Select(finding => finding.Message.Split(';')[0]);

    private static (string Rule, string? Component) Told(Finding finding) => (finding.Rule.Id, finding.Component);

    // The settings are made without the system, whose Declare may throw.
    private static Plan Plan(Cloud cloud, Action<Model> declare, Func<StackSettings, StackSettings>? change = null)
    {
        var settings = TestSettings.For(cloud);
        return Rehearsal.Run(TestSystems.Declare(declare), change is null ? settings : change(settings));
    }

    private static int ThisLine([CallerLineNumber] int line = 0) => line;

    // In this assembly, whose lines are then the system's own.
    private sealed class Throwing(Action<Model> declare) : SystemDeclaration
    {
        public override string Name => "sample";

        public override void Declare(Model model) => declare(model);
    }
}
