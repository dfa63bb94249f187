namespace Infra.Components.Databases;

/// <summary>
/// Restores a dump of one PostgreSQL in another, in one transaction that is ended only once both hold the same: whoever is stopped on the
/// way, or finds a difference, leaves nothing behind. Nothing is written to a disk on the way, and the copy that is left is only read. What
/// is made belongs to whom the login acts for. Containers find the two by the variables of links with the prefixes
/// <see cref="DatabaseMover.Source"/> and <see cref="DatabaseMover.Target"/>.
/// </summary>
internal static class PostgreSqlMove
{
    /// <summary>The schema of the copy that is filled in which it is written down what was brought.</summary>
    public const string Marker = "carried_over";

    /// <summary>What sessions of movers are called.</summary>
    internal const string Name = "database-mover";

    // What a row looks like as text may not depend on who asks. Nobody but the two servers ends a session. The context of an error, which
    // holds rows, is none of a log's business.
    private const string Session =
        "-c client_min_messages=error -c search_path=pg_catalog -c timezone=UTC -c datestyle=ISO -c intervalstyle=postgres "
        + "-c extra_float_digits=1 -c bytea_output=hex -c statement_timeout=0 -c lock_timeout=0 "
        + "-c idle_in_transaction_session_timeout=0";

    // Objects that an extension brought are its own matter.
    internal const string Owned =
        "NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = c.oid AND deptype = 'e')";

    internal const string Seen =
        $"n.nspname <> 'information_schema' AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> '{Marker}'";

