using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Infra.Components.Clouds;

/// <summary>A call of a REST API.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the API's url.</param>
/// <param name="Body">The body, in which the shell puts the values of variables.</param>
internal sealed record RestCall(string Method, string Path, JsonObject Body);

/// <summary>
/// What jobs tell a store through its own REST API, which no API of a cloud does for it. Every call puts what ought to be, so it bears
/// being repeated. Passwords go through standard input and files of mode 600, so that they are in no process list; they are of letters,
/// digits and hyphens and need no quoting.
/// </summary>
/// <param name="Prefix">What the variables of the job are called, before their endings.</param>
internal sealed record RestScript(string Prefix)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The variable that holds the url of the API.</summary>
    public string Url => $"{Prefix}_URL";

    /// <summary>The variable that holds the certificates that sign the server's, as PEM.</summary>
    public string CertificateAuthority => $"{Prefix}_CA";

    /// <summary>The variable that holds the name of the administrator. Secret.</summary>
    public string Username => $"{Prefix}_USERNAME";

    /// <summary>The variable that holds its password. Secret.</summary>
    public string Password => $"{Prefix}_PASSWORD";

    private string Authority => $$"""
        ca=$(mktemp)
        printf '%s\n' "${{CertificateAuthority}}" > "$ca"

        """;

    /// <summary>What a container runs to make some calls, one after the other.</summary>
    /// <param name="calls">The calls.</param>
    public IReadOnlyList<string> Of(IEnumerable<RestCall> calls) => Of(Prelude(isPublic: false), calls);

    /// <summary>The same where a public authority signs the server's certificate.</summary>
    /// <param name="calls">The calls.</param>
    public IReadOnlyList<string> OfPublic(IEnumerable<RestCall> calls) => Of(Prelude(isPublic: true), calls);

    // Where a public authority signs the server's certificate, the client's own list of these serves.
    private string Prelude(bool isPublic) => $$"""
        {{(isPublic ? "" : Authority)}}login=$(mktemp)
        printf 'user = "%s:%s"\n' "${{Username}}" "${{Password}}" > "$login"
        call() {
          curl --silent --show-error --fail-with-body --max-time 30 --retry 5 --retry-connrefused --config "$login"{{(isPublic ? "" : " --cacert \"$ca\"")}} \
            --header 'content-type: application/json' --request "$1" --data-binary @- "${{Url}}/$2"
        }
        """;

    private static IReadOnlyList<string> Of(string prelude, IEnumerable<RestCall> calls) =>
        ["sh", "-e", "-c", string.Join('\n', [prelude, .. calls.Select(Call), ""])];

    // The shell puts the value of the one variable in; a pattern's dollar sign is escaped for it.
    private static string Call(RestCall call) => string.Create(
        CultureInfo.InvariantCulture,
        $"call {call.Method} {call.Path} <<JSON\n{call.Body.ToJsonString(Plain).Replace("$\"", "\\$\"", StringComparison.Ordinal)}\nJSON");
}
