using System.CommandLine;
using Infra.Sdk.Cataloguing;
using Infra.Sdk.Generator.Model;

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
return new RootCommand("Maintains the catalogues from which the bundled SDK's provider classes are generated.") { add, update }
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

Surface ReadSurface(ParseResult parsed) => (parsed.GetValue(surfaceOption), parsed.GetValue(assemblyOption)) switch
{
    ({ } surface, null) => SurfaceReader.Read(File.ReadLines(surface.FullName)),
    (null, { } assembly) => AssemblySurface.Read(assembly.FullName),
    _ => throw new CatalogueException("Name the source of facts: either --surface <file> or --assembly <file>."),
};