    /// <summary>The functions of scripts that know two copies: they connect, wait for writers, and compare.</summary>
    internal static string Functions { get; } = $$"""
        work=$(mktemp -d)
        say() { printf '%s\n' "$*" >&2; }
        connection="keepalives_idle=30 keepalives_interval=10 keepalives_count=3 tcp_user_timeout=60000"
        for side in {{DatabaseMover.Source}} {{DatabaseMover.Target}}; do
          authority="${side}_CA"
          if [ -n "${!authority}" ]; then printf '%s\n' "${!authority}" > "$work/$side"; fi
        done
        at() {
          local side=$1
          shift
          local host="${side}_HOST" port="${side}_PORT" database="${side}_DATABASE" user="${side}_USERNAME" password="${side}_PASSWORD"
          local mode="${side}_TLS_MODE"
          PGHOST="${!host}" PGPORT="${!port}" PGDATABASE="${!database}" PGUSER="${!user}" PGPASSWORD="${!password}" \
            PGSSLMODE="${!mode}" PGSSLROOTCERT="$work/$side" PGCONNECT_TIMEOUT=15 PGAPPNAME={{Name}} PGCLIENTENCODING=UTF8 \
            PGOPTIONS="{{Session}}" "$@"
        }
        client() {
          at "$1" psql --dbname="$connection" --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 \
            --set SHOW_CONTEXT=never "${@:2}"
        }
        contents() {
          cat <<'SQL'
        SELECT format('SELECT %L, count(*), coalesce(sum(hashtextextended(carried_row::text, 0)), 0) FROM ONLY %I.%I AS carried_row',
            'table ' || quote_ident(nspname) || '.' || quote_ident(relname), nspname, relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
          WHERE relkind = 'r' AND {{Seen}} AND {{Owned}}
          ORDER BY nspname COLLATE "C", relname COLLATE "C" \gexec
        SELECT format('SELECT %L, last_value, is_called FROM %I.%I',
            'sequence ' || quote_ident(nspname) || '.' || quote_ident(relname), nspname, relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
          WHERE relkind = 'S' AND {{Seen}} AND {{Owned}}
          ORDER BY nspname COLLATE "C", relname COLLATE "C" \gexec
        SELECT 'large objects', count(*), coalesce(sum(hashtextextended(oid::text || ' ' || md5(lo_get(oid)), 0)), 0)
          FROM pg_largeobject_metadata;
        SELECT 'encoding ' || pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database();
        SELECT 'extension ' || extname FROM pg_extension WHERE extname <> 'plpgsql';
        SELECT 'relation ' || relkind::text || ' ' || quote_ident(nspname) || '.' || quote_ident(relname) || ' '
            || relreplident::text || relispopulated::text || relrowsecurity::text || relispartition::text
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind <> 'i' AND {{Seen}} AND {{Owned}};
        SELECT 'index ' || quote_ident(nspname) || '.' || quote_ident(relname) || ' ' || indisunique::text || indisvalid::text
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_index ON indexrelid = c.oid WHERE {{Seen}} AND {{Owned}};
        SELECT 'column ' || quote_ident(nspname) || '.' || quote_ident(relname) || '.' || quote_ident(attname) || ' '
            || format_type(atttypid, atttypmod) || ' ' || attnotnull::text || ' ' || attidentity::text || attgenerated::text
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_attribute ON attrelid = c.oid
          WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'c') AND attnum > 0 AND NOT attisdropped AND {{Seen}} AND {{Owned}};
        SELECT 'constraint ' || quote_ident(nspname) || '.' || quote_ident(relname) || ' ' || quote_ident(conname) || ' '
            || contype::text || convalidated::text || condeferrable::text
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_constraint ON conrelid = c.oid
          WHERE contype <> 'n' AND {{Seen}} AND {{Owned}};
        SELECT 'trigger ' || quote_ident(nspname) || '.' || quote_ident(relname) || ' ' || quote_ident(tgname) || ' ' || tgenabled::text
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_trigger ON tgrelid = c.oid
          WHERE NOT tgisinternal AND {{Seen}} AND {{Owned}};
        SELECT 'policy ' || quote_ident(nspname) || '.' || quote_ident(relname) || ' ' || quote_ident(polname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace JOIN pg_policy ON polrelid = c.oid WHERE {{Seen}};
        SELECT 'function ' || quote_ident(nspname) || '.' || quote_ident(proname) || '(' || pg_get_function_identity_arguments(p.oid)
            || ') ' || md5(prosrc)
          FROM pg_proc p JOIN pg_namespace n ON n.oid = pronamespace
          WHERE {{Seen}}
            AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = p.oid AND deptype IN ('e', 'i'));
        SELECT 'label ' || format_type(enumtypid, NULL) || ' ' || enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid
          JOIN pg_namespace n ON n.oid = typnamespace WHERE {{Seen}};
        SQL
        }
        same() {
          # What the two hold, without what is left out, and without extensions that only the second has.
          LC_ALL=C sort "$1" | grep -v "$3" > "$work/first" || true
          LC_ALL=C sort "$2" | grep -v "$3" > "$work/second" || true
          LC_ALL=C comm -23 "$work/first" "$work/second" > "$work/missing"
          LC_ALL=C comm -13 "$work/first" "$work/second" | grep -v '^extension ' > "$work/added" || true
          if [ ! -s "$work/missing" ] && [ ! -s "$work/added" ]; then return 0; fi
          say "The two copies differ (of tables: rows, sum of their hashes). In the copy that is left, at most 20 lines:"
          head -n 20 "$work/missing" | sed 's/^/  /' >&2
          say "In the copy that is filled:"
          head -n 20 "$work/added" | sed 's/^/  /' >&2
          return 1
        }
        writers() {
          client "$1" --command "
            SELECT string_agg(who, ', ') FROM (
              SELECT usename || ' (' || count(*) || ')' AS who
                FROM pg_stat_activity JOIN pg_roles ON pg_roles.oid = usesysid
                WHERE datname = current_database() AND application_name <> '{{Name}}' AND NOT rolsuper
                  AND pg_has_role(usesysid, (SELECT nspowner FROM pg_namespace WHERE nspname = 'public'), 'MEMBER')
                GROUP BY usename
              UNION ALL SELECT 'prepared transaction ' || gid FROM pg_prepared_xacts WHERE database = current_database()) AS sessions"
        }
        quiet() {
          local until=$((SECONDS + ${{{DatabaseMover.QuietSeconds}}} + 60)) present
          while :; do
            present=$(writers "$1")
            if [ -z "$present" ]; then return 0; fi
            if [ "$SECONDS" -ge "$until" ]; then
              say "There are still sessions on ${1,,} that may write to it: $present."
              say "Stop them, or end what they do with pg_terminate_backend, and update again: nothing was changed."
              return 1
            fi
            sleep 1
          done
        }

        replaceable() {
          # Whether what the copy that is filled holds is nothing, or what a mover brought and nobody touched since.
          local standing
          standing=$(client {{DatabaseMover.Target}} --command "{{Standing}}")
          case "$standing" in
            used)
              say "The copy that is filled holds tables that no mover brought: they are left alone."
              say "Where they may go, drop them by hand, and update again."
              return 1 ;;
            brought)
              contents | client {{DatabaseMover.Target}} --field-separator ' ' > "$work/before"
              client {{DatabaseMover.Target}} --command 'SELECT line FROM {{Marker}}.contents' > "$work/kept"
              if ! same "$work/kept" "$work/before" '^extension '; then
                say "Somebody wrote to the copy that is filled since it was: it may hold what is newer, and is left alone."
                say "Where that may go, drop the schema {{Marker}} and all tables by hand, and update again."
                return 1
              fi ;;
          esac
        }
        dump() {
          at {{DatabaseMover.Source}} pg_dump --dbname="$connection" --snapshot="$1" --no-owner --no-privileges --no-publications \
            --no-subscriptions --no-security-labels --no-tablespaces --lock-wait-timeout=60000 --exclude-schema={{Marker}} \
            | LC_ALL=C awk -v made=PGDMP -v known= "$filter"
        }

        """ + DumpFile.Program("filter", PostgreSqlLoad.Filter);

