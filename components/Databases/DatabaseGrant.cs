using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Databases;

/// <summary>
/// A consumer's own login in a database, with the least privileges for its intent. Managed databases have no API for this everywhere, so a
/// job inside the network runs <see cref="Command"/> in <see cref="Image"/>: it creates or corrects login, password and privileges,
/// and bears being repeated. PostgreSQL has two groups per database: writers own schema and objects, so that it does not matter which of
/// them created a table; readers may select from everything that writers create. Writers are no members of readers.
/// </summary>
/// <param name="Engine">The engine.</param>
/// <param name="Version">The engine's version.</param>
/// <param name="Database">The database's name, as guarded by <see cref="ManagedDatabaseArgs"/>: it may be a word of SQL.</param>
/// <param name="Consumer">The name of the service or job.</param>
/// <param name="Intent">Read or write.</param>
public sealed record DatabaseGrant(DatabaseEngine Engine, string Version, string Database, string Consumer, Intent Intent)
{
    /// <summary>The variable that holds the server's host name.</summary>
    public const string Host = "DATABASE_HOST";

    /// <summary>The variable that holds the server's port.</summary>
    public const string Port = "DATABASE_PORT";

    /// <summary>
    /// The variable that holds the certificates that sign the server's, as PEM; empty or absent to encrypt without verifying.
    /// </summary>
    public const string CertificateAuthority = "DATABASE_CA";

    /// <summary>The variable that holds the name of a login that may create logins.</summary>
    public const string AdminUsername = "ADMIN_USERNAME";

    /// <summary>The variable that holds the password of that login. Secret.</summary>
    public const string AdminPassword = "ADMIN_PASSWORD";

    /// <summary>The variable that holds the consumer's password, of letters and digits only. Secret.</summary>
    public const string LoginPassword = "LOGIN_PASSWORD";

    private const string LoginEnding = "_login";

    // MySQL manual: account names. PostgreSQL cuts identifiers off behind 63 characters (PostgreSQL documentation: lexical structure).
    private const int LongestUser = 32;
    private const int LongestRole = 63;

    // What a schema's owner does in MySQL, which has no owners (MySQL manual: privileges provided by MySQL).
    private const string WriterPrivileges =
        "INSERT, UPDATE, DELETE, CREATE, DROP, INDEX, ALTER, REFERENCES, CREATE VIEW, SHOW VIEW, CREATE ROUTINE, ALTER ROUTINE, EXECUTE, "
        + "EVENT, TRIGGER, CREATE TEMPORARY TABLES, LOCK TABLES";

    // What a dump is made of besides rows (MySQL manual: mysqldump). Whoever may run a routine sees that it is there.
    private const string CarrierPrivileges = "SHOW VIEW, TRIGGER, EVENT, EXECUTE, LOCK TABLES";

    /// <summary>The extensions that are made before the login, what they require before them; PostgreSQL's alone. Default: none.</summary>
    public IReadOnlyList<string> Extensions { get; init; } = [];

    /// <summary>
    /// The schemas that are made where they are missing, and in which names without a schema are looked up; PostgreSQL's alone. Default:
    /// none, <c>public</c>.
    /// </summary>
    public IReadOnlyList<string> SearchPath { get; init; } = [];

    /// <summary>
    /// The component that the database is where it is only a part of its server: a consumer's login there is another one. Default: null.
    /// </summary>
    public string? Part { get; init; }

    /// <summary>
    /// The database of the server from which this one is made where it is missing; null where something else makes it. Default: null.
    /// </summary>
    public string? MadeFrom { get; init; }

    /// <summary>
    /// Whether the database, its extensions and its schemas are made before the login; otherwise another grant did that. Default: true.
    /// </summary>
    public bool Prepares { get; init; } = true;

    /// <summary>
    /// Whether who only reads carries the database to another server. Of PostgreSQL it reads as owners do, because nobody else sees large
    /// objects and rows behind policies, and writes nothing unless it says so; of MySQL it is granted what lets it see views, triggers,
    /// events and routines. Default: false.
    /// </summary>
    public bool Carries { get; init; }

    /// <summary>
    /// Whether it may follow what is written, PostgreSQL's alone: by the right that Amazon RDS has a role for, and that administrators of
    /// other clouds, who are no superusers, can give from version 16 on. Default: false.
    /// </summary>
    public bool Follows { get; init; }

    /// <summary>Whether the server's certificate names its host, so that the name is verified with the authority. Default: true.</summary>
    public bool VerifiesName { get; init; } = true;

    /// <summary>The login: the suffix keeps it apart from groups and from the engines' reserved names.</summary>
    public string Login => LoginOf(Consumer, Part);

