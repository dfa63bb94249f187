using System.Text.Json.Nodes;
using Infra.Changes;
using Infra.Components.Buckets;
using Infra.Components.Caches;
using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Services;

/// <summary>Files that services, workers and jobs find at a path, on every cloud.</summary>
public sealed class FileTests
{
    private static readonly Cloud[] WithWholeDirectories = [Cloud.Aws, Cloud.Gcp];

    public static TheoryData<Cloud> Clouds => Fixtures.EachCloud;

    /// <summary>What links lead to, on every cloud.</summary>
    public static TheoryData<string, Cloud> Targets
    {
        get
        {
            var targets = new TheoryData<string, Cloud>();
            foreach (var cloud in Fixtures.Clouds)
            {
                foreach (var probe in KindProbe.Linked.Where(probe => probe.IsProvidedOn(cloud))) targets.Add(probe.Kind.Name, cloud);
            }

            return targets;
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Services_workers_and_jobs_find_their_files(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        Files files = new()
        {
            ["/etc/otelcol/config.yaml"] = "receivers: {}\n",
            ["/etc/otelcol/extra/limits.yaml"] = "limits: $HOME \"quoted\"\n",
            ["/mosquitto/config/mosquitto.conf"] = "listener 1883",
        };
        var plan = fixture.PlanWithoutErrors(model =>
        {
            model.Add(new ContainerService("web", new() { Port = 8080, Files = files }));
            model.Add(new ContainerService("worker", new() { Files = files }));
            model.Add(new Job("migrate", new() { Files = files }));
            model.Add(new Job("usual"));
        });

        foreach (var consumer in new[] { "web", "worker", "migrate" })
        {
            var found = fixture.FilesOf(plan, consumer);
            Assert.Equal(files.Keys, found.Keys.Order(StringComparer.Ordinal));
            Assert.All(found, file => Assert.True(file.Value.IsSecret == (cloud == Cloud.Gcp), file.Key));
            Assert.All(
                found.Where(file => !file.Value.IsSecret),
                file => Assert.Equal(files[file.Key].Literal, file.Value.Content));
        }

        Assert.Empty(fixture.FilesOf(plan, "usual"));
    }

    [Fact]
    public void On_Google_Cloud_each_file_is_a_version_that_holds_what_was_written()
    {
        var versions = RegisteredOptions.InputsOf(Cloud.Gcp, "gcp:secretmanager/secretVersion:SecretVersion", model =>
            model.Add(new ContainerService("shop", new()
            {
                Files = new() { ["/etc/shop/a.conf"] = "a = $1 \"ü\"\n", ["/etc/shop/b.conf"] = "b" },
            })));

        Assert.Equal(2, versions.Count);
        Assert.Equal(
            ["a = $1 \"ü\"\n", "b"],
            versions.Values.Select(version => version["secretData"].ToString()).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_file_with_a_secret_part_comes_from_the_secret_store(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            Files files = new()
            {
                ["/etc/app/database.yml"] = $"host: {orders["HOST"]}\npassword: \"{orders["PASSWORD"]:json}\"\n",
                ["/etc/app/password"] = orders["PASSWORD"],
                ["/etc/app/plain.yml"] = $"host: {orders["HOST"]}\n",
            };
            model.Add(new ContainerService("web", new() { Port = 8080, Files = files })).Writes(orders);
            model.Add(new Job("migrate", new() { Files = files })).Writes(orders, variables: []);
        });

        foreach (var consumer in new[] { "web", "migrate" })
        {
            var files = fixture.FilesOf(plan, consumer);
            Assert.True(files["/etc/app/database.yml"].IsSecret, consumer);
            Assert.True(files["/etc/app/password"].IsSecret, consumer);
            Assert.Equal(cloud == Cloud.Gcp, files["/etc/app/plain.yml"].IsSecret);
        }

        Assert.All(fixture.FilesOf(plan, "web").Values.Select(file => file.Content).OfType<string>(), content =>
            Assert.StartsWith("host: ", content, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_secret_is_a_file_where_it_is_kept_and_part_of_one_whoever_reads_it(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var key = model.Add(new Secret("signing-key"));
            Files files = new()
            {
                ["/etc/app/own/key"] = key,
                ["/etc/app/shared/key"] = key,
                ["/etc/app/shared/app.yml"] = $"key: {key}\n",
            };
            model.Add(new ContainerService("web", new() { Port = 8080, Files = files }));
            model.Add(new ContainerService("worker", new() { Files = files }));
            model.Add(new Job("migrate", new() { Files = files }));
        });

        foreach (var consumer in new[] { "web", "worker", "migrate" })
        {
            var files = fixture.FilesOf(plan, consumer);
            Assert.Equal(["/etc/app/own/key", "/etc/app/shared/app.yml", "/etc/app/shared/key"], files.Keys.Order());
            Assert.All(files, file => Assert.True(file.Value.IsSecret, file.Key));
            Assert.Equal(fixture.WorkloadOf(plan, consumer).Urn, files["/etc/app/own/key"].Holder.Urn);
        }
    }

    [Theory]
    [InlineData(Cloud.Aws, "arn:aws:secretsmanager:eu-west-3:111122223333:secret:team/api-key-a1B2c3", null, null)]
    [InlineData(Cloud.Gcp, "api-key", null, "7")]
    [InlineData(Cloud.Scaleway, "api-key", "value", null)]
    [InlineData(Cloud.Ovh, "api-key", "value", null)]
    [InlineData(Cloud.Kubernetes, "api-key", "value", null)]
    public void A_secret_that_exists_already_is_a_file_in_a_directory_of_its_own(Cloud cloud, string name, string? key, string? version)
    {
        var plan = Plan("/etc/app/keys/api").WithoutErrors();
        var beside = Plan("/etc/app/api");

        Assert.True(Fixtures.Of(cloud).FilesOf(plan, "shop")["/etc/app/keys/api"].IsSecret);
        Assert.Contains(name, Fixtures.Of(cloud).WorkloadOf(plan, "shop").Inputs.ToString(), StringComparison.Ordinal);
        if (cloud != Cloud.Gcp) Assert.Equal("", beside.Errors());
        else Assert.Contains("beside other files in /etc/app", beside.OnlyError().Message, StringComparison.Ordinal);

        Plan Plan(string path)
        {
            var system = TestSystems.Declare(model =>
            {
                var api = model.Add(new Secret("api-key"));
                model.Add(new ContainerService("shop", new()
                {
                    Files = new() { [path] = api, ["/etc/app/config/app.yml"] = "a: 1", ["/etc/app/config/b.yml"] = "b: 2" },
                }));
                model.Add(new ContainerService("other", new() { Files = new() { ["/etc/app/app.yml"] = "a: 1" } }));
            });
            var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
            {
                Secrets = new Dictionary<string, SecretSource> { ["api-key"] = new ExistingSecret(name, key, version) },
            };
            return Rehearsal.Run(system, settings);
        }
    }

    [Fact]
    public void A_file_that_looks_like_a_secret_is_told() => Assert.Contains(
        Fixtures.Of(Cloud.Kubernetes).PlanWithoutErrors(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { ["/etc/app/tls.pem"] = "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n" },
        }))).Findings,
        finding => finding.Rule.Id == "text-secret"
            && finding.Message.Contains("The file '/etc/app/tls.pem'", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Another_content_starts_new_replicas_and_runs_a_job_again_and_nobody_else(Cloud cloud)
    {
        var changes = Comparison.Of(PlanDocument.Of(Plan("one")), PlanDocument.Of(Plan("two")));

        Assert.Equal(["migrate", "web", "worker"], changes.Components.Select(component => component.Name).Order(StringComparer.Ordinal));
        foreach (var consumer in new[] { "web", "worker", "migrate" })
        {
            var workload = Fixtures.Of(cloud).WorkloadOf(Plan("two"), consumer).Urn;
            Assert.Contains(changes.Components.SelectMany(component => component.Resources), resource => resource.Urn == workload);
        }

        Assert.True(changes.Effect < Effect.Interruption, changes.Effect.ToString());

        Plan Plan(string content) => Fixtures.Of(cloud).PlanWithoutErrors(model =>
        {
            Files files = new() { ["/etc/app/app.conf"] = content };
            model.Add(new ContainerService("web", new() { Port = 8080, Files = files }));
            model.Add(new ContainerService("worker", new() { Files = files }));
            model.Add(new Job("migrate", new() { Files = files }));
            model.Add(new ContainerService("other", new() { Files = new() { ["/etc/app/app.conf"] = "one" } }));
        });
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void The_authority_of_a_database_is_a_file_on_every_cloud(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop", new()
            {
                Environment = new() { ["PGSSLROOTCERT"] = "/etc/ssl/orders/ca.pem" },
                Files = new() { ["/etc/ssl/orders/ca.pem"] = orders["CA"] },
            })).Writes(orders);
        });

