using System.Runtime.CompilerServices;

namespace Infra.Tests;

/// <summary>The repository that these tests belong to.</summary>
internal static class Repository
{
    /// <summary>Its root folder, wherever the tests were built to.</summary>
    public static string Root { get; } = Path.GetDirectoryName(Path.GetDirectoryName(ThisFile()))!;

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
