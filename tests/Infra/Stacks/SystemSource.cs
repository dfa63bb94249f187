using System.Reflection;
using System.Xml.Linq;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Infra.Tests.Stacks;

/// <summary>A system from the text of its class.</summary>
internal static class SystemSource
{
    /// <summary>
    /// The only system of a file, compiled as the project of <c>stacks/</c> compiles it: with the usings that it and the SDK add, and
    /// without a warning.
    /// </summary>
    public static SystemDeclaration Compiled(string source) => (SystemDeclaration)Activator.CreateInstance(
        Assert.Single(Assembly(source).GetTypes(), type => type.IsSubclassOf(typeof(SystemDeclaration))))!;

    private static Assembly Assembly(string source)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "stacks", "Stacks.csproj"));
        var usings = project.Descendants("Using")
            .Select(item => (string)item.Attribute("Include")!)
            .Concat(["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"])
            .Select(name => $"global using {name};");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Systems",
            new[] { source, string.Join('\n', usings) }.Select(text =>
                CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview))),
            references,
            new(
                OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable,
                specificDiagnosticOptions: new Dictionary<string, ReportDiagnostic>
                {
                    ["CS1701"] = ReportDiagnostic.Suppress,
                    ["CS1702"] = ReportDiagnostic.Suppress,
                }));
        using var stream = new MemoryStream();
        var result = compilation.Emit(stream);
        Assert.Empty(result.Diagnostics.Where(problem => problem.Severity >= DiagnosticSeverity.Warning));
        return System.Reflection.Assembly.Load(stream.ToArray());
    }
}
