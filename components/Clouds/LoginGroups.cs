using System.Globalization;

namespace Infra.Components.Clouds;

/// <summary>Which logins of a store one container sets up together.</summary>
internal static class LoginGroups
{
    // A script of a login has less than 3 KiB; a task definition of Amazon ECS has 64 KiB, and a word of a command on Linux 128.
    private const int MostLogins = 15;

    /// <summary>
    /// The consumers of a store as its containers set them up: by name rather than by declaration, so that reordering a system changes
    /// nothing, and no more at once than a container's command can hold.
    /// </summary>
    public static IEnumerable<(string Ending, T[] Consumers)> Of<T>(IEnumerable<T> consumers, Func<T, string> nameOf) =>
        consumers
            .OrderBy(nameOf, StringComparer.Ordinal)
            .Chunk(MostLogins)
            .Select((chunk, index) => (index == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{index + 1}"), chunk));
}
