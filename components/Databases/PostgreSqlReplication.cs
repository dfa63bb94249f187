namespace Infra.Components.Databases;

/// <summary>
/// Follows what is written to one PostgreSQL in another, by logical decoding with the output plugin that every server has. What is decoded
/// is applied by functions in the copy that is filled, with how far that is in the same transaction: whoever is stopped, at whatever
/// moment, loses nothing and applies nothing twice. Servers need no way to each other, and nobody needs to be a superuser. While a copy is
/// filled its triggers are off, and its foreign keys are checked at the end of transactions.
/// <para>
/// How far it has come stands in the copy on the new cloud: <c>following</c> while the old one serves, <c>ready</c> once both hold the same
/// and both begin to be listened to at that moment, <c>returning</c> while the new one serves, <c>handing back</c> when that is undone.
/// </para>
/// </summary>
internal static class PostgreSqlReplication
{
    /// <summary>The variable that says whether the worker that carries back may begin to: <c>yes</c> or <c>no</c>.</summary>
    public const string Serves = "NEW_COPY_SERVES";

    private const string Marker = PostgreSqlMove.Marker;

    // PostgreSQL documentation: logical replication message formats, of which version 1 sends transactions whole and in the order in which
    // they were committed. Columns that are always generated as identities cannot be set, and are left out where they do not change.
    private const string Install = $$"""
        CREATE SCHEMA IF NOT EXISTS {{Marker}};
        CREATE TABLE IF NOT EXISTS {{Marker}}.progress (
          one bool PRIMARY KEY DEFAULT true CHECK (one), phase text NOT NULL, position pg_lsn NOT NULL DEFAULT '0/0');
        CREATE TABLE IF NOT EXISTS {{Marker}}.changed (undo text NOT NULL);
        CREATE OR REPLACE FUNCTION {{Marker}}.number(data bytea, place int) RETURNS bigint LANGUAGE sql IMMUTABLE AS $number$
          SELECT get_byte(data, place) * 16777216::bigint + get_byte(data, place + 1) * 65536 + get_byte(data, place + 2) * 256
            + get_byte(data, place + 3)
        $number$;
        CREATE OR REPLACE FUNCTION {{Marker}}.tuple(data bytea, INOUT place int, OUT given text[], OUT kinds text[])
          LANGUAGE plpgsql IMMUTABLE AS $tuple$
        DECLARE
          columns int := get_byte(data, place) * 256 + get_byte(data, place + 1);
          kind text;
          length int;
        BEGIN
          place := place + 2;
          given := ARRAY[]::text[];
          kinds := ARRAY[]::text[];
          FOR n IN 1..columns LOOP
            kind := chr(get_byte(data, place));
            place := place + 1;
            kinds := kinds || kind;
            IF kind = 't' THEN
              length := {{Marker}}.number(data, place);
              given := given || convert_from(substring(data FROM place + 5 FOR length), 'UTF8');
              place := place + 4 + length;
            ELSE
              given := given || NULL::text;
            END IF;
          END LOOP;
        END $tuple$;
        CREATE OR REPLACE FUNCTION {{Marker}}.relation(data bytea) RETURNS void
          LANGUAGE plpgsql SET search_path = pg_catalog, public AS $relation$
        DECLARE
          place int := 5;
          stop int;
          space text;
          name text;
          columns text[] := ARRAY[]::text[];
          keys bool[] := ARRAY[]::bool[];
          fixed bool[] := ARRAY[]::bool[];
          full_row bool;
          number int;
        BEGIN
          stop := position('\x00'::bytea IN substring(data FROM place + 1));
          space := convert_from(substring(data FROM place + 1 FOR stop - 1), 'UTF8');
          place := place + stop;
          stop := position('\x00'::bytea IN substring(data FROM place + 1));
          name := convert_from(substring(data FROM place + 1 FOR stop - 1), 'UTF8');
          place := place + stop;
          full_row := chr(get_byte(data, place)) = 'f';
          number := get_byte(data, place + 1) * 256 + get_byte(data, place + 2);
          place := place + 3;
          FOR n IN 1..number LOOP
            keys := keys || (get_byte(data, place) = 1);
            stop := position('\x00'::bytea IN substring(data FROM place + 2));
            columns := columns || convert_from(substring(data FROM place + 2 FOR stop - 1), 'UTF8');
            place := place + 1 + stop + 8;
          END LOOP;
          SELECT coalesce(array_agg(EXISTS (
              SELECT FROM pg_attribute
                WHERE attrelid = format('%I.%I', space, name)::regclass AND attname = wanted AND attidentity = 'a') ORDER BY n), fixed)
            INTO fixed FROM unnest(columns) WITH ORDINALITY AS listed (wanted, n);
          DELETE FROM pg_temp.relations WHERE id = {{Marker}}.number(data, 1);
          INSERT INTO pg_temp.relations
            SELECT {{Marker}}.number(data, 1), format('%I.%I', space, name),
              coalesce((SELECT array_agg(quote_ident(wanted) ORDER BY n) FROM unnest(columns) WITH ORDINALITY AS listed (wanted, n)), columns),
              keys, fixed, full_row;
        END $relation$;
        CREATE OR REPLACE FUNCTION {{Marker}}.apply() RETURNS pg_lsn
          LANGUAGE plpgsql SET search_path = pg_catalog, public AS $apply$
        DECLARE
          change record;
          relation record;
          data bytea;
          kind text;
          part record;
          old_given text[];
          new_given text[];
          new_kinds text[];
          found_by text[];
          sets text;
          condition text;
          rows bigint;
          place int;
          reached pg_lsn;
          last pg_lsn;
        BEGIN
          SELECT position INTO reached FROM {{Marker}}.progress FOR UPDATE;
          last := reached;
          SET CONSTRAINTS ALL DEFERRED;
          CREATE TEMP TABLE relations (id bigint PRIMARY KEY, name text, columns text[], keys bool[], fixed bool[], full_row bool)
            ON COMMIT DROP;
          FOR change IN
            SELECT b.data, e.ended FROM pg_temp.batch b
              LEFT JOIN (
                SELECT xid, (encode(substring(c.data FROM 11 FOR 4), 'hex') || '/' || encode(substring(c.data FROM 15 FOR 4), 'hex'))::pg_lsn
                    AS ended
                  FROM pg_temp.batch c WHERE get_byte(c.data, 0) = ascii('C')) e USING (xid)
              ORDER BY b.n
          LOOP
            data := change.data;
            kind := chr(get_byte(data, 0));
            IF kind = 'R' THEN PERFORM {{Marker}}.relation(data); END IF;
            CONTINUE WHEN change.ended IS NULL OR change.ended <= reached OR kind NOT IN ('I', 'U', 'D', 'T', 'C');
            IF kind = 'C' THEN
              last := greatest(last, change.ended);
              CONTINUE;
            END IF;
            IF kind = 'T' THEN
              -- What is checked at the end of the transaction stands in the way.
              SET CONSTRAINTS ALL IMMEDIATE;
              SET CONSTRAINTS ALL DEFERRED;
              SELECT string_agg('ONLY ' || name, ', ') INTO sets FROM pg_temp.relations
                WHERE id IN (SELECT {{Marker}}.number(data, 6 + 4 * n) FROM generate_series(0, {{Marker}}.number(data, 1)::int - 1) n);
              EXECUTE 'TRUNCATE ' || sets || CASE WHEN get_byte(data, 5) & 2 = 2 THEN ' RESTART IDENTITY' ELSE '' END;
              CONTINUE;
            END IF;
            SELECT * INTO STRICT relation FROM pg_temp.relations WHERE id = {{Marker}}.number(data, 1);
            place := 6;
            old_given := NULL;
            IF chr(get_byte(data, 5)) IN ('K', 'O') THEN
              SELECT * INTO part FROM {{Marker}}.tuple(data, place);
              old_given := part.given;
              place := part.place + 1;
            END IF;
            IF kind IN ('I', 'U') THEN
              SELECT * INTO part FROM {{Marker}}.tuple(data, place);
              new_given := part.given;
              new_kinds := part.kinds;
            END IF;
            IF kind = 'I' THEN
              IF cardinality(relation.columns) = 0 THEN
                EXECUTE 'INSERT INTO ' || relation.name || ' DEFAULT VALUES';
              ELSE
                EXECUTE format('INSERT INTO %s (%s) OVERRIDING SYSTEM VALUE VALUES (%s)', relation.name,
                  array_to_string(relation.columns, ', '),
                  (SELECT string_agg(quote_nullable(value), ', ' ORDER BY n) FROM unnest(new_given) WITH ORDINALITY AS v (value, n)));
              END IF;
              CONTINUE;
            END IF;
            found_by := coalesce(old_given, new_given);
            IF relation.full_row THEN
              SELECT string_agg(CASE WHEN found_by[n] IS NULL THEN format('%s IS NOT DISTINCT FROM NULL', relation.columns[n])
                  ELSE format('%1$s IS DISTINCT FROM NULL AND format(''%%s'', %1$s) = %2$L', relation.columns[n], found_by[n]) END, ' AND ')
                INTO condition FROM generate_subscripts(relation.columns, 1) n;
              condition := format('ctid = (SELECT ctid FROM ONLY %s WHERE %s LIMIT 1)', relation.name, condition);
            ELSE
              SELECT string_agg(format('%s = %L', relation.columns[n], found_by[n]), ' AND ')
                INTO condition FROM generate_subscripts(relation.columns, 1) n WHERE relation.keys[n];
            END IF;
            IF kind = 'D' THEN
              -- A foreign key may have deleted it already, together with what it refers to.
              EXECUTE format('DELETE FROM ONLY %s WHERE %s', relation.name, condition);
              CONTINUE;
            END IF;
            SELECT string_agg(format('%s = %L', relation.columns[n], new_given[n]), ', ') INTO sets
              FROM generate_subscripts(relation.columns, 1) n WHERE new_kinds[n] <> 'u' AND NOT relation.fixed[n];
            IF sets IS NOT NULL THEN
              EXECUTE format('UPDATE ONLY %s SET %s WHERE %s', relation.name, sets, condition);
              GET DIAGNOSTICS rows = ROW_COUNT;
              IF rows <> 1 THEN
                RAISE EXCEPTION 'A row of % that was changed is not there (%): the copy was written to, or its schema was changed.',
                  relation.name, rows;
              END IF;
            END IF;
          END LOOP;
          UPDATE {{Marker}}.progress SET position = last;
          RETURN last;
        END $apply$;
        CREATE OR REPLACE FUNCTION {{Marker}}.open() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $open$
        DECLARE
          one record;
        BEGIN
          FOR one IN
            SELECT format('ALTER TABLE %I.%I DISABLE TRIGGER %I', nspname, relname, tgname) AS how,
                format('ALTER TABLE %I.%I ENABLE %s TRIGGER %I', nspname, relname,
                  CASE tgenabled WHEN 'A' THEN 'ALWAYS' WHEN 'R' THEN 'REPLICA' ELSE '' END, tgname) AS undo
              FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid JOIN pg_namespace n ON n.oid = relnamespace
              WHERE NOT tgisinternal AND tgenabled <> 'D' AND relkind IN ('r', 'p') AND {{PostgreSqlMove.Seen}}
            UNION ALL
            SELECT format('ALTER TABLE %I.%I DISABLE RULE %I', nspname, relname, rulename),
                format('ALTER TABLE %I.%I ENABLE RULE %I', nspname, relname, rulename)
              FROM pg_rewrite JOIN pg_class c ON c.oid = ev_class JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind IN ('r', 'p') AND ev_enabled = 'O' AND {{PostgreSqlMove.Seen}}
            UNION ALL
            SELECT format('ALTER TABLE %I.%I ALTER CONSTRAINT %I DEFERRABLE INITIALLY DEFERRED', nspname, relname, conname),
                format('ALTER TABLE %I.%I ALTER CONSTRAINT %I %s', nspname, relname, conname,
                  CASE WHEN condeferrable THEN 'DEFERRABLE INITIALLY IMMEDIATE' ELSE 'NOT DEFERRABLE' END)
              FROM pg_constraint JOIN pg_class c ON c.oid = conrelid JOIN pg_namespace n ON n.oid = relnamespace
              WHERE contype = 'f' AND conparentid = 0 AND NOT condeferred AND {{PostgreSqlMove.Seen}}
          LOOP
            EXECUTE one.how;
            INSERT INTO {{Marker}}.changed VALUES (one.undo);
          END LOOP;
        END $open$;
        CREATE OR REPLACE FUNCTION {{Marker}}.close() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog AS $close$
        DECLARE
          one record;
        BEGIN
          FOR one IN DELETE FROM {{Marker}}.changed RETURNING undo LOOP
            EXECUTE one.undo;
          END LOOP;
          FOR one IN
            SELECT format('REFRESH MATERIALIZED VIEW %I.%I', nspname, relname) AS how
              FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind = 'm' AND relispopulated AND {{PostgreSqlMove.Seen}} AND {{PostgreSqlMove.Owned}} ORDER BY c.oid
          LOOP
            EXECUTE one.how;
          END LOOP;
        END $close$;
        """;

