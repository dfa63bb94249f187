using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Infra.CommandLine;
using Infra.Components.Checks;
using Infra.Components.Jobs;
using Infra.Components.Placements;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Engine;
using Infra.Plans;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Tests.Testing;
using Pulumi;
using Pulumi.Testing;
using Xunit;

namespace Infra.Tests.Engine;

/// <summary>A given value reaches the store of a cloud, and nothing that anybody reads.</summary>
public sealed class GivenSecretTests : IDisposable
{
    private const string Marker = "hunter2-marker";
    private const string Ciphertext = "v1:bWFya2VyLWNpcGhlcnRleHQ";

    private static readonly SystemDeclaration System = TestSystems.Declare(model =>
    {
        var key = model.Add(new Secret("api-key", new() { MustBeGiven = true }));
        Variables variables = new() { ["API_KEY"] = key, ["API_URL"] = $"https://shop:{key:url}@api.example.org" };
        model.Add(new ContainerService("shop", new() { Environment = variables }));
        model.Add(new Job("migrate", new() { Environment = variables }));
    });

    private readonly DirectoryInfo _project = Directory.CreateTempSubdirectory("infra-");

    public void Dispose() => _project.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public async Task The_real_run_hands_it_to_the_store_as_a_secret(Cloud cloud)
    {
        var settings = Settings(cloud, Marker);
        var engine = new Recorder();

        await Deployment.TestWithServiceProviderAsync<SystemStack>(
            engine,
            SystemStack.Deployed(System, settings, Rehearsal.Run(System, settings)),
            new TestOptions { ProjectName = Rehearsal.Project, StackName = settings.Stack, IsPreview = true });

        Assert.NotEmpty(engine.Holders);
        Assert.All(engine.Holders, type => Assert.Contains(
            type,
            new[]
            {
                "aws:secretsmanager/secretVersion:SecretVersion", "gcp:secretmanager/secretVersion:SecretVersion",
                "kubernetes:core/v1:Secret",
            }));
    }

