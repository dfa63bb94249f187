using System.Net;
using System.Net.Sockets;

namespace Infra.Components.Checks;

/// <summary>Blocks of IPv4 addresses, as system and stack file write them.</summary>
internal static class AddressBlock
{
    /// <summary>The bits of the largest block, which is a continent: nobody's server or office has more addresses.</summary>
    public const int ShortestPrefix = 8;

    // Written as it is read: bits behind the prefix would be dropped by one cloud and refused by another.

    /// <summary>A block; null where it is none.</summary>
    public static IPNetwork? Read(string? text) =>
        IPNetwork.TryParse(text, out var block)
        && block.BaseAddress.AddressFamily == AddressFamily.InterNetwork
        && block.PrefixLength >= ShortestPrefix
        && block.ToString() == text
            ? block
            : null;

    /// <summary>Requires each text to be a block.</summary>
    public static void Check(Guard guard, string argument, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            guard.Require(
                Read(text) is not null,
                argument,
                $"'{text}'",
                $"IPv4 blocks of {ShortestPrefix} to 32 bits whose other bits are zero, such as 203.0.113.7/32");
        }
    }
}
