using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Pages;

/// <summary>
/// Files of which every line is generated. To refresh them, run the tests with <c>UPDATE_SNAPSHOTS=1</c> and read the difference.
/// </summary>
internal static class GeneratedFile
{
    /// <summary>Demands that a file holds what the code says, or rewrites it.</summary>
    /// <param name="file">The file, relative to the repository.</param>
    /// <param name="generated">What it must hold.</param>
    public static void Matches(string file, string generated)
    {
        var path = Path.Combine(Repository.Root, file);
        var expected = generated.TrimEnd('\n') + "\n";
        if (File.Exists(path) && File.ReadAllText(path) == expected) return;
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
            File.WriteAllText(path, expected);
        else
            Assert.Fail($"{file} is stale or missing: run the tests with UPDATE_SNAPSHOTS=1 and read the difference. It is:\n\n{expected}");
    }
}
