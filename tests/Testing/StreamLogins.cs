namespace Infra.Tests.Testing;

/// <summary>What a script that sets up the logins of an event stream does for one consumer.</summary>
internal static class StreamLogins
{
    /// <summary>What the consumer's login may do, a sentence for each command that says so.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="name">What runs the script.</param>
    /// <param name="script">The script: one command a line.</param>
    public static IEnumerable<string> Of(string consumer, string name, string script) =>
        from line in script.Split('\n')
        where line.StartsWith("acls --add ", StringComparison.Ordinal)
        where line.Contains($" --allow-principal User:{consumer}-login ", StringComparison.Ordinal)
        select $"logs in by {name}: {line[(line.IndexOf("--operation", StringComparison.Ordinal))..]}";
}
