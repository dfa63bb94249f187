using Infra.Sdk.Cataloguing;
using Infra.Sdk.Generator.Model;
using Pulumi;
using Xunit;

namespace Infra.Tests.Sdk.Generator;

public sealed class ProviderGeneratorTests
{
    /// <summary>A program as somebody would write it against an official package.</summary>
    private const string Program = """
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using Pulumi;
        using Pulumi.Acme;
        using Pulumi.Acme.Storage;
        using Pulumi.Acme.Storage.Inputs;

        public static class Program
        {
            public static void Declare()
            {
                var provider = new Provider("here", new ProviderArgs { Endpoints = { "one", "two" }, Token = "t" });
                var box = new Box("box", new BoxArgs
                {
                    Size = 3,
                    Password = "pw",
                    Colour = Colour.DarkRed,
                    LidKind = Colour.Blue,
                    Labels = { ["team"] = "a" },
                    Port = "http",
                    Contents = { new BoxItemArgs { Key = "k", Parts = { new BoxItemPartArgs { Name = "lid" } } } },
                }, new CustomResourceOptions { Provider = provider });
                Output<string?> described = box.Description;
                Output<string> first = box.Contents.Apply(items => items[0].Parts[0].Name);
                Output<double?> weight = box.Weight;
                Box known = Box.Get("known", "id-1", new BoxState { Size = 4 });
                Output<string> found = GetBox.Invoke(new GetBoxInvokeArgs { Name = box.Arn, Filters = { new GetBoxFilterInputArgs { Name = "f" } } }).Apply(r => r.Id);
                Task<GetBoxResult> plain = GetBox.InvokeAsync(new GetBoxArgs { Name = "n", Filters = { new GetBoxFilterArgs { Name = "f" } } });
            }
        }
        """;

    /// <summary>
    /// Some official classes have a second constructor for the package's own use, which must not be taken for the public one.
    /// </summary>
    private const string InternalConstructor = """
        namespace Pulumi.Acme.Storage
        {
            public partial class Box
            {
                internal Box(string name, global::System.Collections.Immutable.ImmutableDictionary<string, object?>? dictionary = null)
                    : base("acme:storage/box:Box", name, new DictionaryResourceArgs(dictionary!), options: null)
                {
                }
            }
        }
        """;

    [Fact]
    public void A_catalogue_becomes_classes_that_a_program_can_use()
    {
        var generation = Generation.Of(AcmeCatalogue.Text, Program);

        Assert.Empty(generation.Diagnostics);
        Assert.Empty(generation.Problems);
    }