    /// <summary>The official image with the engine's client.</summary>
    internal PinnedImage Image => ClientOf(Engine);

    /// <summary>What the container runs instead of the image's own entry point.</summary>
    public IReadOnlyList<string> Command => ["sh", "-e", "-c", Engine == DatabaseEngine.PostgreSql ? PostgreSql() : MySql()];

    /// <summary>The variable that holds the consumer's password where one container sets up several logins. Secret.</summary>
    public string PasswordVariable => $"{Login.ToUpperInvariant()}_PASSWORD";

    /// <summary>
    /// What one container runs to set up several logins of a database: one after the other, each in a shell of its own, which finds its
    /// password by <see cref="PasswordVariable"/>. The first prepares the database for all.
    /// </summary>
    public static IReadOnlyList<string> CommandOf(IReadOnlyList<DatabaseGrant> grants) =>
    [
        .. grants[0].Command.SkipLast(1),
        string.Concat(grants.Select((grant, index) => $"""
            (
            export {LoginPassword}="${grant.PasswordVariable}"
            {(grant with { Prepares = index == 0 }).Command[^1]}
            )

            """)),
    ];

    /// <summary>The official image with an engine's client.</summary>
    internal static PinnedImage ClientOf(DatabaseEngine engine) =>
        engine == DatabaseEngine.PostgreSql ? PinnedImage.PostgreSql : PinnedImage.MySql;

    /// <summary>
    /// The login of a consumer, the same on every server; at most 32 characters, which is what MySQL takes. Names of components hold no two
    /// hyphens in a row: no login for a part of a server is called as another consumer's.
    /// </summary>
    /// <param name="consumer">The consumer's name.</param>
    /// <param name="part">The component that is a part of the server; null for the server's own database.</param>
    public static string LoginOf(string consumer, string? part = null) => ShortName.Of(
        (part is null ? consumer : $"{consumer}--{part}").Replace('-', '_'),
        LongestUser - LoginEnding.Length,
        '_') + LoginEnding;