    // What stands in the copy that is filled, and whether it may be replaced: 'empty', 'brought' when the mover did it, 'used' otherwise.
    private const string Standing = $"""
        SELECT CASE
          WHEN to_regclass('{Marker}.contents') IS NOT NULL THEN 'brought'
          WHEN EXISTS (
            SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind IN ('r', 'p', 'm', 'v', 'f', 'S') AND {Seen} AND {Owned}) THEN 'used'
          ELSE 'empty'
        END
        """;

    // The schema public cannot go, because extensions are in it. Whatever depends on what has gone went with it.
    internal const string Wipe = $$"""
        DO $wipe$
        DECLARE
          gone record;
        BEGIN
          FOR attempt IN 1..60 LOOP
            EXIT WHEN pg_try_advisory_xact_lock(hashtext('{{Marker}}'));
            IF attempt = 60 THEN
              RAISE EXCEPTION 'Another mover is at work in this database: let it end, or stop it.';
            END IF;
            PERFORM pg_sleep(1);
          END LOOP;
          FOR gone IN
            SELECT nspname FROM pg_namespace n
              WHERE nspowner = current_user::regrole AND nspname <> 'public'
                AND (nspname = '{{Marker}}' OR EXISTS (SELECT FROM pg_class WHERE relnamespace = n.oid)
                  OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = n.oid) OR EXISTS (SELECT FROM pg_type WHERE typnamespace = n.oid))
          LOOP
            EXECUTE format('DROP SCHEMA %I CASCADE', gone.nspname);
          END LOOP;
          FOR gone IN
            SELECT classid, objid FROM pg_depend d
              WHERE refclassid = 'pg_namespace'::regclass AND refobjid = 'public'::regnamespace AND deptype = 'n'
                AND classid <> 'pg_extension'::regclass
                AND NOT EXISTS (
                  SELECT FROM pg_depend e
                    WHERE e.classid = d.classid AND e.objid = d.objid AND e.deptype IN ('e', 'i')
                      AND (e.refclassid, e.refobjid) <> (d.classid, d.objid))
          LOOP
            SELECT type, identity INTO gone FROM pg_identify_object(gone.classid, gone.objid, 0);
            IF gone.identity IS NOT NULL AND gone.type NOT IN ('default acl') THEN
              EXECUTE format('DROP %s IF EXISTS %s CASCADE', gone.type, gone.identity);
            END IF;
          END LOOP;
          PERFORM lo_unlink(oid) FROM pg_largeobject_metadata WHERE lomowner = current_user::regrole;
        END $wipe$;
        """;