    // What is not logged cannot be followed, and rows without a key are known by all that is in them.
    private const string Publish = $$"""
        DO $publish$
        DECLARE
          one record;
          listed text;
        BEGIN
          IF current_setting('wal_level') <> 'logical' THEN
            RAISE EXCEPTION 'wal_level is %; allowed: logical. Set followable to true, update, and restart the server.',
              current_setting('wal_level');
          END IF;
          SELECT string_agg(format('%I.%I', nspname, relname), ', ') INTO listed
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind = 'r' AND relpersistence = 'u' AND {{PostgreSqlMove.Seen}} AND {{PostgreSqlMove.Owned}};
          IF listed IS NOT NULL THEN
            RAISE EXCEPTION 'Unlogged tables cannot be followed: %. Let them be logged (ALTER TABLE … SET LOGGED), or move by dump.', listed;
          END IF;
          FOR one IN
            SELECT nspname, relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind = 'r' AND {{PostgreSqlMove.Seen}} AND {{PostgreSqlMove.Owned}} AND (relreplident = 'n' OR relreplident = 'd'
                AND NOT EXISTS (SELECT FROM pg_index WHERE indrelid = c.oid AND indisprimary))
          LOOP
            EXECUTE format('ALTER TABLE %I.%I REPLICA IDENTITY FULL', one.nspname, one.relname);
          END LOOP;
          SELECT string_agg(format('%I.%I', nspname, relname), ', ' ORDER BY c.oid) INTO listed
            FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
            WHERE relkind = 'r' AND {{PostgreSqlMove.Seen}} AND {{PostgreSqlMove.Owned}};
          IF NOT EXISTS (SELECT FROM pg_publication WHERE pubname = '{{Marker}}') THEN
            EXECUTE 'CREATE PUBLICATION {{Marker}}';
          END IF;
          IF listed IS NOT NULL THEN EXECUTE 'ALTER PUBLICATION {{Marker}} SET TABLE ' || listed; END IF;
        END $publish$
        """;

