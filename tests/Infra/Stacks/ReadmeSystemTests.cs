using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Settings;
using Infra.Stacks;
using Infra.Tests.Testing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace Infra.Tests.Stacks;

/// <summary>What README.md shows to a newcomer works as it stands there.</summary>
public sealed class ReadmeSystemTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void The_ten_lines_compile_in_their_folder_and_are_planned_by_their_stack_file()
    {
        var assembly = Compiled(Block("csharp"));
        var system = (SystemDeclaration)Activator.CreateInstance(
            Assert.Single(assembly.GetTypes(), type => type.IsSubclassOf(typeof(SystemDeclaration))))!;
        var findings = new Findings();
        var file = Block("yaml").Replace("sha256:…", TestSettings.Digest, StringComparison.Ordinal);
        var configuration = StackFile.Parse(file, "README.md", findings);
        Assert.Equal("", findings.All.Errors());

        var settings = SettingsReader.Read("shop-production", configuration!, [system.Name], findings);
        Assert.Equal("", findings.All.Errors());
        var plan = Rehearsal.Run(system, settings!);

        Assert.Equal("", plan.Findings.Errors());
        Assert.Contains(plan.Components, component => component.Kind.Name == "ManagedDatabase");
    }

    [Fact]
    public void Systems_are_found_by_themselves()
    {
        Assert.Contains(Systems.All, system => system is Familink);
        Assert.Equal(Systems.All.Select(system => system.Name).Order(StringComparer.Ordinal), Systems.All.Select(system => system.Name));
    }

    private static string Block(string language) =>
        Regex.Match(Readme, $"```{language}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;

    // As the project of the folder compiles it: with the usings that it and the SDK add.
    private static Assembly Compiled(string source)
    {
        var project = XDocument.Load(Path.Combine(Repository.Root, "stacks", "Stacks.csproj"));
        var usings = project.Descendants("Using")
            .Select(item => (string)item.Attribute("Include")!)
            .Concat(["System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Threading", "System.Threading.Tasks"])
            .Select(name => $"global using {name};");
        var references = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Readme",
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
        return Assembly.Load(stream.ToArray());
    }
}