        Assert.Contains("/etc/ssl/orders/ca.pem", fixture.FilesOf(plan, "shop").Keys);
        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "file-empty");
    }

    [Theory]
    [MemberData(nameof(Targets))]
    public void A_file_is_left_out_exactly_where_the_variable_of_its_key_would_be_empty_and_that_is_told(string kind, Cloud cloud)
    {
        var (fixture, probe) = (Fixtures.Of(cloud), KindProbe.Of(kind));
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var target = probe.Declare(model);
            Files files = [];
            foreach (var key in probe.Kind.ConnectionKeys) files[$"/etc/keys/{key.Name}"] = $"{target[key.Name]}\n";
            probe.Use(model.Add(new ContainerService("shop", new() { Files = files })), target);
        });

        var (files, variables) = (fixture.FilesOf(plan, "shop"), fixture.VariablesOf(plan, "shop"));
        foreach (var key in probe.Kind.ConnectionKeys)
        {
            var variable = probe.Kind.ConnectionKeys.Count == 1 ? "TARGET" : $"TARGET_{key.Name}";
            // A service that is no set has no members, and no variable for them.
            var isEmpty = key.ListsMembers ? !variables.ContainsKey(variable) : variables[variable].Value == "";
            Assert.True(files.ContainsKey($"/etc/keys/{key.Name}") == !isEmpty, key.Name);
            Assert.Equal(isEmpty, plan.Findings.Any(finding =>
                finding.Rule.Id == "file-empty" && finding.Message.Contains($"/etc/keys/{key.Name}'", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_file_of_a_link_to_another_cloud_is_one_too(Cloud cloud)
    {
        var other = cloud == Cloud.Kubernetes ? Cloud.Aws : Cloud.Kubernetes;
        var system = TestSystems.Declare(model =>
        {
            var stock = model.Add(new ContainerService("stock", new() { Port = 8080 }));
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop", new()
            {
                Files = new() { ["/etc/shop/stock.pem"] = stock["CA"], ["/etc/shop/url"] = orders["URL"] },
            })).Calls(stock).Writes(orders);
        });
        var settings = Fixtures.Of(cloud).SettingsFor(system, EnvironmentKind.Production) with
        {
            Placement = new Dictionary<string, Cloud> { ["orders"] = other, ["stock"] = other },
        };

        var plan = Rehearsal.Run(system, settings).WithoutErrors();

        Assert.Equal(["/etc/shop/stock.pem", "/etc/shop/url"], Fixtures.Of(cloud).FilesOf(plan, "shop").Keys.Order());
        Assert.True(Fixtures.Of(cloud).FilesOf(plan, "shop")["/etc/shop/url"].IsSecret);
    }

    [Theory]
    [InlineData("etc/app.conf", "absolute paths")]
    [InlineData("/etc/app/", "absolute paths")]
    [InlineData("/etc//app", "absolute paths")]
    [InlineData("/etc/../app", "absolute paths")]
    [InlineData("/etc/./app", "absolute paths")]
    [InlineData("/", "absolute paths")]
    [InlineData("", "absolute paths")]
    [InlineData("/etc/app conf", "absolute paths")]
    [InlineData("/etc/app'; rm -rf", "absolute paths")]
    [InlineData("/etc/app\n", "absolute paths")]
    [InlineData("/etc/$HOME", "absolute paths")]
    [InlineData("/tmp", "outside /tmp")]
    [InlineData("/tmp/app.conf", "outside /tmp")]
    [InlineData("/proc/sys/app", "outside /proc")]
    [InlineData("/dev/app", "outside /dev")]
    [InlineData("/etc/base/app", "not below '/etc/base'")]
    public void A_path_that_a_cloud_does_not_take_is_refused_on_each(string path, string allowed)
    {
        foreach (var cloud in Fixtures.Clouds)
        {
            var error = Fixtures.Of(cloud).Plan(model => model.Add(new ContainerService("shop", new()
            {
                Files = new() { ["/etc/base"] = "a file", [path] = "text" },
            }))).Findings.First(finding => finding.Severity == Severity.Error);

            Assert.Contains(allowed, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_path_that_is_too_long_and_a_file_without_content_are_refused()
    {
        var errors = Fixtures.Of(Cloud.Kubernetes).Plan(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { [$"/{new string('a', 120)}"] = "text", ["/etc/app/empty"] = "" },
        }))).Errors().Split('\n');

        Assert.Equal(2, errors.Length);
        Assert.Contains(errors, error => error.Contains("120 characters at most", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("an empty '/etc/app/empty'", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_directory_that_images_need_is_refused_where_whole_directories_are_mounted(Cloud cloud)
    {
        foreach (var path in new[] { "/app.conf", "/etc/app.conf", "/etc/ssl/orders.pem", "/usr/local/bin/start.sh", "/root/app.conf" })
        {
            var plan = Fixtures.Of(cloud).Plan(model =>
                model.Add(new ContainerService("shop", new() { Files = new() { [path] = "text" } })));
            var errors = plan.Findings.Where(finding => finding.Severity == Severity.Error).ToList();
            if (!WithWholeDirectories.Contains(cloud))
            {
                Assert.Equal(path, Fixtures.Of(cloud).FilesOf(plan.WithoutErrors(), "shop").Keys.Single());
                continue;
            }

            Assert.Contains("directories of their own", Assert.Single(errors).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_a_directory_hides_of_an_image_is_told_where_whole_directories_are_mounted(Cloud cloud)
    {
        var plan = Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { ["/etc/nginx/nginx.conf"] = "events {}", ["/etc/nginx/conf.d/shop.conf"] = "server {}" },
        })));

        var told = plan.Findings.Where(finding => finding is { Rule.Id: "file-directory", Component: "shop" }).ToList();
        Assert.Equal(WithWholeDirectories.Contains(cloud) ? 1 : 0, told.Count);
        Assert.All(told, finding => Assert.Contains("into /etc/nginx,", finding.Message, StringComparison.Ordinal));
        Assert.All(told, finding =>
            Assert.Contains("place 'shop' on scaleway, ovh, kubernetes", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_the_repository_is_read_as_it_is()
    {
        var plan = Fixtures.Of(Cloud.Kubernetes).PlanWithoutErrors(model => model.Add(new ContainerService("shop", new()
        {
            Environment = new() { ["SDK"] = Text.FromRepository("global.json") },
            Files = new() { ["/etc/app/sdk.json"] = Text.FromRepository("global.json") },
        })));

        var content = File.ReadAllText(Path.Combine(Repository.Root, "global.json"));
        Assert.Equal(content, Fixtures.Of(Cloud.Kubernetes).FilesOf(plan, "shop")["/etc/app/sdk.json"].Content);
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_is_inserted_into_a_file_of_the_repository_takes_the_place_of_its_marks(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            var key = model.Add(new Secret("signing-key"));
            model.Add(new ContainerService("shop", new()
            {
                Files = new()
                {
                    ["/etc/app/plain.json"] = Text.FromRepository("global.json", new() { ["\"sdk\""] = "\"sdk\": {}, \"version\"" }),
                    ["/etc/app/secret.json"] = Text.FromRepository("global.json", new()
                    {
                        ["sdk"] = $"{orders["PASSWORD"]:json}",
                        ["\"version\""] = key,
                    }),
                },
            })).Writes(orders);
        });

        var files = fixture.FilesOf(plan, "shop");
        Assert.True(files["/etc/app/secret.json"].IsSecret);
        if (files["/etc/app/plain.json"].Content is not { } content) return;
        var original = File.ReadAllText(Path.Combine(Repository.Root, "global.json"));
        Assert.Equal(original.Replace("\"sdk\"", "\"sdk\": {}, \"version\"", StringComparison.Ordinal), content);
    }

    [Theory]
    [InlineData("")]
    [InlineData("${NOWHERE}")]
    public void A_mark_that_a_file_of_the_repository_does_not_hold_is_a_finding(string mark) => Assert.Contains(
        $"does not hold '{mark}'",
        Fixtures.Of(Cloud.Kubernetes).Plan(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { ["/etc/app/app.json"] = Text.FromRepository("global.json", new() { [mark] = "text" }) },
        }))).OnlyError().Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("stacks/files/missing.conf", "does not exist")]
    [InlineData("stacks", "does not exist")]
    [InlineData("../outside", "is no path")]
    [InlineData("/etc/hostname", "is no path")]
    [InlineData("", "is no path")]
    [InlineData("infra/Schemas/../../global.json", "is no path")]
    public void A_file_of_the_repository_that_cannot_be_read_is_a_finding(string path, string problem)
    {
        var error = Fixtures.Of(Cloud.Kubernetes).Plan(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { ["/etc/app/app.conf"] = Text.FromRepository(path) },
        }))).OnlyError();

        Assert.Equal("repository-file", error.Rule.Id);
        Assert.Contains($"read from '{path}', which {problem}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_file_lays_single_files_over_the_declared_ones()
    {
        var system = TestSystems.Declare(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { ["/etc/app/a.conf"] = "a", ["/etc/app/b.conf"] = "b", ["/etc/app/c.conf"] = "c" },
        })));
        var settings = TestSettings.For(Cloud.Kubernetes, system: system) with
        {
            Components = new Dictionary<string, JsonObject>
            {
                ["shop"] = new() { ["files"] = new JsonObject { ["/etc/app/b.conf"] = "other", ["/etc/app/c.conf"] = null } },
            },
        };

        var files = Fixtures.Of(Cloud.Kubernetes).FilesOf(Rehearsal.Run(system, settings).WithoutErrors(), "shop");

        Assert.Equal(["/etc/app/a.conf: a", "/etc/app/b.conf: other"], files.Select(file => $"{file.Key}: {file.Value.Content}").Order());
    }

    [Theory]
    [InlineData(Cloud.Aws, 48 * 1024)]
    [InlineData(Cloud.Gcp, 64 * 1024)]
    [InlineData(Cloud.Kubernetes, 1024 * 1024)]
    [InlineData(Cloud.Scaleway, 1024 * 1024)]
    [InlineData(Cloud.Ovh, 1024 * 1024)]
    public void Files_that_are_too_large_for_a_cloud_are_refused_there(Cloud cloud, int bytes)
    {
        Assert.Equal("", Plan(bytes - 100).Errors());
        Assert.Contains($"{bytes} bytes at most", Plan(bytes + 1).OnlyError().Message, StringComparison.Ordinal);

        Plan Plan(int size) => Fixtures.Of(cloud).Plan(model => model.Add(new ContainerService("shop", new()
        {
            Files = new() { ["/etc/app/large"] = new string('x', size) },
        })));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void Paths_that_read_alike_are_files_of_their_own(Cloud cloud)
    {
        Files files = new()
        {
            ["/opt/a/b.c"] = "1", ["/opt/a.b/c"] = "2", ["/opt/a_b/c"] = "3", ["/opt/a-b/c"] = "4", ["/opt/a/b_c"] = "5",
            ["/opt/a/b__c"] = "6", ["/opt/A/b.c"] = "7", ["/opt/a_/c"] = "8", ["/opt/a/_c"] = "9",
        };
        var plan = Fixtures.Of(cloud).PlanWithoutErrors(model => model.Add(new ContainerService("shop", new() { Files = files })));

        Assert.Equal(files.Keys, Fixtures.Of(cloud).FilesOf(plan, "shop").Keys.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clouds))]
    public void What_real_applications_mount_can_be_mounted(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var events = model.Add(new ManagedDatabase("events"));
            var cache = model.Add(new Cache("queue"));
            var photos = model.Add(new Bucket("photos"));
            model.Add(new ContainerService("clickhouse", new()
            {
                Files = new()
                {
                    ["/etc/clickhouse-server/config.d/logs.xml"] = "<clickhouse><logger><level>warning</level></logger></clickhouse>",
                    ["/etc/clickhouse-server/users.d/low-resources.xml"] = "<clickhouse><profiles/></clickhouse>",
                },
            }));
            model.Add(new ContainerService("grafana", new()
            {
                Port = 3000,
                Files = new()
                {
                    ["/etc/grafana/provisioning/datasources/database.yaml"] =
                        $"datasources:\n- url: {events["HOST"]}\n  secureJsonData: {{password: \"{events["PASSWORD"]:json}\"}}\n",
                    ["/etc/grafana/provisioning/dashboards/all.yaml"] = "apiVersion: 1\n",
                },
            })).Reads(events);
            Files sentry = new()
            {
                ["/etc/sentry/config.yml"] = $"redis.clusters: {{default: {{hosts: {{0: {{host: {cache["HOST"]}}}}}}}}}\n",
                ["/etc/sentry/sentry.conf.py"] = $"DATABASES = {{'default': {{'PASSWORD': '{events["PASSWORD"]}'}}}}\n",
            };
            model.Add(new ContainerService("sentry", new() { Port = 9000, Files = sentry })).Writes(events).Writes(cache);
            model.Add(new Job("upgrade", new() { Files = sentry })).Writes(events).Writes(cache);
            model.Add(new ContainerService("kong", new()
            {
                Port = 8000,
                Files = new() { ["/home/kong/kong.yml"] = $"consumers:\n- key: {photos["SECRET_ACCESS_KEY"]}\n- name: kong\n" },
            })).Reads(photos);
        });

        Assert.Equal(2, fixture.FilesOf(plan, "clickhouse").Count);
        Assert.True(fixture.FilesOf(plan, "grafana")["/etc/grafana/provisioning/datasources/database.yaml"].IsSecret);
        Assert.Equal(fixture.FilesOf(plan, "sentry").Keys, fixture.FilesOf(plan, "upgrade").Keys);
        Assert.Single(fixture.FilesOf(plan, "kong"));
    }
}