    private static readonly string Functions = PostgreSqlMove.Functions + $$"""
        suffix=$(printf %s "${{DatabaseMover.Source}}_DATABASE" | md5sum | head -c 8)
        over={{Marker}}_$suffix
        back=carried_back_$suffix
        changes() {
          # As the login itself, who alone has the right to slots, and writing where it says so.
          client "$1" --output "$work/none" --command "SET ROLE NONE" --command "SET default_transaction_read_only = off" \
            --command "SET lock_timeout = '10s'" --command "$2"
        }
        exists() { client "$1" --command "SELECT count(*) FROM pg_replication_slots WHERE slot_name = '$2' AND wal_status IS DISTINCT FROM 'lost'"; }
        forget() {
          changes "$1" "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '$2'"
        }
        version() { client "$1" --command 'SHOW server_version_num'; }
        listen() {
          # From version 17 on, it survives that a standby takes over.
          forget "$1" "$2"
          local number
          number=$(version "$1")
          if [ "$number" -ge 170000 ]; then
            changes "$1" "SELECT pg_create_logical_replication_slot('$2', 'pgoutput', failover => true)"
          else
            changes "$1" "SELECT pg_create_logical_replication_slot('$2', 'pgoutput')"
          fi
        }
        publish() {
          client "$1" --output "$work/none" --command "SET default_transaction_read_only = off" --command "SET lock_timeout = '10s'" \
            --file - <<'SQL'
        {{Publish}};
        SQL
        }
        install() {
          cat <<'SQL'
        {{Install}}
        SQL
        }
        phase() {
          client "$1" --command "SELECT to_regclass('{{Marker}}.progress') IS NOT NULL" > "$work/there"
          if [ "$(cat "$work/there")" = t ]; then client "$1" --command "SELECT phase FROM {{Marker}}.progress"; fi
        }
        enter() {
          client "$1" --output "$work/none" --command "SET default_transaction_read_only = off" \
            --command "UPDATE {{Marker}}.progress SET phase = '$2'"
        }
        pending() {
          # How many changes nobody fetched yet, of which one is enough to know.
          local there
          there=$(exists "$1" "$2")
          if [ "$there" = 0 ]; then
            echo 0
            return 0
          fi
          client "$1" --command "SET ROLE NONE" --command "SELECT count(*) FROM (
            SELECT FROM pg_logical_slot_peek_binary_changes('$2', NULL, 1, 'proto_version', '1', 'publication_names', '{{Marker}}')
              AS changes (lsn, xid, data) WHERE get_byte(data, 0) IN (68, 73, 84, 85) LIMIT 1) AS found"
        }
        cat > "$work/apply" <<'SQL'
        BEGIN;
        CREATE TEMP TABLE batch (n bigint GENERATED ALWAYS AS IDENTITY, lsn pg_lsn, xid xid, data bytea) ON COMMIT DROP;
        \copy pg_temp.batch (lsn, xid, data) FROM pstdin
        SELECT count(*) FROM pg_temp.batch;
        SELECT {{Marker}}.apply();
        COMMIT;
        SQL
        carry() {
          # A part of what was written to the first and is still to be applied to the second; $carried is how many messages that was.
          local before reached
          before=$(client "$1" --command "SELECT pg_current_wal_lsn()")
          client "$1" --command "COPY (
            SELECT lsn, xid, data FROM pg_logical_slot_peek_binary_changes('$3', NULL, 5000, 'proto_version', '1', 'publication_names',
              '{{Marker}}')) TO STDOUT" | client "$2" --file "$work/apply" > "$work/applied"
          { read -r carried; read -r reached; } < "$work/applied"
          if [ "$carried" = 0 ]; then reached=$before; fi
          client "$1" --output "$work/none" --command "SELECT pg_replication_slot_advance('$3', '$reached') FROM pg_replication_slots
            WHERE slot_name = '$3' AND confirmed_flush_lsn < '$reached'"
        }
        drain() {
          while :; do
            carry "$@"
            if [ "$carried" = 0 ]; then return 0; fi
          done
        }
        finish() {
          # What no log tells: sequences and large objects; then triggers and keys are as before.
          client "$2" --output "$work/none" --command 'SELECT {{Marker}}.close()'
          client "$1" --command "
            SELECT format('SELECT format(''SELECT setval(%%L, %%s, %%L);'', %L, last_value, is_called) FROM %I.%I',
                quote_ident(nspname) || '.' || quote_ident(relname), nspname, relname)
              FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace
              WHERE relkind = 'S' AND {{PostgreSqlMove.Seen}} AND {{PostgreSqlMove.Owned}}" > "$work/sequences"
          sed 's/$/;/' "$work/sequences" | client "$1" --file - | client "$2" --output "$work/none" --file -
          for side in "$1" "$2"; do
            client "$side" --command "SELECT oid || ' ' || md5(lo_get(oid)) FROM pg_largeobject_metadata" \
              | LC_ALL=C sort > "$work/objects.$side"
          done
          LC_ALL=C comm -13 "$work/objects.$1" "$work/objects.$2" | cut -d ' ' -f 1 | sed 's/.*/SELECT lo_unlink(&);/' > "$work/objects"
          LC_ALL=C comm -23 "$work/objects.$1" "$work/objects.$2" | cut -d ' ' -f 1 \
            | sed "s/.*/SELECT format('SELECT lo_from_bytea(%s, %L);', &, lo_get(&));/" > "$work/ask"
          client "$1" --file "$work/ask" >> "$work/objects"
          client "$2" --output "$work/none" --single-transaction --file "$work/objects"
        }
        compare() {
          contents | client SOURCE --field-separator ' ' > "$work/after.source" &
          local first=$!
          contents | client TARGET --field-separator ' ' > "$work/after.target"
          wait "$first"
          same "$work/after.source" "$work/after.target" '^$'
        }

        """;

