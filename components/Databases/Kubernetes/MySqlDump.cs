namespace Infra.Components.Databases.Kubernetes;

/// <summary>
/// A dump of a MySQL server into an S3-compatible bucket, by MySQL Shell, which sends it in parts as it reads it and needs no room of its
/// own. It is loaded with the shell's <c>util.loadDump</c>.
/// </summary>
internal static class MySqlDump
{
    /// <summary>The variable that holds the bucket's name.</summary>
    public const string Bucket = "BACKUP_BUCKET";

    /// <summary>The variable that holds the folder in the bucket; every dump has one of its own in it, called after its time.</summary>
    public const string Prefix = "BACKUP_PREFIX";

    /// <summary>The variable that holds the url of the store's API; empty for Amazon S3.</summary>
    public const string Endpoint = "BACKUP_ENDPOINT";

    /// <summary>The variable in which the shell finds the access key.</summary>
    public const string AccessKey = "AWS_ACCESS_KEY_ID";

    /// <summary>The variable in which the shell finds the secret key. Secret.</summary>
    public const string SecretKey = "AWS_SECRET_ACCESS_KEY";

    /// <summary>What the container runs; it knows the server by the variables of <see cref="DatabaseGrant"/>.</summary>
    public static IReadOnlyList<string> Command { get; } = ["sh", "-e", "-c", $"""
        ca=$(mktemp)
        printf '%s\n' "${DatabaseGrant.CertificateAuthority}" > "$ca"
        set -- --s3BucketName="${Bucket}"
        if [ -n "${Endpoint}" ]; then set -- "$@" --s3EndpointOverride="${Endpoint}"; fi
        printf '%s\n' "${DatabaseGrant.AdminPassword}" | mysqlsh --no-wizard --mysql --passwords-from-stdin --ssl-mode=VERIFY_IDENTITY \
          --ssl-ca="$ca" --host="${DatabaseGrant.Host}" --port="${DatabaseGrant.Port}" --user="${DatabaseGrant.AdminUsername}" \
          -- util dump-instance "${Prefix}/$(date -u +%Y-%m-%dT%H-%M-%SZ)" "$@"

        """];
}
