using Pulumi;
using Pulumi.Random;

namespace Infra.Components.Clouds.Scaleway;

/// <summary>Passwords as Scaleway's stores demand them.</summary>
internal static class ScalewayPassword
{
    /// <summary>
    /// A password with a lower-case and an upper-case letter, a digit and a special character at least. The special ones are those that no
    /// url must escape (RFC 3986).
    /// </summary>
    public static RandomPassword Create(string name, ScalewayContext context, CustomResourceOptions child) =>
        new(
            name,
            new() { Length = 32, MinLower = 1, MinUpper = 1, MinNumeric = 1, MinSpecial = 1, OverrideSpecial = "-_" },
            context.Values.Random(child));
}
