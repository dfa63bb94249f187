using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// A dump that lies before a script that loads it: how the script finds it, and what is the same of it for every engine. The scripts run in
/// bash, with <c>-e</c> and <c>pipefail</c>, in the official images of the engines' clients.
/// </summary>
internal static class DumpFile
{
    /// <summary>The variable that holds its path.</summary>
    public const string Path = "DUMP_FILE";

    /// <summary>The variable that holds its SHA-256 in hexadecimal digits; empty for any.</summary>
    public const string Sha256 = "DUMP_SHA256";

    /// <summary>
    /// What is left behind in a database that was loaded, so that it never is again: a schema of PostgreSQL, a table of MySQL.
    /// </summary>
    public const string Marker = "loaded_from_dump";

    /// <summary>What runs a script.</summary>
    /// <param name="script">The script.</param>
    public static IReadOnlyList<string> Command(string script) => ["bash", "-e", "-o", "pipefail", "-c", script];

    /// <summary>Puts a program of awk into a variable of a script.</summary>
    /// <param name="variable">The variable.</param>
    /// <param name="program">The program.</param>
    public static string Program(string variable, string program) =>
        $"IFS= read -r -d '' {variable} <<'AWK' || true\n{program}\nAWK\n";

    /// <summary>The functions <c>say</c>, <c>check_file</c> and <c>unpacked</c>, and the folder <c>$work</c>.</summary>
    public static string Functions { get; } = $$"""
        work=$(mktemp -d)
        say() { printf '%s\n' "$*" >&2; }
        failed() {
          status=$?
          rm -rf "$work"
          if [ "$status" -ne 0 ]; then
            say "The dump ${{{Path}}} was not loaded. What is wrong stands above. Once it is put right, update again: loading begins anew."
          fi
        }
        trap failed EXIT
        check_file() {
          if [ -s "${{Path}}{{FetchedObject.ProblemEnding}}" ]; then
            cat "${{Path}}{{FetchedObject.ProblemEnding}}" >&2
            exit 1
          fi
          if [ ! -f "${{Path}}" ]; then
            say "There is no ${{Path}}: put the dump into the bucket under that key, or correct beginsFrom."
            exit 1
          fi
          if [ -n "${{Sha256}}" ]; then
            actual=$(sha256sum < "${{Path}}" | cut -d ' ' -f 1)
            if [ "$actual" != "${{Sha256}}" ]; then
              say "The SHA-256 of ${{Path}} is $actual; allowed: ${{Sha256}}, as beginsFrom says."
              say "Put the right dump there, or correct sha256."
              exit 1
            fi
          fi
        }
        unpacked() {
          case $(head -c 2 "${{Path}}" | od -A n -t x1 | tr -d ' \n') in
            1f8b) gzip -dc < "${{Path}}" ;;
            *) cat "${{Path}}" ;;
          esac
        }

        """;
}