    // One transaction under a lock: grants of several consumers run at once and touch the same catalogue rows. psql reads the password
    // from the environment, so that it is in no process list.
    private string PostgreSql()
    {
        var (readers, writers, database) = (Group("_readers"), Group("_writers"), $"\"{Database}\"");
        var membership = Carries && Intent == Intent.Read
            ? $"""
              GRANT {readers}, {writers} TO {Login};
              ALTER ROLE {Login} IN DATABASE {database} RESET role;
              ALTER ROLE {Login} IN DATABASE {database} SET default_transaction_read_only = on;
              """
            : Intent == Intent.Write
            ? $"""
              REVOKE {readers} FROM {Login};
              GRANT {writers} TO {Login};
              ALTER ROLE {Login} IN DATABASE {database} SET role = '{writers}';
              """
            : $"""
              REVOKE {writers} FROM {Login};
              GRANT {readers} TO {Login};
              ALTER ROLE {Login} IN DATABASE {database} RESET role;
              """;
        var replication = Follows
            ? $"""
              DO $$
              BEGIN
                IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication') THEN
                  GRANT rds_replication TO {Login};
                ELSE
                  ALTER ROLE {Login} REPLICATION;
                END IF;
              END $$;

              """
            : "";
        var path = DatabaseContents.Complete(SearchPath);
        var searched = path.Count == 0
            ? "RESET search_path"
            : $"SET search_path = {string.Join(", ", path.Select(schema => $"\"{schema}\""))}";
        var schemas = string.Concat(SearchPath.Where(_ => Prepares).Select(schema => $"""
            CREATE SCHEMA IF NOT EXISTS "{schema}" AUTHORIZATION {writers};
            GRANT USAGE ON SCHEMA "{schema}" TO {readers};

            """));
        var extensions = string.Concat(
            Extensions.Where(_ => Prepares).Select(extension => $"CREATE EXTENSION IF NOT EXISTS \"{extension}\" SCHEMA public;\n"));
        return $"""
            export PGHOST="${Host}" PGPORT="${Port}" PGUSER="${AdminUsername}" PGPASSWORD="${AdminPassword}" PGDATABASE={Database}
            export PGCONNECT_TIMEOUT=15 PGOPTIONS="-c client_min_messages=error" PGSSLMODE=require
            if [ -n "${CertificateAuthority}" ]; then
              ca=$(mktemp)
              printf '%s\n' "${CertificateAuthority}" > "$ca"
              export PGSSLMODE={(VerifiesName ? "verify-full" : "verify-ca")} PGSSLROOTCERT="$ca"
            fi
            {Make()}exec psql --no-psqlrc --quiet --output /dev/null --set ON_ERROR_STOP=1 --single-transaction --file - <<'SQL'
            \getenv password {LoginPassword}
            SELECT pg_advisory_xact_lock(hashtext('grants'));
            DO $$
            DECLARE name text;
            BEGIN
              FOREACH name IN ARRAY ARRAY['{readers}', '{writers}', '{Login}'] LOOP
                IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN EXECUTE format('CREATE ROLE %I NOLOGIN', name); END IF;
              END LOOP;
            END $$;
            GRANT {readers}, {writers} TO CURRENT_USER;
            {extensions}REVOKE ALL ON DATABASE {database} FROM PUBLIC;
            GRANT CONNECT, TEMPORARY ON DATABASE {database} TO {readers};
            GRANT CONNECT, TEMPORARY, CREATE ON DATABASE {database} TO {writers};
            ALTER SCHEMA public OWNER TO {writers};
            REVOKE ALL ON SCHEMA public FROM PUBLIC;
            GRANT USAGE ON SCHEMA public TO {readers};
            ALTER DEFAULT PRIVILEGES FOR ROLE {writers} GRANT USAGE ON SCHEMAS TO {readers};
            ALTER DEFAULT PRIVILEGES FOR ROLE {writers} GRANT SELECT ON TABLES TO {readers};
            ALTER DEFAULT PRIVILEGES FOR ROLE {writers} GRANT SELECT ON SEQUENCES TO {readers};
            {schemas}{membership}
            ALTER ROLE {Login} IN DATABASE {database} {searched};
            {replication}ALTER ROLE {Login} LOGIN PASSWORD :'password';
            SQL

            """;
    }

    // Whoever sets up logins of the same database may make it at the same moment; where it is not there after all, nobody logs in to it.
    private string Make() => MadeFrom is null || !Prepares
        ? ""
        : $"""
          psql --no-psqlrc --quiet --dbname={MadeFrom} <<'SQL'
          SELECT 'CREATE DATABASE "{Database}"' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{Database}')\gexec
          SQL

          """;

    private string Group(string ending) => ShortName.Of(Database, LongestRole - ending.Length, '_') + ending;

    // The statements go through standard input, so that the password is in no process list; it is of letters and digits and needs no
    // quoting.
    private string MySql()
    {
        var user = $"'{Login}'@'%'";

        // The shell would take bare backticks for a command.
        var unescaped = $"\\`{Database}\\`";

        var made = MadeFrom is null || !Prepares ? "" : $"CREATE DATABASE IF NOT EXISTS {unescaped};\n";

        // In a grant, an underscore means any character (MySQL manual: GRANT statement).
        var database = unescaped.Replace("_", @"\_", StringComparison.Ordinal);
        var privileges = Intent == Intent.Write
            ? $"GRANT SELECT, {WriterPrivileges} ON {database}.* TO {user};"
            : Carries
            ? $"GRANT SELECT, {CarrierPrivileges} ON {database}.* TO {user};"
            : $"""
              GRANT SELECT ON {database}.* TO {user};
              REVOKE IF EXISTS {WriterPrivileges} ON {database}.* FROM {user};
              """;

        // Earlier versions granted it without the escape, which stays beside the other until it is taken back.
        if (database != unescaped) privileges = $"REVOKE IF EXISTS SELECT, {WriterPrivileges} ON {unescaped}.* FROM {user};\n{privileges}";
        var client = $"mysql --no-defaults --connect-timeout=15 $verify --host=\"${Host}\" --port=\"${Port}\" --user=\"${AdminUsername}\"";

        // Not every administrator may give it: the mover then says which routines it cannot read, and who may.
        var (run, more) = Carries && Intent == Intent.Read
            ? (client, $"""
              {client} <<SQL || echo 'The administrator has no right to show routines to others.' >&2
              GRANT SHOW_ROUTINE ON *.* TO {user};
              SQL

              """)
            : ($"exec {client}", "");
        return $"""
            export MYSQL_PWD="${AdminPassword}"
            verify=--ssl-mode=REQUIRED
            if [ -n "${CertificateAuthority}" ]; then
              ca=$(mktemp)
              printf '%s\n' "${CertificateAuthority}" > "$ca"
              verify="--ssl-mode={(VerifiesName ? "VERIFY_IDENTITY" : "VERIFY_CA")} --ssl-ca=$ca"
            fi
            {run} <<SQL
            {made}CREATE USER IF NOT EXISTS {user} IDENTIFIED BY '${LoginPassword}' REQUIRE SSL;
            ALTER USER {user} IDENTIFIED BY '${LoginPassword}' REQUIRE SSL;
            {privileges}
            SQL
            {more}
            """;
    }
}