    private const string Begin = $$"""
        begin() {
          # The slot holds what is written from the moment on of which the dump is.
          local holder number slot at_lsn snapshot_name plugin options="SNAPSHOT 'export'" started=$SECONDS
          replaceable
          publish SOURCE
          forget SOURCE "$over"
          number=$(version SOURCE)
          if [ "$number" -ge 170000 ]; then options="$options, FAILOVER true"; fi
          coproc snapshot {
            connection="$connection replication=database" client SOURCE --field-separator ' ' --file - 2> "$work/snapshot.error"
          }
          holder=$snapshot_PID
          printf 'CREATE_REPLICATION_SLOT "%s" LOGICAL pgoutput (%s);\n' "$over" "$options" >&"${snapshot[1]}"
          if ! read -r slot at_lsn snapshot_name plugin <&"${snapshot[0]}"; then
            cat "$work/snapshot.error" >&2
            return 1
          fi
          {
            printf 'BEGIN;\n'
            cat <<'SQL'
        {{PostgreSqlMove.Wipe}}
        SQL
            dump "$snapshot_name" || exit 1
            printf 'SET search_path = pg_catalog;\n'
            install
            printf "INSERT INTO {{Marker}}.progress (phase, position) VALUES ('following', '%s');\n" "$at_lsn"
            printf 'SELECT {{Marker}}.open();\nCOMMIT;\n'
          } | client TARGET --output "$work/none" --file - || {
            local failed=$?
            kill "$holder" 2> "$work/none" || true
            wait "$holder" 2> "$work/none" || true
            return "$failed"
          }
          kill "$holder" 2> "$work/none" || true
          wait "$holder" 2> "$work/none" || true
          client TARGET --output "$work/none" --command ANALYZE || true
          say "Copied in $((SECONDS - started)) seconds; what was written since follows."
        }

        """;

