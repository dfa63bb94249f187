using System.CommandLine;
using System.Globalization;
using Infra.Sdk.Cataloguing;
using Infra.Sdk.Cataloguing.Schemas;
using Infra.Sdk.Generator.Model;
using YamlDotNet.Core;

var surfaceOption = new Option<FileInfo?>("--surface") { Description = "A file with the surface of the provider's official package." };
var assemblyOption = new Option<FileInfo?>("--assembly") { Description = "The assembly of the provider's official package." };
var sdkOption = new Option<DirectoryInfo>("--sdk")
{
    Description = "The folder with the bundled SDK.",
    DefaultValueFactory = _ => new("sdk"),
};
var providerArgument = new Argument<string>("provider")
{
    Description = "The provider: aws, gcp, kubernetes, scaleway, ovh, random or tls.",
};
var tokensArgument = new Argument<string[]>("token")
{
    Description = "Tokens of resource types or functions, such as aws:sqs/queue:Queue.",
    Arity = ArgumentArity.OneOrMore,
};

var add = new Command("add", "Adds resource types to a provider's catalogue, with every nested type that they reach.")
{
    providerArgument,
    tokensArgument,
    surfaceOption,
    assemblyOption,
    sdkOption,
};
add.SetAction(parsed =>
    Edit(parsed, (catalogue, surface) => CatalogueEditor.Add(catalogue, surface, parsed.GetRequiredValue(tokensArgument))));
var update = new Command("update", "Describes everything in a provider's catalogue anew: for a new version of the package.")
{
    providerArgument,
    surfaceOption,
    assemblyOption,
    sdkOption,
};
update.SetAction(parsed => Edit(parsed, CatalogueEditor.Update));

var nameArgument = new Argument<string>("name")
{
    Description = "The schema file, without its ending: kubernetes, kubernetes.<group of the kinds>, or chart.<chart>.",
};
var filesArgument = new Argument<FileInfo[]>("file")
{
    Description = "Definitions of custom kinds, definitions of OpenAPI, or a chart's values.yaml or values.schema.json.",
    Arity = ArgumentArity.OneOrMore,
};
var sourceOption = new Option<string?>("--source") { Description = "The product and its version; by default as in the file." };
var chartOption = new Option<string?>("--chart") { Description = "The chart and its version; by default as in the file." };
var kindOption = new Option<string[]>("--kind") { Description = "Another kind, such as postgresql.cnpg.io/v1:Cluster." };
var publishedOption = new Option<FileInfo?>("--published") { Description = "A file with the chart's published versions, one a line." };
var schemasOption = new Option<DirectoryInfo>("--schemas")
{
    Description = "The folder with the schema files.",
    DefaultValueFactory = _ => new("infra/Schemas"),
};
var schema = new Command("schema", "Describes what Kubernetes, an operator or a chart accepts, from files that you supply.")
{
    nameArgument,
    filesArgument,
    sourceOption,
    chartOption,
    kindOption,
    publishedOption,
    schemasOption,
};
schema.SetAction(Describe);

var publishedSchemaArgument = new Argument<FileInfo>("schema")
{
    Description = "The provider's schema.json, as 'pulumi package get-schema <provider>@<version>' writes it.",
};
var writeOption = new Option<bool>("--write")
{
    Description = "Writes into the file what the schema knows better: which fields are required, and the values of enumerations.",
};
var compare = new Command("compare", "Holds what a cloud's provider checks, which is kept by hand, against the schema that it publishes.")
{
    providerArgument,
    publishedSchemaArgument,
    writeOption,
    schemasOption,
};
compare.SetAction(Compare);
return new RootCommand("Maintains the catalogues from which the bundled SDK's provider classes are generated, and the schemas.")
{
    add,
    update,
    schema,
    compare,
}
    .Parse(args)
    .Invoke();

int Edit(ParseResult parsed, Func<Catalogue, Surface, CatalogueEdit> edit)
{
    try
    {
        var file = CatalogueFile.Find(parsed.GetRequiredValue(sdkOption), parsed.GetRequiredValue(providerArgument));
        var surface = ReadSurface(parsed);
        var result = edit(file.Read(), surface);
        file.Write(result.Catalogue);
        foreach (var token in result.Added)
            Console.WriteLine($"described {token}");
        Console.WriteLine($"{file.Path}: {result.Added.Count} described, with {result.AddedTypes.Count} nested types");
        if (surface.Provider is null && result.Added.Count > 0)
        {
            Console.WriteLine(
                "This surface does not state which values are secret, which have defaults, and which outputs may be null: "
                + "check them in the provider's documentation.");
        }

        return 0;
    }
    catch (Exception exception) when (exception is CatalogueException or FormatException or IOException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}

int Describe(ParseResult parsed)
{
    try
    {
        var name = parsed.GetRequiredValue(nameArgument);
        var file = SchemaFile.Of(Path.Combine(parsed.GetRequiredValue(schemasOption).FullName, $"{name}.schema"));
        var published = parsed.GetValue(publishedOption);
        file = file with
        {
            Source = parsed.GetValue(sourceOption) ?? file.Source,
            Chart = parsed.GetValue(chartOption) ?? file.Chart,
            Read = DateTime.UtcNow.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            Published = published is null ? file.Published : [.. File.ReadLines(published.FullName).Where(line => line.Length > 0)],
        };
        if (file.Source.Length == 0) throw new CatalogueException("The file is new: say what it is read off, with --source.");

        var sources = new SchemaSources(parsed.GetRequiredValue(filesArgument));
        var kinds = file.Resources.Concat((parsed.GetValue(kindOption) ?? []).Select(kind => $"kubernetes:{kind}")).Distinct();
        file.Write(name.StartsWith("chart.", StringComparison.Ordinal) ? sources.Values() : sources.Kinds([.. kinds]));
        foreach (var word in sources.LeftOut.GroupBy(part => part.Split(' ')[^1]))
            Console.WriteLine($"left out: {word.Key}, {word.Count()} times");
        Console.WriteLine(file.Path);
        return 0;
    }
    catch (Exception exception) when (exception is CatalogueException or YamlException or IOException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}

int Compare(ParseResult parsed)
{
    try
    {
        var path = Path.Combine(parsed.GetRequiredValue(schemasOption).FullName, $"{parsed.GetRequiredValue(providerArgument)}.schema");
        var comparison = ProviderComparison.Of(
            File.ReadAllText(path).TrimEnd('\n').Split('\n'),
            File.ReadAllText(parsed.GetRequiredValue(publishedSchemaArgument).FullName));
        foreach (var difference in comparison.Differences) Console.WriteLine(difference);
        if (parsed.GetValue(writeOption)) File.WriteAllText(path, string.Join('\n', comparison.Lines) + '\n');
        Console.WriteLine($"{path}: {comparison.Differences.Count} differences");
        return comparison.Differences.Count == 0 ? 0 : 1;
    }
    catch (Exception exception) when (exception is CatalogueException or IOException)
    {
        Console.Error.WriteLine(exception.Message);
        return 1;
    }
}

Surface ReadSurface(ParseResult parsed) => (parsed.GetValue(surfaceOption), parsed.GetValue(assemblyOption)) switch
{
    ({ } surface, null) => SurfaceReader.Read(File.ReadLines(surface.FullName)),
    (null, { } assembly) => AssemblySurface.Read(assembly.FullName),
    _ => throw new CatalogueException("Name the source of facts: either --surface <file> or --assembly <file>."),
};