    [Fact]
    public void What_is_read_off_the_compiled_classes_is_the_catalogue_again()
    {
        var path = Path.GetTempFileName();
        try
        {
            using (var stream = File.Create(path))
                Generation.Of(AcmeCatalogue.Text, InternalConstructor).Emit(stream);
            var (catalogue, _) = CatalogueReader.Read(AcmeCatalogue.Text);

            var edit = CatalogueEditor.Update(catalogue!, AssemblySurface.Read(path));

            Assert.Equal(AcmeCatalogue.Text, CatalogueWriter.Write(edit.Catalogue));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("new BoxArgs { Size = 1 }", "")]
    [InlineData("new BoxArgs { Locked = true }", "CS0618")]
    [InlineData("(Output<string>)box.Description", "CS8619")]
    [InlineData("new Box(\"b\")", "CS7036")]
    [InlineData("new Note(\"n\")", "CS0618")]
    public void The_compiler_objects_to_the_same_things_as_with_the_official_package(string expression, string problem)
    {
        var source = $$"""
            using Pulumi;
            using Pulumi.Acme;
            using Pulumi.Acme.Storage;
            public static class Program { public static object Make(Box box) => {{expression}}; }
            """;

        var problems = Generation.Of(AcmeCatalogue.Text, source).Problems.Select(p => p.Id);

        Assert.Equal(problem.Length == 0 ? [] : [problem], problems);
    }

    [Fact]
    public async Task A_resource_registers_with_its_token_version_and_wire_names()
    {
        var mocks = new RecordingMocks();

        await DeployAsync(
            mocks,
            "new Pulumi.Acme.Storage.Box(\"box\", new() { Size = 3, Password = \"pw\", LidKind = Pulumi.Acme.Storage.Colour.DarkRed });");

        var box = Assert.Single(mocks.Registered, r => r.Type == "acme:storage/box:Box");
        Assert.Equal(3.0, box.Inputs["size"]);
        Assert.Equal("dark red", box.Inputs["lid"]);
        Assert.Equal("Made by Acme", box.Inputs["description"]);
        Assert.DoesNotContain("contents", box.Inputs.Keys);
    }

    [Fact]
    public async Task Secret_arguments_and_outputs_are_secret()
    {
        var source = """
            using System.Threading.Tasks;
            using Pulumi;
            using Pulumi.Acme.Storage;
            public static class Program
            {
                public static Task<bool> Password() => IsSecret(new BoxArgs { Password = "pw" }.Password);
                public static Task<bool> Description() => IsSecret(new BoxArgs { Description = "d" }.Description);
                public static Task<bool> Key() => IsSecret(new Pulumi.Acme.Storage.Inputs.BoxItemArgs { Key = "k" }.Key);
                private static Task<bool> IsSecret(Input<string>? input) => Output.IsSecretAsync(input.ToOutput());
            }
            """;
        var program = Generation.Of(AcmeCatalogue.Text, source).Load().GetType("Program")!;
        Task<bool> Ask(string name) => (Task<bool>)program.GetMethod(name)!.Invoke(null, null)!;
        var answers = new List<bool>();

        await Deployment.TestAsync(new RecordingMocks(), new() { IsPreview = false }, async () =>
        {
            answers.Add(await Ask("Password"));
            answers.Add(await Ask("Key"));
            answers.Add(await Ask("Description"));
        });

        Assert.Equal([true, true, false], answers);
    }

    [Fact]
    public void Enums_of_hundreds_of_members_cost_nothing_until_one_is_used()
    {
        var colour = Generation.Of(AcmeCatalogue.Text).Load().GetType("Pulumi.Acme.Storage.Colour")!;

        Assert.Null(colour.TypeInitializer);
        Assert.Equal("dark red", colour.GetProperty("DarkRed")!.GetValue(null)!.ToString());
    }

    [Fact]
    public void Kubernetes_keeps_its_own_layout_and_sets_kind_and_version_itself()
    {
        const string catalogue = """
            provider kubernetes 1.0.0 Pulumi.Kubernetes
            resource kubernetes:apps/v1:Deployment Apps.V1.Deployment optional
              io apiVersion string const="apps/v1"
              io kind string const="Deployment"
              io spec Apps.V1.DeploymentSpec
            type Apps.V1.DeploymentSpec
              io replicas int
            """;
        const string source = """
            namespace Pulumi.Kubernetes
            {
                public abstract class KubernetesResource : CustomResource
                {
                    internal KubernetesResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null) : base(type, name, args, options) { }
                }
            }
            public static class Program
            {
                public static void Declare() => new Pulumi.Kubernetes.Apps.V1.Deployment("web", new Pulumi.Kubernetes.Types.Inputs.Apps.V1.DeploymentArgs
                {
                    Kind = "Mistaken",
                    Spec = new Pulumi.Kubernetes.Types.Inputs.Apps.V1.DeploymentSpecArgs { Replicas = 2 },
                });
                public static int Read(Pulumi.Kubernetes.Types.Outputs.Apps.V1.DeploymentSpec spec) => spec.Replicas;
            }
            """;
        var generation = Generation.Of(catalogue, source);
        Assert.Empty(generation.Problems);
        var assembly = generation.Load();
        var make = assembly.GetType("Pulumi.Kubernetes.Apps.V1.Deployment")!
            .GetMethod("MakeArgs", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!;

        var args = make.Invoke(null, [null])!;

        Assert.NotNull(args.GetType().GetProperty("Kind")!.GetValue(args));
        Assert.False(args.GetType().IsSealed);
        Assert.Null(assembly.GetType("Pulumi.Kubernetes.Apps.V1.DeploymentState"));
    }

    [Fact]
    public void An_unusable_line_is_reported_where_it_stands()
    {
        var generation = Generation.Of(
            "provider acme 1.0.0 Pulumi.Acme\nresource acme:index/box:Box Box\n  io size integer!\n  io lid Lid\n");

        Assert.Collection(
            generation.Diagnostics.OrderBy(d => d.Location.GetLineSpan().StartLinePosition.Line),
            first =>
            {
                Assert.Equal(Generation.CatalogueName, first.Location.GetLineSpan().Path);
                Assert.Equal(2, first.Location.GetLineSpan().StartLinePosition.Line);
                Assert.Contains("'integer' is not a type", first.GetMessage(null), StringComparison.Ordinal);
            },
            second =>
            {
                Assert.Equal(3, second.Location.GetLineSpan().StartLinePosition.Line);
                Assert.Contains(
                    "'lid' has the type Lid, which this catalogue does not describe",
                    second.GetMessage(null),
                    StringComparison.Ordinal);
            });
    }

    private static Task DeployAsync(RecordingMocks mocks, string statement)
    {
        var source = $"public static class Program {{ public static void Declare() {{ {statement} }} }}";
        var declare = Generation.Of(AcmeCatalogue.Text, source).Load().GetType("Program")!.GetMethod("Declare")!;
        return Deployment.TestAsync(mocks, new() { IsPreview = false }, () => { declare.Invoke(null, null); });
    }
}