    [Theory]
    [MemberData(nameof(Fixtures.EachCloud), MemberType = typeof(Fixtures))]
    public void A_plan_does_not_show_it_even_where_it_is_known(Cloud cloud)
    {
        var plan = Rehearsal.Run(System, Settings(cloud, Marker)).WithoutErrors();
        using var document = new MemoryStream();
        using var text = new StringWriter();

        PlanJson.Write(plan, document);
        PlanText.Write(plan, text);

        Assert.DoesNotContain(Marker, Encoding.UTF8.GetString(document.ToArray()), StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_program_tells_nothing_of_it_when_the_engine_cannot_be_reached()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var variables = new EngineVariables(
            "sample-production",
            """
            {"infra:system":"sample","infra:environment":"production","infra:cloud":"aws","infra:location":"paris","infra:owner":"platform",
            "infra:accounts":"{\"aws\":{\"accountId\":\"111122223333\"}}","infra:images":"{\"shop\":\"nowhere\"}",
            "infra:secrets":"{\"api-key\":\"hunter2-marker\"}"}
            """,
            """["infra:secrets"]""");

        await EngineRun.RunAsync(variables, [System], error, TimeProvider.System);

        Assert.Contains("It has no image", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret-missing", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(Marker, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ secure: " + Ciphertext + " }", ExitCode.Success)]
    [InlineData(Marker, ExitCode.Unusable)]
    [InlineData(null, ExitCode.Failed)]
    public void No_command_shows_a_value_and_each_says_what_is_wrong(string? value, int exitCode)
    {
        WriteStack(value);

        var plan = Run("plan", "sample-production");
        var document = Run("plan", "sample-production", "--json");
        var change = Run("diff", "sample-production", "--from", Document("aws"), "--to", Document("gcp"), "--json");
        var changeText = Run("diff", "sample-production", "--from", Document("aws"), "--to", Document("gcp"));
        var steps = Run("first-steps", "sample-production");
        var end = Run("take-down", "sample-production");

        Assert.Equal(exitCode, plan.ExitCode);
        Assert.Equal(exitCode, document.ExitCode);
        Assert.All([plan, document, change, changeText, steps, end], run =>
        {
            Assert.DoesNotContain(Marker, run.Output + run.Error, StringComparison.Ordinal);
            Assert.DoesNotContain(Ciphertext, run.Output + run.Error, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_first_steps_say_which_secrets_are_given_before_the_first_update()
    {
        WriteStack(null);

        var (exitCode, output, error) = Run("first-steps", "sample-production");

        Assert.Equal((ExitCode.Success, ""), (exitCode, error));
        var command = "pulumi config set --secret --path 'infra:secrets.api-key' --stack sample-production";
        Assert.Contains($"\n     {command}\n", output, StringComparison.Ordinal);
        Assert.True(output.IndexOf("pulumi stack init", StringComparison.Ordinal) < output.IndexOf(command, StringComparison.Ordinal));
        Assert.True(output.IndexOf(command, StringComparison.Ordinal) < output.IndexOf("pulumi up", StringComparison.Ordinal));
    }

    [Fact]
    public void The_first_steps_ask_for_nothing_that_is_given()
    {
        WriteStack("{ secure: " + Ciphertext + " }");

        Assert.DoesNotContain("config set --secret", Run("first-steps", "sample-production").Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        Cloud.Aws,
        "{ existing: 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:prod/api-a1B2c3', key: token }",
        "aws secretsmanager describe-secret --secret-id 'arn:aws:secretsmanager:eu-west-3:111122223333:secret:prod/api-a1B2c3'")]
    [InlineData(
        Cloud.Gcp,
        "{ existing: projects/other/secrets/api, version: latest }",
        "gcloud secrets versions describe 'latest' --secret 'api' --project 'other'")]
    [InlineData(
        Cloud.Kubernetes,
        "{ existing: api, key: token }",
        "kubectl --context test --namespace sample-production create secret generic api --from-env-file=api.env")]
    public void The_first_steps_look_for_what_is_said_to_exist(Cloud cloud, string value, string command)
    {
        WriteStack(value, cloud, "{ shop: { environment: { API_URL: null } }, migrate: { environment: { API_URL: null } } }");

        Assert.Contains($"\n     {command}\n", Run("first-steps", "sample-production").Output, StringComparison.Ordinal);
    }

    private static StackSettings Settings(Cloud cloud, string value)
    {
        var settings = Fixtures.Of(cloud).SettingsFor(System, EnvironmentKind.Production);
        return settings with { Secrets = new Dictionary<string, SecretSource> { ["api-key"] = new GivenSecret(value) } };
    }

    private string Document(string cloud)
    {
        var file = Path.Combine(_project.FullName, $"{cloud}.json");
        using var stream = File.Create(file);
        PlanJson.Write(Rehearsal.Run(System, Settings(cloud == "aws" ? Cloud.Aws : Cloud.Gcp, Marker)), stream);
        return file;
    }

    private void WriteStack(string? value, Cloud cloud = Cloud.Aws, string components = "{}")
    {
        Directory.CreateDirectory(Path.Combine(_project.FullName, "stacks"));
        File.WriteAllText(Path.Combine(_project.FullName, "Pulumi.yaml"), "name: infra\n");
        File.WriteAllText(
            Path.Combine(_project.FullName, "stacks", "Pulumi.sample-production.yaml"),
            $$"""
            config:
              infra:system: sample
              infra:environment: production
              infra:cloud: {{cloud.Name()}}
              infra:location: paris
              infra:owner: platform@example.org
              infra:accounts:
                aws: { accountId: "{{TestSettings.AccountId}}" }
                gcp: { project: {{TestSettings.Project}} }
                kubernetes: { context: test }
              infra:images:
                shop: registry.example.org/shop@{{TestSettings.Digest}}
                migrate: registry.example.org/migrate@{{TestSettings.Digest}}
              infra:components: {{components}}
              infra:secrets: {{(value is null ? "{}" : $"{{ api-key: {value} }}")}}
            """);
    }

    private (int ExitCode, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter { NewLine = "\n" };
        var folder = StackFolder.Around(_project.FullName);
        var exitCode = new InfraCommand(folder, [System], output, error, TimeProvider.System).Run(arguments);
        return (exitCode, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    /// <summary>An engine that remembers which types of resources held the value.</summary>
    private sealed class Recorder : IMocks
    {
        private readonly ConcurrentDictionary<string, bool> _holders = [];

        public IEnumerable<string> Holders => _holders.Keys;

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            if (Holds(args.Inputs)) _holders[args.Type!] = true;
            object state = args.Type == "pulumi:pulumi:StackReference"
                ? args.Inputs.Add("outputs", ImmutableDictionary<string, object>.Empty)
                : args.Inputs;
            return Task.FromResult<(string?, object)>((args.Name, state));
        }

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(args.Args);

        private static bool Holds(object? value) => value switch
        {
            string text => text.Contains(Marker, StringComparison.Ordinal),
            global::System.Collections.IDictionary map => map.Values.Cast<object?>().Any(Holds),
            global::System.Collections.IEnumerable list => list.Cast<object?>().Any(Holds),
            _ => false,
        };
    }
}
