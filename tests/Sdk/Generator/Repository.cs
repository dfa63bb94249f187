namespace Infra.Tests.Sdk.Generator;

/// <summary>The files of the repository that the tests were built from.</summary>
internal static class Repository
{
    public static IEnumerable<string> Files(string folder, string pattern) => Directory.EnumerateFiles(Path.Combine(Root(), folder), pattern, SearchOption.AllDirectories);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Infra.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException($"no Infra.sln above {AppContext.BaseDirectory}");
    }
}
