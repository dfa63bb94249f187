using Pulumi;
using Pulumi.Random;

namespace Infra.Components.Clouds;

/// <summary>Passwords of logins in databases and caches.</summary>
internal static class LoginPassword
{
    /// <summary>A password of 32 letters and digits, so that no url needs escaping and no statement quoting.</summary>
    public static RandomPassword Create(string name, ValueProviders values, CustomResourceOptions child) =>
        new(name, new() { Length = 32, Special = false }, values.Random(child));
}
