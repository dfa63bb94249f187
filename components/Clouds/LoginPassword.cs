using Pulumi;
using Pulumi.Random;

namespace Infra.Components.Clouds;

/// <summary>Passwords of logins in databases and caches.</summary>
internal static class LoginPassword
{
    /// <summary>A password of 32 letters and digits, so that no url needs escaping and no statement quoting.</summary>
    public static RandomPassword Create(string name, ValueProviders values, CustomResourceOptions child) =>
        new(name, new() { Length = 32, Special = false }, values.Random(child));

    /// <summary>
    /// The same for a server that wants every class of characters: at least one small and one capital letter, a digit and a hyphen.
    /// </summary>
    public static RandomPassword CreateMixed(string name, ValueProviders values, CustomResourceOptions child) => new(
        name,
        new() { Length = 32, OverrideSpecial = "-", MinSpecial = 1, MinLower = 1, MinUpper = 1, MinNumeric = 1 },
        values.Random(child));
}