    // psql holds a snapshot of the copy that is left and, while the dump of the same snapshot runs, works out what it holds. The one that
    // restores is given the end of its transaction only when both are known: what fails before ends the script that it reads, and with it
    // the transaction. Errors do not end a part of a pipeline by themselves where its result is asked for.
    private static readonly string Copy = $$"""
        copy() {
          local ending=$1 ignored=$2 started=$SECONDS
          rm -f "$work"/{after,snapshot}*
          replaceable
          coproc snapshot {
            client {{DatabaseMover.Source}} --field-separator ' ' --file - 2> "$work/snapshot.error"
          }
          local holder=$snapshot_PID
          printf 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;\nSELECT pg_export_snapshot();\n' >&"${snapshot[1]}"
          local name
          if ! read -r name <&"${snapshot[0]}"; then
            cat "$work/snapshot.error" >&2
            return 1
          fi
          {
            printf '\\o %s/after.source.part\n' "$work"
            contents
            printf '\\o\n\\! mv %s/after.source.part %s/after.source\n' "$work" "$work"
          } >&"${snapshot[1]}"
          {
            printf 'BEGIN;\n'
            cat <<'SQL'
        {{Wipe}}
        SQL
            dump "$name" || exit 1
            printf '\\echo restored\n'
            printf 'SET search_path = pg_catalog;\n\\o %s/after.target.part\n' "$work"
            contents
            printf '\\o\n\\! mv %s/after.target.part %s/after.target\n' "$work" "$work"
            while [ ! -e "$work/after.target" ] || [ ! -e "$work/after.source" ]; do
              if ! kill -0 "$holder" 2> "$work/none" && [ ! -e "$work/after.source" ]; then
                cat "$work/snapshot.error" >&2
                exit 1
              fi
              sleep 0.1
              printf '\n' || exit 1
            done
            same "$work/after.source" "$work/after.target" "$ignored" || exit 1
            if [ "$ending" = COMMIT ]; then
              local late
              late=$(writers {{DatabaseMover.Source}}) || exit 1
              if [ -n "$late" ]; then
                say "Meanwhile somebody came who may write to the copy that is left: $late. Stop them, and update again."
                exit 1
              fi
              printf 'CREATE SCHEMA {{Marker}};\nCREATE TABLE {{Marker}}.contents (line text NOT NULL);\n'
              printf "\\\\copy {{Marker}}.contents FROM '%s/after.target' WITH (FORMAT csv, DELIMITER E'\\\\x01', QUOTE E'\\\\x02')\n" "$work"
            fi
            printf '%s;\n' "$ending"
          } | client {{DatabaseMover.Target}} --field-separator ' ' --file - > "$work/restored" || {
            local failed=$?
            kill "$holder" 2> "$work/none" || true
            wait "$holder" 2> "$work/none" || true
            return "$failed"
          }
          kill "$holder" 2> "$work/none" || true
          wait "$holder" 2> "$work/none" || true
          say "Copied and compared $(grep -c '^table ' "$work/after.target" || true) tables in $((SECONDS - started)) seconds."
        }

        """;

    /// <summary>What the job runs that copies while nobody writes.</summary>
    public static IReadOnlyList<string> Command { get; } = DumpFile.Command(Functions + Copy + """
        failed() {
          status=$?
          rm -rf "$work"
          if [ "$status" -ne 0 ]; then
            say "The database was not moved, and the copy that is filled is as it was. What is wrong stands above; then update again."
          fi
        }
        trap failed EXIT
        quiet SOURCE
        copy COMMIT '^$'
        client TARGET --command ANALYZE > "$work/none" || say "Statistics were not gathered: the server does it by itself."
        say "The new copy holds what the old one does."

        """);

    /// <summary>What the worker runs that does the same while the old copy serves, and keeps nothing of it.</summary>
    public static IReadOnlyList<string> Rehearsal { get; } = DumpFile.Command(Functions + Copy + """
        trap 'rm -rf "$work"' EXIT
        trap 'exit 143' TERM INT
        while :; do
          (copy ROLLBACK '^sequence ') &
          if wait $!; then break; fi
          say "The rehearsal failed: what is wrong stands above. It is repeated in 15 minutes."
          sleep 900 & wait $!
        done
        say "The rehearsal succeeded, and nothing of it was kept. That long it takes while nobody may write."
        sleep infinity & wait $!

        """);
}
