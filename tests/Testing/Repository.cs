using System.Runtime.CompilerServices;

namespace Infra.Tests.Testing;

/// <summary>The repository that these tests belong to.</summary>
internal static class Repository
{
    /// <summary>Its root folder, wherever the tests were built to.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", ".."));

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
