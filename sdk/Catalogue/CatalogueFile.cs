using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Cataloguing;

/// <summary>The catalogue of one provider, in the project that generates its classes.</summary>
internal sealed class CatalogueFile
{
    private CatalogueFile(string path) => Path = path;

    public string Path { get; }

    /// <exception cref="CatalogueException">There is no such catalogue.</exception>
    public static CatalogueFile Find(DirectoryInfo sdk, string provider)
    {
        var files = sdk.Exists
            ? [.. sdk.GetFiles("*.catalogue", SearchOption.AllDirectories).OrderBy(f => f.Name, StringComparer.Ordinal)]
            : Array.Empty<FileInfo>();
        var file = Array.Find(files, f => f.Name == provider + ".catalogue")
            ?? throw new CatalogueException(
                $"There is no catalogue for the provider '{provider}' under {sdk}. There are: "
                + $"{string.Join(", ", files.Select(f => System.IO.Path.GetFileNameWithoutExtension(f.Name)))}.");
        return new(file.FullName);
    }

    /// <exception cref="CatalogueException">The catalogue has errors.</exception>
    public Catalogue Read()
    {
        var (catalogue, errors) = CatalogueReader.Read(File.ReadAllText(Path));
        return catalogue is not null && errors.Count == 0
            ? catalogue
            : throw new CatalogueException(
                string.Join(Environment.NewLine, errors.Select(error => $"{Path}({error.Line}): {error.Message}")));
    }

    public void Write(Catalogue catalogue) => File.WriteAllText(Path, CatalogueWriter.Write(catalogue));
}
