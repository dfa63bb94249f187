using Infra.Components.Databases;

namespace Infra.Tests.Testing;

/// <summary>What a script that sets up the logins of a database does for one consumer.</summary>
internal static class DatabaseLogins
{
    /// <summary>The statements that grant the consumer something, as sentences.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="name">What runs the script.</param>
    /// <param name="script">The script: one login after the other, each in a shell of its own.</param>
    public static IEnumerable<string> Of(string consumer, string name, string script) =>
        from login in new[] { DatabaseGrant.LoginOf(consumer), DatabaseGrant.LoginOf(consumer, StoreOf(name)) }
        from part in script.Split("\n)\n")
        where part.Contains($"\"${login.ToUpperInvariant()}_PASSWORD\"", StringComparison.Ordinal)
        from line in part.Split('\n')
        where line.StartsWith("GRANT ", StringComparison.Ordinal) && line.Contains(login, StringComparison.Ordinal)
        select $"logs in by {name}: {line}";

    // What sets up the logins of a store is called after it.
    private static string StoreOf(string name) => name.Split("-grants")[0];
}
