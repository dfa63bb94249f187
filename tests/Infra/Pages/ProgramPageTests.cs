using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Migrations;
using Infra.Parity;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Infra.Tests.Pages;

/// <summary>
/// <c>infra/README.md</c> and the parity table in <c>README.md</c> say what the code says. To refresh them: <c>UPDATE_SNAPSHOTS=1</c>.
/// </summary>
public sealed class ProgramPageTests
{
    private const string Page = "infra/README.md";

    [Fact]
    public void The_parity_table_is_that_of_the_clouds() => MarkedText.Matches("README.md", "parity", Markdown(ParityTable.Current));

    [Fact]
    public void The_settings_are_those_of_the_project_file()
    {
        using var reader = new StreamReader(Path.Combine(Repository.Root, "Pulumi.yaml"));
        var stream = new YamlStream();
        stream.Load(reader);
        var declared = (YamlMappingNode)stream.Documents[0].RootNode["config"];

        MarkedText.Matches(
            Page,
            "settings",
            MarkedText.Table(["Key", "Value", "Required", "Meaning"], SettingKeys.All.Select(key => (IReadOnlyList<string>)
            [
                $"`{key.FullName}`", key.Shape, key.IsRequired ? "yes" : "no", declared[key.Name]["description"].ToString(),
            ])));
    }

    [Fact]
    public void The_fields_of_a_plan_are_those_of_its_document()
    {
        var plan = Rehearsal.Run(new Familink(), RepositoryStacks.Settings("familink-production", Cloud.Kubernetes));

        MarkedText.Matches(Page, "plan", FieldTable.Markdown(Document(stream => PlanJson.Write(plan, stream)), typeof(Plan)));
    }

    [Fact]
    public void The_fields_of_a_change_are_those_of_its_document()
    {
        var before = PlanDocument.Of(Rehearsal.Run(new Familink(), RepositoryStacks.Settings("familink-production")));
        var settings = RepositoryStacks.Settings("familink-production");
        var after = PlanDocument.Of(Rehearsal.Run(new Familink(), settings with
        {
            Components = new Dictionary<string, JsonObject>(settings.Components) { ["database"] = new() { ["database"] = "other" } },
        }));
        var changes = Comparison.Of(before, after);
        changes = changes with
        {
            Components = [.. changes.Components.Where(component => component.Name == "database")],
            Findings = [new(Severity.Warning, SettingRules.Missing, "database", "The fields of a finding are those of a plan.")],
        };

        MarkedText.Matches(Page, "diff", FieldTable.Markdown(Document(stream => ChangesJson.Write(changes, stream)), typeof(PlanChanges)));
    }

    [Fact]
    public void The_fields_of_a_migration_are_those_of_its_document()
    {
        var plan = MigrationPlanning.Of(
            new Familink(),
            RepositoryStacks.Settings("familink-production"),
            new(
                Cloud.Scaleway,
                4,
                new HashSet<string>(),
                new Dictionary<(string, string), double> { [("photos", "objects")] = 40_000_000 }),
            new())!;
        var wave = plan.Waves.First(wave => wave.Preparations.Count > 0) with
        {
            Data = [.. plan.Waves.SelectMany(wave => wave.Data)],
            Pause = [new("pause", "The formula", "Its numbers", "Its result")],
            Crossing = [.. plan.Waves.SelectMany(wave => wave.Crossing)],
        };

        MarkedText.Matches(
            Page,
            "migrate-plan",
            FieldTable.Markdown(
                Document(stream => MigrationPlanJson.Write(
                    plan with { Waves = [wave], Inseparable = [new(["one", "other"], "Why they are.")] },
                    stream)),
                typeof(MigrationPlan)));
    }

    [Fact]
    public void Every_effect_is_explained() => Assert.All(Enum.GetValues<Effect>(), effect => Assert.Contains(
        $"\n| `{effect.Name()}` | ",
        File.ReadAllText(Path.Combine(Repository.Root, Page)),
        StringComparison.Ordinal));

    [Fact]
    public void The_fields_of_the_parity_table_are_those_of_its_document() => MarkedText.Matches(
        Page,
        "parity-json",
        FieldTable.Markdown(Document(stream => ParityJson.Write(ParityTable.Current, stream)), typeof(ParityTable)));

    [Fact]
    public void Every_table_that_a_cloud_extends_is_where_the_page_says()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, Page));

        Type[] tables =
        [
            typeof(AwsFacts), typeof(GcpFacts), typeof(KubernetesFacts),
            typeof(OvhFacts), typeof(RandomFacts), typeof(ScalewayFacts), typeof(TlsFacts),
            typeof(FactTables), typeof(InvokeAnswers),
        ];
        Assert.All(tables, table =>
        {
            var file = $"{table.Namespace!["Infra.".Length..].Replace('.', '/')}/{table.Name}.cs";
            Assert.Contains($"[`{table.Name}`]({file})", text, StringComparison.Ordinal);
            Assert.True(File.Exists(Path.Combine(Repository.Root, "infra", file)), file);
        });
    }

    private static JsonElement Document(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return JsonElement.Parse(stream.ToArray());
    }

    private static string Markdown(ParityTable table)
    {
        var cells = MarkedText.Table(
            ["", .. table.Clouds.Select(cloud => cloud.Name)],
            table.Components.Select(component => (IReadOnlyList<string>)
            [
                component.Kind, .. component.Clouds.Select(entry => entry.Product is null ? entry.Cell : $"{entry.Cell}: {entry.Product}"),
            ]));
        var remarks =
            from component in table.Components
            from entry in component.Clouds
            where entry.Backing is not null && (entry.Remark.Length > 0 || entry.Product is null)
            select $"- {component.Kind} on {entry.Cloud}: {(entry.Product is null ? entry.Sentences : entry.Remark)}";
        return $"{cells}\n{string.Join('\n', remarks)}\n";
    }
}
