using Infra.Components.Systems;

namespace Infra.Components.Buckets;

/// <summary>
/// Fetches an object of a bucket into a file, by the S3 protocol: with the key of a link, or with the rights of the container's own role on
/// AWS. It always succeeds, and leaves beside the file why there is none: whoever wants the file may do without it.
/// </summary>
internal static class ObjectFetch
{
    // S3 wants the hash of a request's body named and signed, and curl names it of its own accord in some versions only.
    private const string HashOfNothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>What a container with curl runs.</summary>
    /// <param name="prefix">The prefix of the link to the bucket.</param>
    /// <param name="fetched">The object.</param>
    public static IReadOnlyList<string> Command(string prefix, FetchedObject fetched) => ["sh", "-e", "-c", $$"""
        file={{fetched.Path}}
        mkdir -p "$(dirname "$file")"
        work=$(mktemp -d)
        give_up() {
          rm -f "$file"
          printf '%s\n' "$*" > "$file{{FetchedObject.ProblemEnding}}"
          exit 0
        }
        id="${{prefix}}_ACCESS_KEY_ID" secret="${{prefix}}_SECRET_ACCESS_KEY" token=
        if [ "${{prefix}}_CREDENTIALS" = identity ]; then
          curl --silent --show-error --fail --retry 5 --retry-all-errors --output "$work/role" \
            "http://169.254.170.2$AWS_CONTAINER_CREDENTIALS_RELATIVE_URI" \
            || give_up "The container has no credentials of its role, so that nothing of the bucket ${{prefix}}_NAME can be read."
          of_role() { sed -n "s/.*\"$1\" *: *\"\([^\"]*\)\".*/\1/p" "$work/role"; }
          id=$(of_role AccessKeyId) secret=$(of_role SecretAccessKey) token=$(of_role Token)
        fi
        if [ "${{prefix}}_PATH_STYLE" = true ]; then
          url="${{prefix}}_ENDPOINT/${{prefix}}_NAME/{{fetched.Key}}"
        else
          url="${{{prefix}}_ENDPOINT%%://*}://${{prefix}}_NAME.${{prefix}}_HOST/{{fetched.Key}}"
        fi
        {
          printf 'user = "%s:%s"\n' "$id" "$secret"
          printf 'header = "x-amz-content-sha256: {{HashOfNothing}}"\n'
          if [ -n "$token" ]; then printf 'header = "x-amz-security-token: %s"\n' "$token"; fi
          if [ -n "${{prefix}}_CA" ]; then
            printf '%s\n' "${{prefix}}_CA" > "$work/ca"
            printf 'cacert = "%s"\n' "$work/ca"
          fi
        } > "$work/config"
        code=$(curl --config "$work/config" --aws-sigv4 "aws:amz:${{prefix}}_REGION:s3" --silent --show-error --connect-timeout 20 \
          --retry 5 --retry-connrefused --output "$file" --write-out '%{http_code}' "$url" 2> "$work/errors") \
          || give_up "The store at ${{prefix}}_ENDPOINT cannot be read: $(cat "$work/errors")"
        case "$code" in
          200) ;;
          404) give_up "There is no {{fetched.Key}} in the bucket ${{prefix}}_NAME: put it there, or correct the key." ;;
          *) give_up "The store gives {{fetched.Key}} of ${{prefix}}_NAME to nobody with this key: $code, $(head -c 500 "$file")" ;;
        esac

        """];
}
