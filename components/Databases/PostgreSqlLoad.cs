namespace Infra.Components.Databases;

/// <summary>
/// Loads a dump of <c>pg_dump</c> into a database of PostgreSQL that is empty: in one transaction with the mark that it was, so that
/// whoever is stopped on the way leaves nothing behind. What it makes belongs to whom the login acts for, and neither owners nor privileges
/// of the dump are taken over. The container knows the database by the variables of a link with the prefix <c>DATABASE</c>.
/// </summary>
internal static class PostgreSqlLoad
{
    // Every table has a lock until the transaction ends, of which a server has 64 for each of its connections (PostgreSQL documentation:
    // max_locks_per_transaction), and statistics come after it, because consumers can do without them.
    private const string Main = $$"""
        printf '%s\n' "$DATABASE_CA" > "$work/ca"
        export PGHOST="$DATABASE_HOST" PGPORT="$DATABASE_PORT" PGDATABASE="$DATABASE_DATABASE" PGUSER="$DATABASE_USERNAME"
        export PGPASSWORD="$DATABASE_PASSWORD" PGSSLMODE="$DATABASE_TLS_MODE" PGCONNECT_TIMEOUT=15
        export PGOPTIONS="-c client_min_messages=error"
        if [ -n "$DATABASE_CA" ]; then export PGSSLROOTCERT="$work/ca"; fi
        client() { psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$@"; }
        state=$(client --command "
          SELECT CASE
            WHEN to_regnamespace('{{DumpFile.Marker}}') IS NOT NULL THEN 'loaded'
            WHEN EXISTS (
              SELECT FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
              WHERE nspname <> 'information_schema' AND left(nspname, 3) <> 'pg_' AND relkind IN ('r', 'p', 'm', 'v', 'f', 'S')
                AND NOT EXISTS (
                  SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')) THEN 'used'
            ELSE 'empty'
          END")
        case "$state" in
          loaded)
            say "The database $PGDATABASE was loaded from a dump before: nothing is to be done."
            exit 0 ;;
          used)
            say "The database $PGDATABASE holds tables that no dump brought: it is left alone, and beginsFrom has no effect."
            exit 0 ;;
        esac
        check_file
        kind=$( (unpacked | head -c 5 | tr -cd 'A-Z') 2> /dev/null || true)
        statements() {
          if [ "$kind" = PGDMP ]; then
            unpacked | pg_restore --no-owner --no-privileges --no-publications --no-subscriptions --no-security-labels --no-tablespaces \
              --file=-
          else
            unpacked
          fi
        }
        {
          cat <<'SQL'
        BEGIN;
        SELECT FROM pg_advisory_xact_lock(hashtext('{{DumpFile.Marker}}'));
        DO $$
        BEGIN
          IF to_regnamespace('{{DumpFile.Marker}}') IS NOT NULL THEN
            RAISE EXCEPTION 'The database was loaded by somebody else in the meantime.';
          END IF;
        END $$;
        SQL
          statements | LC_ALL=C awk -v made="$kind" -v known="${{DumpFile.Sha256}}" "$filter"
          cat <<'SQL'
        CREATE SCHEMA {{DumpFile.Marker}};
        COMMENT ON SCHEMA {{DumpFile.Marker}} IS 'The database began from a dump, and never loads one again while this is here.';
        COMMIT;
        SQL
        } | client --output /dev/null --file -
        client --output /dev/null --command ANALYZE || say "Statistics were not gathered: the server does it by itself."
        say "The dump ${{DumpFile.Path}} is loaded."

        """;

    // Data, which stand between COPY and a line of \., are passed on as they are. Of a plain dump nothing is known but that it is SQL: it
    // may not end the transaction, nor let the client run commands. Large objects have a transaction of their own in what pg_dump writes.
    internal const string Filter = """
        function refuse(why) { print why > "/dev/stderr"; refused = 1; exit 3 }
        function demand() {
          if (needed == "") return
          print "DO $load$ DECLARE missing text; BEGIN " \
            "SELECT string_agg(name, \047, \047) INTO missing FROM unnest(ARRAY[" needed "]) name " \
            "WHERE NOT EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = name); IF missing IS NOT NULL THEN RAISE EXCEPTION " \
            "\047The dump needs extensions that the database lacks: %. Add them to its extensions, and update again.\047, missing; " \
            "END IF; END $load$;"
          needed = ""
        }
        copying { print; if ($0 == "\\.") copying = 0; next }
        /^COPY .* FROM stdin;$/ { copying = 1; print; next }
        /^-- PostgreSQL database dump complete/ { complete = 1 }
        /^-- (Data for )?Name: / { objects = /^-- Data for Name: .*; Type: BLOBS; / }
        objects && /^(BEGIN|COMMIT);$/ { next }
        /^CREATE EXTENSION / {
          name = $0
          sub(/^CREATE EXTENSION (IF NOT EXISTS )?/, "", name)
          sub(/( WITH SCHEMA .*)?;$/, "", name)
          gsub(/"/, "", name)
          if (name != "plpgsql") needed = needed (needed == "" ? "" : ", ") "\047" name "\047"
          next
        }
        /^(ALTER|COMMENT ON|DROP) EXTENSION / { next }
        /^(CREATE|ALTER|COMMENT ON|DROP) SCHEMA (IF EXISTS )?"?public"?[ ;]/ { next }
        /^CREATE SCHEMA / && !/ IF NOT EXISTS / { sub(/^CREATE SCHEMA /, "CREATE SCHEMA IF NOT EXISTS "); print; next }
        /^SET transaction_timeout = / { next }
        made != "PGDMP" {
          if (/^\\/ && !/^\\(un)?restrict /)
            refuse("The dump holds the command " $1 " of psql: make it of one database by pg_dump, without --create, or by pg_dump -Fc.")
          if (/^(BEGIN|START TRANSACTION|COMMIT|ROLLBACK|ABORT)( .*)?;$/)
            refuse("The dump begins or ends transactions itself (" $0 "): make it by pg_dump -Fc.")
          if (/^(CREATE|ALTER) (PUBLICATION|SUBSCRIPTION) .*;$/) next
          if (/^ALTER .* OWNER TO .*;$/ || /^(GRANT|REVOKE|ALTER DEFAULT PRIVILEGES) .*;$/ || /^SET SESSION AUTHORIZATION .*;$/) next
        }
        /^CREATE / { demand() }
        { print }
        END {
          if (refused) exit 3
          if (copying || !(complete || known != "")) {
            print "The dump has no end: it was cut off, or its comments were left out, and then beginsFrom must say its sha256." \
              > "/dev/stderr"
            exit 3
          }
          demand()
        }
        """;

    /// <summary>What the container runs.</summary>
    public static IReadOnlyList<string> Command { get; } =
        DumpFile.Command(DumpFile.Functions + DumpFile.Program("filter", Filter) + Main);
}
