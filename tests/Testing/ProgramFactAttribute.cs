using Xunit;

namespace Infra.Tests.Testing;

/// <summary>
/// A test that runs a program which not every machine has; it is skipped, and says so, where the program is not on the path.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramFactAttribute : FactAttribute
{
    /// <summary>A test that runs a program.</summary>
    /// <param name="program">The program, such as <c>mariadbd</c>.</param>
    /// <param name="package">The Debian package that brings it.</param>
    public ProgramFactAttribute(string program, string package)
    {
        if (Find(program) is null) Skip = $"'{program}' is not on the path; Debian has it in the package {package}.";
    }

    /// <summary>Where a program is, also among those of administrators; null where it is not.</summary>
    public static string? Find(string program) => $"{Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin"
        .Split(':', StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, program))
        .FirstOrDefault(File.Exists);
}

/// <summary>A test of several cases that runs a program which not every machine has; it is skipped where the program is missing.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ProgramTheoryAttribute : TheoryAttribute
{
    /// <inheritdoc cref="ProgramFactAttribute(string, string)"/>
    public ProgramTheoryAttribute(string program, string package) => Skip = new ProgramFactAttribute(program, package).Skip;
}
