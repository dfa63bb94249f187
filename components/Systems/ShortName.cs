using System.Security.Cryptography;
using System.Text;

namespace Infra.Components.Systems;

/// <summary>Names for places that are too narrow for them.</summary>
public static class ShortName
{
    /// <summary>The most characters of a name that is made of two components' names and may get an ending yet.</summary>
    public const int OfTwo = 40;

    private const int HashLength = 8;

    /// <summary>
    /// The name where it fits; else its beginning, and eight hexadecimal digits that tell it from others that begin alike.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="length">The most characters; more than nine.</param>
    /// <param name="separator">What stands between the words of the name.</param>
    public static string Of(string name, int length, char separator = '-')
    {
        if (name.Length <= length) return name;
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..HashLength];
        return $"{name[..(length - HashLength - 1)].TrimEnd(separator)}{separator}{hash}";
    }
}
