using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>The logins that jobs make in a store through its REST API.</summary>
/// <param name="Script">The variables of the job, and its commands.</param>
/// <param name="Path">The path of the API.</param>
/// <param name="Administrator">The login that makes the others, where the store leaves its name open.</param>
/// <param name="Grant">
/// The calls that give a login its password and its rights, and nothing else: of its name, the variable that holds its password, and what
/// it is for.
/// </param>
internal sealed record RestLogins(
    RestScript Script,
    string Path,
    string Administrator,
    Func<string, string, Intent, IEnumerable<RestCall>> Grant)
{
    /// <summary>The variable that holds a consumer's password where a container makes one login. Secret.</summary>
    public const string Password = "LOGIN_PASSWORD";

    /// <summary>The login of a consumer: the ending keeps it apart from the administrator, and from the roles that a store has.</summary>
    public static string NameOf(string consumer) => $"{consumer}-login";

    /// <summary>The variable that holds a login's password where one container makes several. Secret.</summary>
    public static string PasswordOf(string login) => $"{login.Replace('-', '_').ToUpperInvariant()}_PASSWORD";

    /// <summary>The calls that give several logins their passwords and rights.</summary>
    /// <param name="logins">The logins, each with what it is for.</param>
    public IEnumerable<RestCall> GrantAll(IEnumerable<(string Name, Intent Intent)> logins) =>
        logins.SelectMany(login => Grant(login.Name, PasswordOf(login.Name), login.Intent));
}