    /// <summary>What the worker runs that follows while the old copy serves.</summary>
    public static IReadOnlyList<string> Following { get; } = DumpFile.Command(Functions + Begin + $$"""
        follow() {
          local state there newer told=0
          state=$(phase TARGET)
          case "$state" in
            '') begin ;;
            following)
              there=$(exists SOURCE "$over")
              if [ "$there" = 0 ]; then
                say "The slot $over is gone, and with it what was written since: everything is copied anew."
                client TARGET --output "$work/none" --command "
                  ALTER TABLE IF EXISTS {{Marker}}.contents RENAME TO former;
                  DROP TABLE IF EXISTS {{Marker}}.former;
                  DROP TABLE {{Marker}}.progress;
                  CREATE TABLE {{Marker}}.contents (line text NOT NULL)"
                contents | client TARGET --field-separator ' ' > "$work/brought"
                client TARGET --output "$work/none" \
                  --command "\\copy {{Marker}}.contents FROM '$work/brought' WITH (FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02')"
                begin
              else
                client TARGET --output "$work/none" --command 'SELECT {{Marker}}.open()'
              fi ;;
            ready)
              newer=$(pending TARGET "$back")
              if [ "$newer" != 0 ]; then
                say "The new copy was written to. Write paused into the record and update, so that it is carried back, before you go on."
                return 1
              fi
              enter TARGET following
              client TARGET --output "$work/none" --command 'SELECT {{Marker}}.open()' ;;
            *)
              say "The new copy is $state. Write paused into the record and update, so that it is carried back, before you go on."
              return 1 ;;
          esac
          # It would keep what is written here for good.
          forget TARGET "$back"
          while :; do
            carry SOURCE TARGET "$over"
            if [ "$carried" = 0 ]; then sleep 1; fi
            if [ "$SECONDS" -ge "$told" ]; then
              told=$((SECONDS + 60))
              say "$(client SOURCE --command "SELECT 'The new copy is ' || pg_wal_lsn_diff(pg_current_wal_lsn(), confirmed_flush_lsn)
                || ' bytes behind.' FROM pg_replication_slots WHERE slot_name = '$over'")"
            fi
          done
        }
        trap 'rm -rf "$work"' EXIT
        trap 'kill $!; exit 143' TERM INT
        while :; do
          follow &
          wait $! || say "What is wrong stands above. It goes on where it was in 10 seconds."
          sleep 10 & wait $!
        done

        """);

