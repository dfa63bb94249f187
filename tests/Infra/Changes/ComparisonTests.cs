using System.Text.Json;
using System.Text.Json.Nodes;
using Infra.Changes;
using Infra.Components.Buckets;
using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Rehearsals;
using Infra.Tests.Facts;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Changes;

public sealed class ComparisonTests
{
    private const string Database = "aws:rds/instance:Instance";

    public static TheoryData<Cloud> Clouds => Fixtures.EachCloud;

    [Fact]
    public void A_plan_against_itself_is_empty() => Assert.All(PlannedTypes.Plans, plan =>
    {
        var changes = Comparison.Of(PlanDocument.Of(plan), PlanDocument.Of(plan));

        Assert.Empty(changes.Components);
        Assert.Equal((Effect.Nothing, true), (changes.Effect, changes.Safe));
    });

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Planning_again_changes_nothing(Cloud cloud) => Assert.Empty(Comparison.Of(Shop(cloud), Shop(cloud)).Components);

    [Theory]
    [InlineData("""{"size":"small","files":{}}""", true)]
    [InlineData("""{"size":"small","files":[]}""", true)]
    [InlineData("""{"size":"small","files":null}""", true)]
    [InlineData("""{"size":"small","files":{"/etc/app.conf":"x"}}""", false)]
    [InlineData("""{"size":"small","files":false}""", false)]
    public void An_argument_that_an_older_program_lacks_is_a_change_only_where_it_has_a_value(string arguments, bool isSame)
    {
        var changes = Comparison.Of(With("""{"size":"small"}"""), With(arguments));
        var back = Comparison.Of(With(arguments), With("""{"size":"small"}"""));

        Assert.Equal((isSame, isSame), (changes.Components.Count == 0, back.Components.Count == 0));
        if (!isSame) Assert.Equal("1 component, 0 resources", Text(changes).Trim().Split('\n')[^1]);

        static PlanDocument With(string arguments)
        {
            var shop = Shop(Cloud.Aws);
            var first = shop.Components[0] with { Arguments = JsonElement.Parse(arguments) };
            return shop with { Components = [first, .. shop.Components.Skip(1)] };
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_renames_nothing_loses_nothing(Cloud cloud)
    {
        var changes = Comparison.Of(Shop(cloud), Shop(cloud, owner: "another-team@example.org"));

        Assert.True(changes.Safe, Text(changes));
        Assert.DoesNotContain(Resources(changes), resource => resource.Effect == Effect.AddressLost);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_component_that_comes_changes_no_other_for_the_worse(Cloud cloud)
    {
        var changes = Comparison.Of(Shop(cloud), Shop(cloud, more: model => model.Add(new Bucket("archive"))));

        Assert.Equal(Effect.Created, changes.Components.Single(component => component.Name == "archive").Effect);
        Assert.True(changes.Safe, Text(changes));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_component_that_goes_takes_its_data_along_or_is_refused(Cloud cloud)
    {
        var changes = Comparison.Of(Shop(cloud, more: model => model.Add(new Bucket("archive"))), Shop(cloud));

        Assert.False(changes.Safe);
        Assert.True(
            changes.Components.Single(component => component.Name == "archive").Effect is Effect.DataLost or Effect.Refused,
            Text(changes));
    }

    [Fact]
    public void Every_input_that_forces_a_new_resource_replaces_and_no_other_does()
    {
        var resources = PlannedTypes.Plans
            .SelectMany(plan => PlanDocument.Of(plan).Resources)
            .Where(resource => !resource.IsProvider && FactTables.Of(resource.Type) is not null)
            .DistinctBy(resource => (resource.Type, string.Join(' ', resource.Inputs.EnumerateObject().Select(input => input.Name))));
        Assert.All(resources, resource =>
        {
            var facts = FactTables.Of(resource.Type)!;
            foreach (var input in resource.Inputs.EnumerateObject())
            {
                var change = Only(Changed(resource, input.Name, "another value"));
                if (resource.ReplaceOnChanges.Any(path => path.Split('.', '[')[0] == input.Name)) continue;
                if (facts.Replaces.FirstOrDefault(known => known.Path == input.Name) is { When: When.Changed, From: null, Given: null }
                    && facts.Ignores.Of(input.Name) is null
                    && !resource.IgnoreChanges.Contains(input.Name))
                {
                    Assert.Equal((Operation.Replace, null), (change.Operation, change.Condition));
                }
                else if (facts.Replaces.Of(input.Name) is null)
                {
                    Assert.Equal(Operation.Update, change.Operation);
                }
            }
        });
    }

    [Fact]
    public void What_reads_an_output_of_something_replaced_is_replaced_where_that_forces_it()
    {
        var before = Shop(Cloud.Aws);
        var after = Changed(before, "aws:ec2/vpc:Vpc", "cidrBlock", "10.99.0.0/16");

        var changes = Comparison.Of(before, after);

        var subnet = Resources(changes).First(resource => resource.Type == "aws:ec2/subnet:Subnet");
        Assert.Equal(Operation.Replace, subnet.Operation);
        Assert.Contains(subnet.Inputs, input => input.Path == "vpcId" && input.Note!.Contains("Vpc", StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_protected_is_refused_and_what_is_not_loses_its_data()
    {
        var before = Shop(Cloud.Aws);
        var unprotected = Edited(before, resource => resource.Type == Database, resource => resource["protect"] = false);
        var engine = Changed(before, Database, "engine", "mysql");

        Assert.Equal(Effect.Refused, Only(Comparison.Of(before, engine), Database).Effect);
        Assert.Equal(Effect.DataLost, Only(Comparison.Of(unprotected, Changed(unprotected, Database, "engine", "mysql")), Database).Effect);

        // The engine looks at both: what is unprotected and replaced at once goes.
        var both = Changed(unprotected, Database, "engine", "mysql");
        Assert.Equal(Effect.DataLost, Only(Comparison.Of(before, both), Database).Effect);
        Assert.Equal(Effect.Refused, Only(Comparison.Of(before, Without(unprotected, Database)), Database).Effect);
        Assert.Equal(Effect.DataLost, Only(Comparison.Of(unprotected, Without(unprotected, Database)), Database).Effect);
    }

    [Fact]
    public void The_loss_is_told_in_the_words_of_the_kind()
    {
        var before = Edited(Shop(Cloud.Aws), resource => resource.Type == Database, resource => resource["protect"] = false);

        var changes = Comparison.Of(before, Changed(before, Database, "engine", "mysql"));

        var database = changes.Components.Single(component => component.Name == "orders");
        Assert.Equal((Effect.DataLost, "the rows"), (database.Effect, database.Loses));
        Assert.False(changes.Safe);
    }

    [Fact]
    public void A_change_in_place_says_why_it_interrupts_and_when_it_happens()
    {
        var before = Shop(Cloud.Aws);

        var change = Only(Comparison.Of(before, Changed(before, Database, "instanceClass", "db.r7g.4xlarge")), Database);

        Assert.Equal((Operation.Update, Effect.Interruption), (change.Operation, change.Effect));
        Assert.Contains("while the standby takes over", Assert.Single(change.Inputs).Note, StringComparison.Ordinal);
        Assert.Contains("next maintenance window", change.Remark, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_called_otherwise_because_of_others_beside_it_is_the_same()
    {
        var before = Shop(Cloud.Aws);
        var renamed = Edited(before, resource => resource.Type == "aws:ec2/subnet:Subnet", resource =>
            resource["inputs"]!["vpcId"] = resource["inputs"]!["vpcId"]!.ToString().Replace("}", "", StringComparison.Ordinal)
                .Replace(".id", ":Vpc.id}", StringComparison.Ordinal).Replace(":Vpc:Vpc", "", StringComparison.Ordinal));

        Assert.NotEqual(
            before.Resources.First(resource => resource.Type == "aws:ec2/subnet:Subnet").Inputs.ToString(),
            renamed.Resources.First(resource => resource.Type == "aws:ec2/subnet:Subnet").Inputs.ToString());
        Assert.Empty(Comparison.Of(before, renamed).Components);
    }

    [Fact]
    public void A_network_that_something_stands_in_is_not_replaced_protected_or_not()
    {
        var before = Shop(Cloud.Aws);
        var open = Edited(before, resource => resource.Type == "aws:ec2/vpc:Vpc", resource => resource["protect"] = false);

        var change = Only(Comparison.Of(open, Changed(open, "aws:ec2/vpc:Vpc", "cidrBlock", "10.99.0.0/16")), "aws:ec2/vpc:Vpc");

        Assert.Equal(Effect.Refused, change.Effect);
        Assert.Contains("what stands in it", change.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.0.0/20", "10.0.0.0/16", false)]
    [InlineData("10.0.0.0/16", "10.0.0.0/20", true)]
    [InlineData("10.0.0.0/16", "10.1.0.0/16", true)]
    [InlineData("10.0.0.0/16", "{network.cidr}", null)]
    public void A_block_that_does_not_hold_all_of_the_former_one_is_narrower(string from, string to, bool? isNarrowed) =>
        Assert.Equal(isNarrowed, new InputChange("cidr", When.Narrowed).Holds(Value(from), Value(to), default));

    [Fact]
    public void A_change_that_the_program_or_the_provider_ignores_is_told()
    {
        var service = "gcp:sql/databaseInstance:DatabaseInstance";
        var before = Edited(Shop(Cloud.Gcp), resource => resource.Type == service, resource =>
        {
            resource["inputs"]!["settings"]!["diskSize"] = 100;
            resource["ignoreChanges"] = Texts([]);
        });
        var less = Edited(before, resource => resource.Type == service, resource => resource["inputs"]!["settings"]!["diskSize"] = 50);
        Assert.Equal(Effect.Ignored, Only(Comparison.Of(before, less), service).Effect);

        var more = Edited(before, resource => resource.Type == service, resource =>
        {
            resource["inputs"]!["settings"]!["diskSize"] = 200;
            resource["ignoreChanges"] = Texts(["settings.diskSize"]);
        });
        Assert.Equal(Effect.Ignored, Only(Comparison.Of(before, more), service).Effect);
    }

    [Theory]
    [InlineData("POSTGRES_16", "MYSQL_8_4", Effect.Refused)]
    [InlineData("POSTGRES_16", "POSTGRES_15", Effect.Refused)]
    [InlineData("POSTGRES_16", "POSTGRES_17", Effect.Interruption)]
    public void A_change_that_the_cloud_refuses_is_told(string from, string to, Effect effect)
    {
        var database = "gcp:sql/databaseInstance:DatabaseInstance";
        var before = Changed(Shop(Cloud.Gcp), database, "databaseVersion", from);

        Assert.Equal(effect, Only(Comparison.Of(before, Changed(before, database, "databaseVersion", to)), database).Effect);
    }

    [Fact]
    public void A_condition_that_two_values_do_not_decide_is_told()
    {
        var before = Shop(Cloud.Aws);
        var after = Changed(before, "aws:ec2/vpc:Vpc", "instanceTenancy", "dedicated");

        Assert.Contains("dedicated", Only(Comparison.Of(before, after), "aws:ec2/vpc:Vpc").Condition, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("15", "16", false)]
    [InlineData("16.3", "15.9", true)]
    [InlineData("POSTGRES_16", "POSTGRES_9_6", true)]
    [InlineData("20", "20", false)]
    [InlineData("7", "7.1", null)]
    [InlineData("latest", "oldest", null)]
    public void A_smaller_number_or_an_older_version_is_told_from_a_larger_or_newer_one(string from, string to, bool? isLess) =>
        Assert.Equal(isLess, new InputChange("version", When.Decreased).Holds(Value(from), Value(to), default));

    [Fact]
    public void A_new_one_of_the_same_name_collides_where_the_old_one_is_not_deleted_first()
    {
        var storage = "ovh:CloudProject/storage:Storage";
        var shop = Shop(Cloud.Ovh, more: model => model.Add(new Bucket("archive")));
        var before = Edited(shop, resource => resource["type"]!.ToString() == storage, resource =>
        {
            resource["protect"] = false;
            resource["inputs"]!["name"] = "archive";
        });

        var change = Only(Comparison.Of(before, Changed(before, storage, "regionName", "GRA")), storage);
        Assert.Equal((Effect.Collides, false), (change.Effect, change.DeletedFirst));

        var first = Edited(before, resource => resource["type"]!.ToString() == storage, resource =>
            resource["deleteBeforeReplace"] = true);
        Assert.Equal(Effect.DataLost, Only(Comparison.Of(before, Changed(first, storage, "regionName", "GRA")), storage).Effect);
    }

    [Fact]
    public void A_bridged_provider_deletes_first_what_the_program_named_and_makes_the_new_one_first_otherwise()
    {
        var named = Value("""{ "name": "edge" }""", isJson: true);
        var nameless = Value("{}", isJson: true);

        Assert.True(FactTables.Of("gcp:compute/forwardingRule:ForwardingRule")!.ProviderDeletesFirst(named));
        Assert.False(FactTables.Of("gcp:compute/forwardingRule:ForwardingRule")!.ProviderDeletesFirst(nameless));
        Assert.False(FactTables.Of("ovh:CloudProject/storage:Storage")!.ProviderDeletesFirst(named));
        Assert.True(FactTables.Of("kubernetes:apps/v1:Deployment")!.ProviderDeletesFirst(
            Value("""{ "metadata": { "name": "edge" } }""", isJson: true)));
    }

    [Fact]
    public void Something_new_collides_with_what_it_takes_the_name_of()
    {
        var before = Shop(Cloud.Aws);
        var after = Edited(before, resource => resource.Type == Database, resource =>
            resource["urn"] = resource["urn"]!.ToString().Replace("::orders", "::purchases", StringComparison.Ordinal));

        Assert.Contains(
            Resources(Comparison.Of(before, after)),
            change => change is { Type: Database, Operation: Operation.Create, Effect: Effect.Collides });
    }

    [Theory]
    [InlineData("A", "CNAME", true)]
    [InlineData("CNAME", "A", true)]
    [InlineData("A", "AAAA", false)]
    public void A_record_is_made_beside_the_old_one_unless_one_of_them_is_an_alias(string from, string to, bool collides)
    {
        var record = new DocumentedResource
        {
            Type = "ovh:Domain/zoneRecord:ZoneRecord",
            Name = "www",
            Urn = "urn:pulumi:sample::infra::ovh:Domain/zoneRecord:ZoneRecord::www",
            Parent = null,
            Provider = null,
            Protect = false,
            Inputs = Value($$"""{ "zone": "shop.example", "subdomain": "www", "fieldtype": "{{from}}", "target": "x" }""", isJson: true),
            References = [],
            Aliases = [],
            DeleteBeforeReplace = false,
            IgnoreChanges = [],
            ReplaceOnChanges = [],
            RetainOnDelete = false,
        };

        var change = Only(Changed(record, "fieldtype", to));

        Assert.Equal(collides ? Effect.Collides : Effect.Replaced, change.Effect);
    }

    [Fact]
    public void An_alias_renames_without_replacing()
    {
        var before = Shop(Cloud.Aws);
        var after = Edited(before, resource => resource.Type == Database, resource =>
        {
            resource["aliases"] = Texts([resource["urn"]!.ToString()]);
            resource["urn"] = resource["urn"]!.ToString().Replace("::orders", "::purchases", StringComparison.Ordinal);
        });

        Assert.DoesNotContain(Resources(Comparison.Of(before, after)), change => change.Type == Database);
    }

    [Fact]
    public void Another_region_of_the_provider_makes_anew_what_takes_its_region_from_it()
    {
        var changes = Comparison.Of(Shop(Cloud.Aws), Shop(Cloud.Aws, location: "dublin"));

        Assert.False(changes.Safe);
        Assert.Equal(Effect.Refused, Only(changes, Database).Effect);
        Assert.Contains(Only(changes, Database).Inputs, input => input.Path == "(provider).region");
    }

    [Fact]
    public void A_secret_is_never_told()
    {
        var before = Shop(Cloud.Aws);
        var after = Changed(before, Database, "password", "[secret {other.result}]");

        var changes = Comparison.Of(before, after);

        var password = Assert.Single(Only(changes, Database).Inputs);
        Assert.Equal((true, null, null), (password.Secret, password.From, password.To));
        Assert.Contains("password: changed", Text(changes), StringComparison.Ordinal);
    }

    [Fact]
    public void What_stands_inside_of_JSON_text_is_compared_by_itself()
    {
        var before = Value("""{ "policy": "{\"Statement\":[{\"Action\":\"s3:GetObject\",\"Effect\":\"Allow\"}]}" }""", isJson: true);
        var after = Value("""{ "policy": "{\"Statement\":[{\"Action\":\"s3:PutObject\",\"Effect\":\"Allow\"}]}" }""", isJson: true);

        var change = Assert.Single(InputComparison.Of(before, after));

        Assert.Equal(("policy#.Statement[0].Action", "policy"), (change.Path, change.InputPath));
    }

    [Fact]
    public void Text_and_Markdown_say_what_happens_first()
    {
        var before = Shop(Cloud.Aws);
        var changes = Comparison.Of(before, Changed(before, Database, "engine", "mysql"), "main", "the files here");

        var text = Text(changes);
        Assert.StartsWith("sample-production\n  from  main\n  to    the files here\n", text, StringComparison.Ordinal);
        Assert.Contains("It would be refused half-way", text, StringComparison.Ordinal);
        Assert.Contains("! Instance orders: replaced, the old one deleted first (refused)", text, StringComparison.Ordinal);

        using var markdown = new StringWriter();
        ChangesText.WriteMarkdown(changes, markdown);
        Assert.StartsWith("### sample-production: It would be refused half-way", markdown.ToString(), StringComparison.Ordinal);
        Assert.Contains("| orders | ManagedDatabase | aws | **refused** |", markdown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_one_sentence() =>
        Assert.EndsWith("Nothing changes.\n\n", Text(Comparison.Of(Shop(Cloud.Aws), Shop(Cloud.Aws))), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{ "stack": 1, "components": [], "resources": [], "findings": [], "outputs": {} }""")]
    public void What_is_no_plan_is_not_read(string text) => Assert.Null(PlanDocument.Read(System.Text.Encoding.UTF8.GetBytes(text)));

    private static PlanDocument Shop(
        Cloud cloud,
        string owner = "platform@example.org",
        string location = "paris",
        Action<Model>? more = null)
    {
        var system = TestSystems.Declare(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var pictures = model.Add(new Bucket("pictures"));
            model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders).Reads(pictures);
            more?.Invoke(model);
        });
        var settings = Fixtures.Of(cloud).SettingsFor(system, Infra.Components.Checks.EnvironmentKind.Production);
        return PlanDocument.Of(Rehearsal.Run(system, settings with
        {
            Owner = owner,
            Location = Infra.Components.Placements.Location.All.Single(place => place.Name == location),
        }).WithoutErrors());
    }

    private static PlanDocument Edited(PlanDocument document, Func<JsonObject, bool> which, Action<JsonObject> edit) => document with
    {
        Resources =
        [
            .. document.Resources.Select(resource =>
            {
                var json = AsJson(resource);
                if (!which(json)) return resource;
                edit(json);
                return PlanDocument.ReadResource(JsonElement.Parse(json.ToJsonString()));
            }),
        ],
    };

    private static PlanDocument Edited(PlanDocument document, Func<DocumentedResource, bool> which, Action<JsonObject> edit) =>
        Edited(document, json => which(PlanDocument.ReadResource(JsonElement.Parse(json.ToJsonString()))), edit);

    private static PlanDocument Changed(PlanDocument document, string type, string input, string value)
    {
        var first = document.Resources.First(resource => resource.Type == type);
        return Edited(document, json => json["urn"]!.ToString() == first.Urn, json => json["inputs"]![input] = value);
    }

    private static PlanChanges Changed(DocumentedResource resource, string input, string value)
    {
        var alone = new PlanDocument
        {
            Stack = "sample",
            Components = [],
            Resources = [resource with { References = [], Parent = null, Provider = null }],
            Errors = [],
            Outputs = JsonElement.Parse("{}"),
        };
        return Comparison.Of(alone, Changed(alone, resource.Type, input, value));
    }

    private static PlanDocument Without(PlanDocument document, string type) =>
        document with { Resources = [.. document.Resources.Where(resource => resource.Type != type)] };

    private static JsonObject AsJson(DocumentedResource resource) => new()
    {
        ["type"] = resource.Type,
        ["name"] = resource.Name,
        ["urn"] = resource.Urn,
        ["parent"] = resource.Parent,
        ["provider"] = resource.Provider,
        ["protect"] = resource.Protect,
        ["inputs"] = JsonNode.Parse(resource.Inputs.GetRawText()),
        ["references"] = new JsonArray(
        [
            .. resource.References.Select(reference => new JsonObject { ["path"] = reference.Path, ["to"] = reference.To }),
        ]),
        ["aliases"] = Texts(resource.Aliases),
        ["deleteBeforeReplace"] = resource.DeleteBeforeReplace,
        ["ignoreChanges"] = Texts(resource.IgnoreChanges),
        ["replaceOnChanges"] = Texts(resource.ReplaceOnChanges),
        ["retainOnDelete"] = resource.RetainOnDelete,
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static IEnumerable<ResourceChange> Resources(PlanChanges changes) =>
        changes.Components.SelectMany(component => component.Resources);

    private static ResourceChange Only(PlanChanges changes, string? type = null) =>
        Resources(changes).Single(resource => type is null || resource.Type == type);

    private static JsonElement Value(string text, bool isJson = false) => JsonElement.Parse(isJson ? text : $"\"{text}\"");

    private static string Text(PlanChanges changes)
    {
        using var writer = new StringWriter();
        ChangesText.Write(changes, writer, TextLayout.Plain);
        return writer.ToString();
    }
}
