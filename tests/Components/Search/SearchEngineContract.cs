using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Search;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Search;

/// <summary>What a search engine promises on every cloud.</summary>
public abstract class SearchEngineContract(CloudFixture cloud)
{
    /// <summary>The port of the cloud's search engines.</summary>
    protected virtual string Port => "9200";

    [Fact]
    public void Where_it_listens_is_known()
    {
        var outputs = cloud.PlanWithoutErrors(model => model.Add(new SearchEngine("catalogue")))
            .Component("catalogue", SearchEngineKind.Instance).Outputs;

        Assert.NotEmpty(outputs.At("host")!);
        Assert.Equal(Port, outputs.At("port"));
    }

    [Fact]
    public void Its_consumers_see_the_same_variables_everywhere()
    {
        var variables = Variables(cloud.PlanWithoutErrors(Used), "shop");

        Assert.Equal(
            SearchEngineKind.Instance.ConnectionKeys.Select(key => "CATALOGUE_" + key.Name).Order(),
            variables.Keys.Order());
        Assert.Equal(
            ["CATALOGUE_PASSWORD", "CATALOGUE_URL"],
            variables.Where(variable => variable.Value.IsSecret).Select(variable => variable.Key).Order());
        Assert.Equal(
            (Port, "verify-full"),
            (variables["CATALOGUE_PORT"].Value, variables["CATALOGUE_TLS_MODE"].Value));
    }

    [Fact]
    public void Every_consumer_has_a_login_of_its_own_with_what_its_intent_needs()
    {
        var plan = cloud.PlanWithoutErrors(Used);

        var (reader, writer) = (Login(plan, "shop"), Login(plan, "indexer"));
        Assert.NotEqual(reader, writer);
        var (read, written) = (Rights(plan, reader), Rights(plan, writer));
        Assert.DoesNotContain(read, action => action.Contains("write", StringComparison.Ordinal) || action == "indices_all");
        Assert.Contains("read", read);
        Assert.Contains("indices_all", written);
        Assert.All(
            (string[])["all_access", "*", "security_manager", "manage_snapshots", "cluster_all", "unlimited"],
            all => Assert.DoesNotContain(all, read.Concat(written)));
    }

    [Fact]
    public void A_consumer_elsewhere_comes_through_the_relay_and_does_not_compare_the_name()
    {
        var elsewhere = cloud.Cloud == Cloud.Aws ? Cloud.Gcp : Cloud.Aws;
        var plan = TestSystems.Plan(
            cloud.Cloud,
            Used,
            EnvironmentKind.Production,
            settings => settings with { Placement = new Dictionary<string, Cloud> { ["shop"] = elsewhere } });

        Assert.Equal("", plan.Errors());
        var variables = Fixtures.Of(elsewhere).VariablesOf(plan, "shop");
        Assert.Equal("require", variables["CATALOGUE_TLS_MODE"].Value);
        Assert.True(variables["CATALOGUE_PASSWORD"].IsSecret);
        Assert.Matches("^[23][0-9]{4}$", variables["CATALOGUE_PORT"].Value!);
    }

    [Theory]
    [InlineData("2", 9)]
    [InlineData("2", 3001)]
    [InlineData("1", 20)]
    [InlineData("", 20)]
    public void What_not_every_cloud_can_keep_is_refused(string version, int storage)
    {
        var plan = cloud.Plan(model => model.Add(new SearchEngine("catalogue", new() { Version = version, StorageGiB = storage })));

        Assert.Contains(plan.Findings, finding => finding is { Severity: Severity.Error, Rule.Id: "search-engine-arguments" });
    }

    [Theory]
    [InlineData("2")]
    [InlineData("3")]
    public void It_is_of_the_line_that_is_asked_for(string version)
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new SearchEngine("catalogue", new() { Version = version })));

        Assert.Equal(version, LineOf(plan));
    }

    [Fact]
    public void Production_is_told_where_it_does_not_survive_the_loss_of_a_machine()
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new SearchEngine("catalogue")));

        Assert.NotEqual(
            SurvivesMachines(plan),
            plan.Findings.Any(finding =>
                finding is { Component: "catalogue", Severity: Severity.Warning }
                && finding.Rule.Id.EndsWith("-high-availability", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(Size.Nano)]
    [InlineData(Size.XXLarge)]
    public void It_has_what_its_size_promises(Size size)
    {
        var plan = cloud.PlanWithoutErrors(model => model.Add(new SearchEngine("catalogue", new() { Size = size })));

        Assert.True(CapacityOf(plan).Keeps(SearchEngineArgs.Promise(size)));
    }

    [Fact]
    public void Its_largest_volume_is_given()
    {
        var plan = cloud.PlanWithoutErrors(model =>
            model.Add(new SearchEngine("catalogue", new() { Size = Size.Nano, StorageGiB = 3000 })));

        Assert.Contains("3000", StorageOf(plan), StringComparison.Ordinal);
    }

    /// <summary>What sets up a login, as the shell sees it.</summary>
    protected abstract string ScriptOf(Plan plan, string login);

    /// <summary>Whether the search engine goes on when a machine is lost.</summary>
    protected abstract bool SurvivesMachines(Plan plan);

    /// <summary>What each server has.</summary>
    protected abstract Capacity CapacityOf(Plan plan);

    /// <summary>The line of OpenSearch.</summary>
    protected abstract string LineOf(Plan plan);

    /// <summary>The size of each server's volume.</summary>
    protected abstract string StorageOf(Plan plan);

    private static void Used(Model model)
    {
        var catalogue = model.Add(new SearchEngine("catalogue"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Reads(catalogue);
        model.Add(new ContainerService("indexer")).Writes(catalogue);
    }

    private IReadOnlyDictionary<string, Variable> Variables(Plan plan, string consumer) => cloud.VariablesOf(plan, consumer)
        .Where(variable => variable.Key.StartsWith("CATALOGUE_", StringComparison.Ordinal))
        .ToDictionary();

    private string Login(Plan plan, string consumer) => Variables(plan, consumer)["CATALOGUE_USERNAME"].Value!;

    private List<string> Rights(Plan plan, string login)
    {
        var script = ScriptOf(plan, login);
        var role = Body(script, $"roles/{login}");
        Assert.Equal(login, Body(script, $"rolesmapping/{login}").At("users[0]"));
        Assert.StartsWith("${", Body(script, $"internalusers/{login}").At("password"), StringComparison.Ordinal);
        Assert.Equal("*", role.At("index_permissions[0].index_patterns[0]"));
        return
        [
            .. role.GetProperty("cluster_permissions").EnumerateArray().Select(action => action.GetString()!),
            .. role.GetProperty("index_permissions")[0].GetProperty("allowed_actions").EnumerateArray()
                .Select(action => action.GetString()!),
        ];
    }

    private static JsonElement Body(string script, string path)
    {
        var start = script.IndexOf($"call PUT {path} <<JSON\n", StringComparison.Ordinal);
        Assert.True(start >= 0, script);
        return JsonDocument.Parse(script[start..].Split('\n')[1]).RootElement;
    }
}