    /// <summary>What the job runs that brings both copies to the same while nobody writes.</summary>
    public static IReadOnlyList<string> Meeting { get; } = DumpFile.Command(Functions + $$"""
        failed() {
          status=$?
          rm -rf "$work"
          if [ "$status" -ne 0 ]; then say "The two copies are not the same yet. What is wrong stands above; then update again."; fi
        }
        trap failed EXIT
        quiet SOURCE
        quiet TARGET
        started=$SECONDS
        state=$(phase TARGET)
        if [ "$state" = ready ]; then
          newer=$(pending TARGET "$back")
          if [ "$newer" != 0 ]; then state=returning; fi
        fi
        case "$state" in
          following)
            there=$(exists SOURCE "$over")
            if [ "$there" = 0 ]; then
              say "The slot $over is gone, and with it what was written since. Remove paused from the record: then all is copied anew."
              exit 1
            fi
            drain SOURCE TARGET "$over"
            finish SOURCE TARGET ;;
          ready) ;;
          returning | 'handing back'*)
            # With a word that no earlier answer has.
            word=$(date +%s%N)
            enter TARGET "handing back $word"
            until
              there=$(phase SOURCE)
              [ "$there" = "handed back $word" ]
            do
              if [ "$SECONDS" -ge $((started + 900)) ]; then
                say "What was written to the new copy has not all been carried back in 15 minutes: look at what the worker says that does."
                exit 1
              fi
              sleep 1
            done ;;
          *)
            say "Nothing was copied yet. Remove paused from the record, and wait until the worker says that it follows."
            exit 1 ;;
        esac
        compare
        for side in SOURCE TARGET; do
          late=$(writers "$side")
          if [ -n "$late" ]; then
            say "Meanwhile somebody came who may write: $late. Stop them, and update again."
            exit 1
          fi
        done
        # From here on, each is listened to from the moment on at which they are the same.
        there=$(exists TARGET "$back")
        if [ "$state" != ready ] || [ "$there" = 0 ]; then
          publish TARGET
          listen TARGET "$back"
        fi
        case "$state" in returning | 'handing back'*) listen SOURCE "$over" ;; esac
        enter TARGET ready
        say "Both copies hold the same, which took $((SECONDS - started)) seconds."

        """);

