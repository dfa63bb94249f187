using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Infra.Sdk.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Xunit;

namespace Infra.Tests.Sdk.Generator;

/// <summary>Runs the generator over a catalogue, and compiles what comes out against the Pulumi that the tests run on.</summary>
internal sealed class Generation
{
    public const string CatalogueName = "acme.catalogue";

    /// <summary>Everything that the tests can see, except the real providers, whose names a catalogue under test may use.</summary>
    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path =>
                !Path.GetFileName(path).StartsWith("Pulumi.", StringComparison.Ordinal) || Path.GetFileName(path) == "Pulumi.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    // What every build of .NET does not warn of: a package may be compiled against an older framework than the tests run on.
    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic>
        {
            ["CS1701"] = ReportDiagnostic.Suppress,
            ["CS1702"] = ReportDiagnostic.Suppress,
        });

    private readonly Compilation _compilation;

    private Generation(Compilation compilation, ImmutableArray<Diagnostic> diagnostics)
    {
        _compilation = compilation;
        Diagnostics = diagnostics;
    }

    /// <summary>What the generator reported.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>What the compiler found wrong with the generated source and the caller's.</summary>
    public IEnumerable<Diagnostic> Problems => _compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning);

    public static Generation Of(string catalogue, params string[] sources)
    {
        var parsing = new CSharpParseOptions(LanguageVersion.Preview);
        var compilation = CSharpCompilation.Create(
            "Acme", sources.Select(source => CSharpSyntaxTree.ParseText(source, parsing)), References,
            Options);
        CSharpGeneratorDriver.Create([new ProviderGenerator().AsSourceGenerator()], [new CatalogueText(catalogue)], parsing)
            .RunGeneratorsAndUpdateCompilation(compilation, out var generated, out var diagnostics);
        return new(generated, diagnostics);
    }

    /// <summary>The compiled assembly, ready to be used.</summary>
    public Assembly Load()
    {
        using var stream = new MemoryStream();
        Emit(stream);
        stream.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(stream);
    }

    /// <summary>Compiles into a stream.</summary>
    public void Emit(Stream stream)
    {
        var result = _compilation.Emit(stream);
        Assert.True(
            result.Success,
            string.Join(Environment.NewLine, result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private sealed class CatalogueText(string text) : AdditionalText
    {
        public override string Path => CatalogueName;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
