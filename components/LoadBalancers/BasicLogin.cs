using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Secrets;

namespace Infra.Components.LoadBalancers;

/// <summary>
/// A name and a password that a browser asks for before it shows anything (basic authentication, RFC 7617): it keeps strangers off previews
/// and tools, and is no sign-in of an application's users.
/// </summary>
/// <param name="User">The name: printable ASCII characters but for colons, 100 at most.</param>
/// <param name="Password">The password, generated or given by the stack file.</param>
public sealed partial record BasicLogin(string User, Secret Password)
{
    /// <summary>Refuses what no cloud accepts.</summary>
    internal void Check(Guard guard) => guard.Matches(
        "Routes.Login.User",
        User,
        Name(),
        "1 to 100 printable ASCII characters without spaces and colons");

    [GeneratedRegex(@"^[!-9;-~]{1,100}\z")]
    private static partial Regex Name();
}
