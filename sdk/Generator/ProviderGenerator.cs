using System.Text;
using Infra.Sdk.Generator.Emission;
using Infra.Sdk.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Infra.Sdk.Generator;

/// <summary>Turns each <c>*.catalogue</c> file of a project into the C# classes of a Pulumi provider.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ProviderGenerator : IIncrementalGenerator
{
    private static readonly DiagnosticDescriptor UnusableLine = new(
        "PULUMI001", "Unusable line in a catalogue", "{0}", "Catalogue", DiagnosticSeverity.Error, isEnabledByDefault: true);

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var catalogues = context.AdditionalTextsProvider
            .Where(file => file.Path.EndsWith(".catalogue", StringComparison.OrdinalIgnoreCase))
            .Select((file, cancellation) => (file.Path, Text: file.GetText(cancellation)));
        context.RegisterSourceOutput(catalogues, (output, file) => Generate(output, file.Path, file.Text));
    }

    private static void Generate(SourceProductionContext output, string path, SourceText? text)
    {
        if (text is null)
            return;
        var (catalogue, errors) = CatalogueReader.Read(text.ToString());
        foreach (var error in errors)
        {
            var line = text.Lines[Math.Min(error.Line, text.Lines.Count) - 1];
            output.ReportDiagnostic(Diagnostic.Create(
                UnusableLine,
                Location.Create(path, line.Span, text.Lines.GetLinePositionSpan(line.Span)),
                error.Message));
        }
        if (catalogue is null || errors.Count > 0)
            return;
        foreach (var (name, source) in ProviderEmitter.Emit(catalogue))
        {
            output.CancellationToken.ThrowIfCancellationRequested();
            output.AddSource(name, SourceText.From(source, Encoding.UTF8));
        }
    }
}
