using System.Text;
using System.Text.Json.Nodes;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>Variables as images want them: named by the author, and composed of what a container knows of its links' targets.</summary>
public sealed class ComposedVariableTests
{
    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_link_sets_the_variables_that_its_author_names_and_no_other(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("named")).Writes(orders, variables: new()
            {
                ["DB_HOST"] = "{HOST}",
                ["DB_PASS"] = "{PASSWORD}",
                ["DB_SCHEMA"] = "public",
            });
            model.Add(new ContainerService("usual")).Writes(orders);
            model.Add(new ContainerService("silent")).Writes(orders, variables: []);
        });

        var (named, usual) = (fixture.VariablesOf(plan, "named"), fixture.VariablesOf(plan, "usual"));
        Assert.Equal(["DB_HOST", "DB_PASS", "DB_SCHEMA"], named.Keys.Order());
        Assert.Equal(usual["ORDERS_HOST"].Value, named["DB_HOST"].Value);
        Assert.True(named["DB_PASS"].IsSecret);
        Assert.Equal("public", named["DB_SCHEMA"].Value);
        Assert.Empty(fixture.VariablesOf(plan, "silent"));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_text_of_plain_keys_is_composed_in_the_environment(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders", new() { Database = "shop" }));
            model.Add(new ContainerService("shop"))
                .Writes(orders, variables: new() { ["JDBC_URL"] = "jdbc:postgresql://{HOST}:{PORT}/{DATABASE}", ["H"] = "{HOST}" });
        });

        var variables = fixture.VariablesOf(plan, "shop");
        Assert.StartsWith($"jdbc:postgresql://{variables["H"].Value}:", variables["JDBC_URL"].Value, StringComparison.Ordinal);
        Assert.EndsWith("/shop", variables["JDBC_URL"].Value, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_text_in_a_text_is_written_as_a_whole(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            Text place = $$"""{"host":"{{orders["HOST"]}}","port":{{orders["PORT"]}}}""";
            Text login = $"{orders["USERNAME"]}:{orders["PASSWORD"]:json}";
            Text known = "a b\"";
            model.Add(new ContainerService("shop", new()
            {
                Environment = new()
                {
                    ["PLACE"] = place,
                    ["DOCUMENT"] = $"json+{place:base64}",
                    ["QUOTED"] = $"\"{place:json}\"",
                    ["LOGIN"] = $"basic {login:base64}",
                    ["KNOWN"] = $"{known:url} {known:json} {known:base64}",
                },
            })).Writes(orders, variables: []);
        });

        var variables = fixture.VariablesOf(plan, "shop");
        var place = variables["PLACE"].Value!;
        Assert.DoesNotContain("\"host\"", variables["DOCUMENT"].Value, StringComparison.Ordinal);
        // What is known of a host only after an update, plans find in other formats, too, and show it as it is.
        if (!place.Contains("\"{", StringComparison.Ordinal))
            Assert.Equal($"json+{Convert.ToBase64String(Encoding.UTF8.GetBytes(place))}", variables["DOCUMENT"].Value);
        Assert.Equal(place, JsonNode.Parse(variables["QUOTED"].Value!)!.GetValue<string>());
        Assert.True(variables["LOGIN"].IsSecret);
        Assert.Equal("a%20b%22 a b\\u0022 YSBiIg==", variables["KNOWN"].Value);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_a_key_says_chooses_the_words_of_an_image_and_variables_that_say_nothing_are_left_out(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var (tls, authority) = (orders["TLS_MODE"], orders["CA"]);
            model.Add(new ContainerService("shop", new()
            {
                Environment = new()
                {
                    ["REJECT"] = tls.When("verify-full", "true", otherwise: "false"),
                    ["FULL"] = tls.When("verify-full", "yes"),
                    ["ROOT"] = authority.WhenAny("/etc/app/ca.pem"),
                    ["URL"] = $"{orders["URL"]}{authority.WhenAny($"&sslrootcert={orders["HOST"]}")}",
                    ["ADDRESS"] = authority.WhenAny(orders["HOST"], otherwise: orders["HOST"]),
                },
                Files = new() { ["/etc/app/ca.pem"] = authority.WhenAny(authority) },
            })).Writes(orders);
        });

        var variables = fixture.VariablesOf(plan, "shop");
        var (isFull, isAny) = (variables["ORDERS_TLS_MODE"].Value == "verify-full", variables["ORDERS_CA"].Value != "");
        Assert.Equal(isFull ? "true" : "false", variables["REJECT"].Value);
        Assert.Equal(isFull, variables.ContainsKey("FULL"));
        Assert.Equal(isAny, variables.ContainsKey("ROOT"));
        Assert.Equal(isAny, fixture.FilesOf(plan, "shop").ContainsKey("/etc/app/ca.pem"));
        Assert.True(variables["URL"].IsSecret);
        Assert.Equal(variables["ORDERS_HOST"].Value, variables["ADDRESS"].Value);
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "file-empty");
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Keys_of_a_few_words_say_one_of_them_on_every_cloud(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        foreach (var probe in KindProbe.Linked.Where(probe => probe.IsProvidedOn(cloud)))
        {
            if (!probe.Kind.ConnectionKeys.Any(key => key.Words.Count > 0)) continue;
            var keys = probe.Kind.ConnectionKeys.Where(key => key.Words.Count > 0).ToList();
            var plan = fixture.PlanWithoutErrors(model =>
            {
                var target = probe.Declare(model);
                probe.Use(model.Add(new ContainerService("shop", new()
                {
                    Environment = new(keys.Select(key => KeyValuePair.Create(
                        key.Name,
                        key.Words.Aggregate((Text)"", (text, word) => $"{text}{target[key.Name].When(word, word)}")))),
                })), target);
            });

            var variables = fixture.VariablesOf(plan, "shop");
            Assert.All(keys, key =>
            {
                Assert.Contains(variables[$"TARGET_{key.Name}"].Value, key.Words);
                Assert.Equal(variables[$"TARGET_{key.Name}"].Value, variables[key.Name].Value);
            });
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_text_with_a_secret_part_is_a_secret_wherever_it_is_read(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var sessions = model.Add(new Cache("sessions"));
            Variables common = new()
            {
                ["LOG_LEVEL"] = "info",
                ["STORES"] = $"{orders["URL"]} {sessions["PASSWORD"]:url}",
                ["DSN"] = $"host={orders["HOST"]} password={orders["PASSWORD"]}",
            };
            model.Add(new ContainerService("web", new() { Port = 8080, Environment = new(common) { ["ROLE"] = "web" } }))
                .Writes(orders, variables: [])
                .Writes(sessions, variables: []);
            model.Add(new ContainerService("worker", new() { Environment = common }))
                .Reads(orders, variables: [])
                .Writes(sessions, variables: []);
            model.Add(new Job("migrate", new() { Environment = common }))
                .Writes(orders, variables: [])
                .Writes(sessions, variables: []);
        });

        foreach (var consumer in new[] { "web", "worker", "migrate" })
        {
            var variables = fixture.VariablesOf(plan, consumer);
            Assert.True(variables["STORES"].IsSecret, consumer);
            Assert.True(variables["DSN"].IsSecret, consumer);
            Assert.Equal("info", variables["LOG_LEVEL"].Value);
        }

        Assert.Equal("web", fixture.VariablesOf(plan, "web")["ROLE"].Value);
    }

    [Fact]
    public void Secrets_of_variables_that_read_alike_are_kept_apart()
    {
        static void Declare(Model model)
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop", new()
            {
                Environment = new()
                {
                    ["A_B"] = $"1 {orders["PASSWORD"]}",
                    ["a.b"] = $"2 {orders["PASSWORD"]}",
                    ["orders.PASSWORD"] = $"3 {orders["PASSWORD"]}",
                },
            })).Writes(orders, variables: new() { ["PASSWORD"] = "{PASSWORD}" });
        }

        var google = Fixtures.Of(Cloud.Gcp).WorkloadOf(Fixtures.Of(Cloud.Gcp).PlanWithoutErrors(Declare), "shop").Inputs;
        var secrets = google.GetProperty("template").GetProperty("containers")[0].GetProperty("envs").EnumerateArray()
            .Where(variable => variable.TryGetProperty("valueSource", out _))
            .Select(variable => variable.GetProperty("valueSource").GetProperty("secretKeyRef").GetProperty("secret").GetString());
        Assert.Equal(4, secrets.Distinct().Count());

        var amazon = Fixtures.Of(Cloud.Aws).WorkloadOf(Fixtures.Of(Cloud.Aws).PlanWithoutErrors(Declare), "shop")
            .JsonInput("containerDefinitions")!.Value[0].GetProperty("secrets").EnumerateArray()
            .Select(secret => secret.GetProperty("valueFrom").GetString());
        Assert.Equal(4, amazon.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_link_to_another_cloud_has_the_same_variables(Cloud cloud)
    {
        var other = cloud == Cloud.Kubernetes ? Cloud.Aws : Cloud.Kubernetes;
        var system = TestSystems.Declare(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop"))
                .Writes(orders, variables: new() { ["DATABASE_URL"] = "postgres://{USERNAME}:{PASSWORD:url}@{HOST}:{PORT}/{DATABASE}" });
        });
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Placement = new Dictionary<string, Cloud> { ["orders"] = other },
        };

        var plan = Rehearsal.Run(system, settings).WithoutErrors();

        Assert.True(Fixtures.Of(cloud).VariablesOf(plan, "shop")["DATABASE_URL"].IsSecret);
    }

    [Fact]
    public void Words_that_no_key_says_and_formats_that_do_not_exist_are_refused()
    {
        var errors = AwsPlans.Try(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            Text place = $"{orders["HOST"]}:{orders["PORT"]}";
            model.Add(new ContainerService("shop", new()
            {
                Environment = new()
                {
                    ["A"] = orders["TLS_MODE"].When("verify_full", "true"),
                    ["B"] = orders["HOST"].When("localhost", "true"),
                    ["C"] = $"{place:hex}",
                    ["D"] = orders["CA"].WhenAny(orders["CAA"]),
                },
            })).Writes(orders, variables: []);
        }).Errors().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(4, errors.Length);
        Assert.Contains(errors, error => error.Contains(
            "'A' asks whether TLS_MODE of 'orders' is 'verify_full'; allowed: verify-full, require. Did you mean 'verify-full'?",
            StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("keys that say one of a few words: TLS_MODE.", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("writes another text as 'hex'; allowed: url, json", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("Did you mean 'CA'?", StringComparison.Ordinal));
    }

    [Fact]
    public void Keys_of_what_is_not_linked_and_keys_that_do_not_exist_are_refused_all_at_once()
    {
        var errors = AwsPlans.Try(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var photos = model.Add(new Bucket("photos"));
            model.Add(new ContainerService("shop", new() { Environment = new() { ["BUCKET"] = photos["NAME"] } }))
                .Writes(orders, variables: new() { ["DB"] = "{HOSTT}", ["PW"] = "{PASSWORD:hex}", ["1ST"] = "{HOST}" });
        }).Errors().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(4, errors.Length);
        Assert.Contains(errors, error => error.Contains(
            "'BUCKET' is composed of NAME of 'photos', to which 'shop' is not linked", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("Did you mean 'HOST'?", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("as 'hex'; allowed: url, json, base64", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("1ST", StringComparison.Ordinal));
    }

    [Fact]
    public void A_stack_file_lays_single_variables_over_the_declared_ones()
    {
        var system = TestSystems.Declare(model =>
            model.Add(new ContainerService("shop", new()
            {
                Environment = new() { ["LOG_LEVEL"] = "info", ["REGION"] = "eu", ["TRACE"] = "1" },
            })));
        var environment = new JsonObject { ["LOG_LEVEL"] = "{debug}", ["TRACE"] = null };
        var settings = TestSettings.For(Cloud.Aws, system: system) with
        {
            Components = new Dictionary<string, JsonObject> { ["shop"] = new() { ["environment"] = environment } },
        };

        var variables = Fixtures.Of(Cloud.Aws).VariablesOf(Rehearsal.Run(system, settings).WithoutErrors(), "shop");

        Assert.Equal(["LOG_LEVEL={debug}", "REGION=eu"], variables.Select(entry => $"{entry.Key}={entry.Value.Value}").Order());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{{braces}}", "{braces}")]
    [InlineData("{HOST}:{PORT}", "{orders.HOST}:{orders.PORT}")]
    [InlineData("{\"a\": 1", "{\"a\": 1")]
    [InlineData("{{{HOST}}}", "{{orders.HOST}}")]
    [InlineData("", "")]
    public void A_template_has_keys_in_braces(string template, string text) =>
        Assert.Equal(text, Text.Of(new ManagedDatabase("orders"), template).ToString());
}