    /// <summary>
    /// What the worker runs that carries back what is written to the new copy, which is its <see cref="DatabaseMover.Source"/>, and that
    /// gives the old one back when that is undone.
    /// </summary>
    public static IReadOnlyList<string> Returning { get; } = DumpFile.Command(Functions + $$"""
        open_old() {
          {
            install
            printf "INSERT INTO {{Marker}}.progress (phase) VALUES ('open') ON CONFLICT (one) DO UPDATE SET phase = 'open';\n"
            printf 'SELECT {{Marker}}.open();\n'
          } | client TARGET --output "$work/none" --single-transaction --file -
          # It would keep what is written here for good.
          forget TARGET "$over"
        }
        bring_back() {
          local state other answer
          while :; do
            state=$(phase SOURCE)
            other=$(phase TARGET)
            if [ "$state" = ready ] && [ "${{Serves}}" = yes ]; then
              enter SOURCE returning
              state=returning
            fi
            case "$state" in
              returning)
                if [ "$other" != open ]; then
                  open_old
                  say "What is written to the new copy is carried back to the old one."
                fi
                carry SOURCE TARGET "$back"
                if [ "$carried" = 0 ]; then sleep 1; fi ;;
              'handing back '*)
                answer="handed back ${state#handing back }"
                if [ "$other" != "$answer" ]; then
                  if [ "$other" != open ]; then open_old; fi
                  drain SOURCE TARGET "$back"
                  finish SOURCE TARGET
                  enter TARGET "$answer"
                  say "The old copy holds what the new one does."
                fi
                sleep 1 ;;
              *) sleep 2 ;;
            esac
          done
        }
        trap 'rm -rf "$work"' EXIT
        trap 'kill $!; exit 143' TERM INT
        while :; do
          bring_back &
          wait $! || say "What is wrong stands above. It goes on where it was in 10 seconds."
          sleep 10 & wait $!
        done

        """);

    /// <summary>What the job runs once the old copy is given up: nothing is listened to any more.</summary>
    public static IReadOnlyList<string> Ending { get; } = DumpFile.Command(Functions + $$"""
        trap 'rm -rf "$work"' EXIT
        forget TARGET "$back"
        forget SOURCE "$over"
        changes TARGET 'DROP PUBLICATION IF EXISTS {{Marker}}'
        say "Nothing is listened to any more."

        """);
}
