namespace Infra.Components.Databases;

/// <summary>
/// Loads a dump of one MySQL into another, and compares what both hold. MySQL ends a transaction with every table that it makes: a table
/// of the copy that is filled says how far it is, and whoever was stopped on the way is followed by one who begins anew. Once all was
/// brought, the table keeps the sums of it: where they no longer hold, somebody else wrote there, and nothing is overwritten. Nothing is
/// written to a disk on the way, and the copy that is left is only read. Containers find the two by the variables of links with the
/// prefixes <see cref="DatabaseMover.Source"/> and <see cref="DatabaseMover.Target"/>.
/// </summary>
internal static class MySqlMove
{
    /// <summary>The table of the copy that is filled in which it is written down what was brought.</summary>
    public const string Marker = "carried_over";

    // What reading everything takes of a login (MySQL manual: mysqldump). Triggers, events and routines are not even seen without.
    private const string Rights = "SELECT, SHOW VIEW, TRIGGER, EVENT, EXECUTE";

    // Floats as they are kept, not as they are written; whatever may be long by its digest, so that no row outgrows a packet.
    private const string Hashed = """
        CASE
          WHEN data_type IN ('float', 'double') THEN CONCAT('IFNULL(', name, ' + 0e0, ''~'')')
          WHEN data_type = 'bit' THEN CONCAT('IFNULL(CAST(', name, ' AS UNSIGNED), ''~'')')
          WHEN data_type = 'json' THEN CONCAT('IFNULL(MD5(CAST(', name, ' AS CHAR)), ''~'')')
          WHEN data_type IN ('tinyint', 'smallint', 'mediumint', 'int', 'bigint', 'decimal', 'date', 'time', 'datetime', 'timestamp', 'year')
            THEN CONCAT('IFNULL(', name, ', ''~'')')
          ELSE CONCAT('IFNULL(MD5(', name, '), ''~'')')
        END
        """;

    private const string Columns = $"""
        (SELECT c.table_name, c.ordinal_position, c.data_type,
            CONCAT('`', REPLACE(c.table_name, '`', '``'), '`') AS owner, CONCAT('`', REPLACE(c.column_name, '`', '``'), '`') AS name
          FROM information_schema.columns c
            JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
          WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND c.table_name <> '{Marker}') AS columns_of_tables
        """;

    // A statement for every table: how many rows it has, and two sums of what is in them, which do not depend on their order.
    private const string Sums = $"""
        SELECT CONCAT('SELECT CONCAT_WS(''|'', ''rows'', ', QUOTE(table_name), ', COUNT(*),',
            ' COALESCE(SUM(CAST(CONV(LEFT(digest, 15), 16, 10) AS UNSIGNED)), 0),',
            ' COALESCE(SUM(CAST(CONV(RIGHT(digest, 15), 16, 10) AS UNSIGNED)), 0)) FROM (SELECT MD5(CONCAT_WS('','', ',
            GROUP_CONCAT({Hashed} ORDER BY ordinal_position), ')) AS digest FROM ', owner, ') AS hashed;')
          FROM {Columns} GROUP BY table_name, owner ORDER BY table_name;
        """;

    private const string Objects = $"""
        SELECT CONCAT_WS('|', 'table', table_name, table_type, COALESCE(engine, ''), COALESCE(table_collation, ''),
            COALESCE(auto_increment, ''))
          FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '{Marker}';
        SELECT CONCAT_WS('|', 'column', table_name, column_name, ordinal_position, column_type, is_nullable,
            COALESCE(column_default, '~'), COALESCE(collation_name, '~'), extra)
          FROM information_schema.columns WHERE table_schema = DATABASE() AND table_name <> '{Marker}';
        SELECT CONCAT_WS('|', 'index', table_name, index_name, seq_in_index, non_unique, COALESCE(column_name, '~'), COALESCE(sub_part, ''),
            index_type)
          FROM information_schema.statistics WHERE table_schema = DATABASE() AND table_name <> '{Marker}';
        SELECT CONCAT_WS('|', 'constraint', table_name, constraint_name, constraint_type)
          FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND table_name <> '{Marker}';
        SELECT CONCAT_WS('|', 'trigger', event_object_table, trigger_name, action_timing, event_manipulation, action_order,
            MD5(action_statement))
          FROM information_schema.triggers WHERE trigger_schema = DATABASE();
        SELECT CONCAT_WS('|', LOWER(routine_type), routine_name, sql_mode, MD5(routine_definition))
          FROM information_schema.routines WHERE routine_schema = DATABASE();
        SELECT CONCAT_WS('|', 'default', default_character_set_name, default_collation_name)
          FROM information_schema.schemata WHERE schema_name = DATABASE();
        """;

    private const string Events = """
        SELECT CONCAT_WS('|', 'event', event_name, event_type, COALESCE(interval_value, ''), COALESCE(interval_field, ''), status,
            MD5(event_definition))
          FROM information_schema.events WHERE event_schema = DATABASE();
        """;

    // Statistics that the server keeps would say yesterday's AUTO_INCREMENT; a string may be longer than GROUP_CONCAT makes one by default.
    private const string Session =
        "SET SESSION group_concat_max_len = 16777216, time_zone = '+00:00', wait_timeout = 28800 "
        + "/*!80000 , information_schema_stats_expiry = 0 */";

    private static readonly string Functions = $$"""
        work=$(mktemp -d)
        say() { printf '%s\n' "$*" >&2; }
        for side in {{DatabaseMover.Source}} {{DatabaseMover.Target}}; do
          authority="${side}_CA" mode="${side}_TLS_MODE"
          if [ -z "${!authority}" ]; then
            echo --ssl-mode=REQUIRED > "$work/$side.tls"
          else
            printf '%s\n' "${!authority}" > "$work/$side.ca"
            if [ "${!mode}" = verify-full ]; then identity=VERIFY_IDENTITY; else identity=VERIFY_CA; fi
            printf '%s\n' "--ssl-mode=$identity" "--ssl-ca=$work/$side.ca" > "$work/$side.tls"
          fi
        done
        at() {
          local side=$1 program=$2 tls
          shift 2
          local host="${side}_HOST" port="${side}_PORT" user="${side}_USERNAME" password="${side}_PASSWORD"
          mapfile -t tls < "$work/$side.tls"
          MYSQL_PWD="${!password}" "$program" --no-defaults "${tls[@]}" --host="${!host}" --port="${!port}" --user="${!user}" \
            --max-allowed-packet=1G "$@"
        }
        client() {
          local database="$1_DATABASE"
          at "$1" mysql --connect-timeout=15 --batch --raw --skip-column-names --binary-mode \
            --init-command="{{Session}}" "${!database}"
        }
        contents() {
          {
            cat <<'SQL'
        {{Objects}}
        SQL
            if [ "${2:-}" = events ]; then cat <<'SQL'
        {{Events}}
        SQL
            fi
            client "$1" <<'SQL'
        {{Sums}}
        SQL
          } | client "$1" | LC_ALL=C sort
        }
        dump() {
          at {{DatabaseMover.Source}} mysqldump --single-transaction --quick --hex-blob --no-tablespaces --set-gtid-purged=OFF \
            --default-character-set=utf8mb4 --ignore-table="${{DatabaseMover.Source}}_DATABASE.{{Marker}}" "$@" \
            "${{DatabaseMover.Source}}_DATABASE" | LC_ALL=C awk -v known= "$filter"
        }
        state() {
          # 'empty', 'used' when others made what is there, or what the mover wrote down: 'filling', 'wanted', 'rehearsed' or 'done'.
          if [ "$(client {{DatabaseMover.Target}} <<'SQL'
        SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{{Marker}}'
        SQL
          )" = 1 ]; then
            client {{DatabaseMover.Target}} <<< "SELECT COALESCE(MAX(line), 'filling') FROM {{Marker}} WHERE kind = 'state'"
          else
            client {{DatabaseMover.Target}} <<'SQL'
        SELECT IF((SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE())
          + (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE()) = 0, 'empty', 'used')
        SQL
          fi
        }
        become() {
          # A rehearsal takes nothing back that the job has written down.
          local kept="'none'"
          case "$1" in filling | rehearsed) kept="'wanted', 'done'" ;; esac
          client {{DatabaseMover.Target}} <<< "
            CREATE TABLE IF NOT EXISTS {{Marker}} (
              id bigint AUTO_INCREMENT PRIMARY KEY, kind varchar(10) NOT NULL, line text CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL);
            START TRANSACTION;
            DELETE FROM {{Marker}} WHERE line NOT IN ($kept) OR kind <> 'state';
            SET @others = (SELECT COUNT(*) FROM {{Marker}});
            INSERT INTO {{Marker}} (kind, line) SELECT 'state', '$1' FROM DUAL WHERE @others = 0;
            ${2:-}
            COMMIT;"
        }
        check() {
          client {{DatabaseMover.Source}} > "$work/lacking" <<< "
            SELECT needed FROM ({{string.Join(" UNION ALL ", Rights.Split(", ").Select(right => $"SELECT '{right}' AS needed"))}}) AS rights
              WHERE needed NOT IN (
                SELECT privilege_type FROM information_schema.schema_privileges
                  WHERE grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), '''')
                    AND table_schema IN (DATABASE(), REPLACE(DATABASE(), '_', '\\\\_'), '%')
                UNION SELECT privilege_type FROM information_schema.user_privileges
                  WHERE grantee = CONCAT('''', REPLACE(CURRENT_USER(), '@', '''@'''), ''''))" || return 1
          if [ -s "$work/lacking" ]; then
            say "The login ${{DatabaseMover.Source}}_USERNAME lacks privileges on the copy that is left: $(paste -sd , "$work/lacking")."
            say "Without them what is there is not even seen. As its administrator, grant them on ${{DatabaseMover.Source}}_DATABASE.*."
            return 1
          fi
          client {{DatabaseMover.Source}} > "$work/lacking" <<'SQL' || return 1
        SELECT CONCAT(LOWER(routine_type), ' ', routine_name) FROM information_schema.routines
          WHERE routine_schema = DATABASE() AND routine_body = 'SQL' AND routine_definition IS NULL
        SQL
          if [ -s "$work/lacking" ]; then
            say "What these do is kept from the login ${{DatabaseMover.Source}}_USERNAME: $(paste -sd , "$work/lacking")."
            say "As administrator of the copy that is left: GRANT SHOW_ROUTINE ON *.* TO '${{DatabaseMover.Source}}_USERNAME'@'%', or SELECT."
            return 1
          fi
          client {{DatabaseMover.Source}} > "$work/floats" <<'SQL' || return 1
        SELECT CONCAT('SELECT ', QUOTE(CONCAT(owner, '.', name)), ' FROM (SELECT 1 FROM ', owner, ' WHERE CONCAT(', name, ') + 0e0 <> ', name,
            ' + 0e0 LIMIT 1) AS found;')
          FROM {{Columns}} WHERE data_type = 'float';
        SQL
          client {{DatabaseMover.Source}} < "$work/floats" > "$work/lacking" || return 1
          if [ -s "$work/lacking" ]; then
            say "Columns of the type FLOAT hold more digits than a dump has: $(paste -sd , "$work/lacking")."
            say "Make them DOUBLE in the copy that is left, by ALTER TABLE … MODIFY."
            return 1
          fi
          # A group of servers takes no rows without a key, nor tables of other engines; other servers may ask for keys, too.
          client {{DatabaseMover.Target}} > "$work/demands" <<'SQL' || return 1
        SHOW VARIABLES WHERE variable_name = 'sql_require_primary_key' AND value = 'ON'
          OR variable_name = 'group_replication_group_name' AND value <> ''
        SQL
          if [ -s "$work/demands" ]; then
            client {{DatabaseMover.Source}} > "$work/lacking" <<'SQL' || return 1
        SELECT t.table_name FROM information_schema.tables t LEFT JOIN information_schema.table_constraints c
            ON c.table_schema = t.table_schema AND c.table_name = t.table_name AND c.constraint_type = 'PRIMARY KEY'
          WHERE t.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND t.table_name <> '{{Marker}}'
            AND (c.table_name IS NULL OR t.engine <> 'InnoDB')
        SQL
            if [ -s "$work/lacking" ]; then
              say "The new server takes tables with a primary key and of InnoDB only: $(paste -sd , "$work/lacking"). Give them one."
              return 1
            fi
          fi
        }
        same() {
          LC_ALL=C comm -23 "$1" "$2" > "$work/missing"
          LC_ALL=C comm -13 "$1" "$2" > "$work/added"
          [ ! -s "$work/missing" ] && [ ! -s "$work/added" ]
        }
        differences() {
          say "${1:-In the copy that is left} (of tables: rows, and two sums of what is in them), at most 20 lines:"
          head -n 20 "$work/missing" | sed 's/^/  /' >&2
          say "In the copy that is filled:"
          head -n 20 "$work/added" | sed 's/^/  /' >&2
        }
        both() {
          contents {{DatabaseMover.Source}} "${1:-}" > "$work/{{DatabaseMover.Source}}.contents" &
          local reader=$!
          contents {{DatabaseMover.Target}} "${1:-}" > "$work/{{DatabaseMover.Target}}.contents" || return 1
          wait "$reader"
        }
        load() {
          # Whoever finds another at work here waits for a moment: a server goes on for a while with what it was told last.
          {
            cat <<'SQL'
        SET @free = GET_LOCK(LEFT(CONCAT('{{Marker}} ', DATABASE()), 64), 60) = 1
          AND (SELECT COUNT(*) FROM {{Marker}} WHERE kind = 'state' AND line =
        SQL
            printf "'%s'" "$1"
            cat <<'SQL'
        );
        SET @go_on = IF(@free, 'DO 0', 'SELECT * FROM another_mover_is_at_work_in_this_database');
        PREPARE go_on FROM @go_on;
        EXECUTE go_on;
        SQL
            client {{DatabaseMover.Source}} <<'SQL' || exit 1
        SELECT CONCAT('ALTER DATABASE CHARACTER SET ', default_character_set_name, ' COLLATE ', default_collation_name, ';')
          FROM information_schema.schemata WHERE schema_name = DATABASE()
        SQL
            echo 'SET SESSION FOREIGN_KEY_CHECKS = 0;'
            cat "$work/drops"
            echo 'SET SESSION FOREIGN_KEY_CHECKS = 1;'
            dump --routines --triggers --skip-events
          } | client {{DatabaseMover.Target}} > "$work/loaded"
        }
        drops() {
          client {{DatabaseMover.Target}} > "$work/drops" <<'SQL'
        SELECT CONCAT('DROP EVENT IF EXISTS `', REPLACE(event_name, '`', '``'), '`;')
          FROM information_schema.events WHERE event_schema = DATABASE();
        SELECT CONCAT('DROP ', IF(table_type = 'VIEW', 'VIEW', 'TABLE'), ' IF EXISTS `', REPLACE(table_name, '`', '``'), '`;')
          FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name <> '{{Marker}}';
        SELECT CONCAT('DROP ', routine_type, ' IF EXISTS `', REPLACE(routine_name, '`', '``'), '`;')
          FROM information_schema.routines WHERE routine_schema = DATABASE();
        SQL
        }
        refuse_used() {
          say "The database ${{DatabaseMover.Target}}_DATABASE of the new copy holds tables that no mover brought: they are left alone."
          say "Where they may go, drop them by hand, and update again."
        }

        """ + DumpFile.Program("filter", MySqlLoad.Filter);

    /// <summary>What the job runs that copies while nobody writes.</summary>
    public static IReadOnlyList<string> Command { get; } = DumpFile.Command(Functions + $$"""
        failed() {
          status=$?
          rm -rf "$work"
          if [ "$status" -ne 0 ]; then
            say "The database was not moved; the copy that is left has everything. What is wrong stands above; then update again."
          fi
        }
        trap failed EXIT
        begun=$SECONDS
        check
        standing=$(state)
        case "$standing" in
          used) refuse_used; exit 1 ;;
          done)
            client {{DatabaseMover.Target}} <<< "SELECT line FROM {{Marker}} WHERE kind = 'content'" | LC_ALL=C sort > "$work/kept"
            both events
            if ! same "$work/kept" "$work/{{DatabaseMover.Target}}.contents"; then
              say "Somebody wrote to the new copy since all was brought there: it may hold what is newer, and is left alone."
              differences 'As it was brought'
              say "Where that may go, drop the table {{Marker}} and all others of the new copy by hand, and update again."
              exit 1
            fi
            if same "$work/{{DatabaseMover.Source}}.contents" "$work/{{DatabaseMover.Target}}.contents"; then
              say "All of it was brought before, and nothing changed since: nothing is to be done."
              exit 0
            fi ;;
        esac
        become wanted
        say "Waiting ${{{DatabaseMover.QuietSeconds}}} seconds until those who wrote have ended."
        sleep "${{DatabaseMover.QuietSeconds}}"
        until [ "$(client {{DatabaseMover.Target}} <<< "SELECT IS_FREE_LOCK(LEFT(CONCAT('{{Marker}} ', DATABASE()), 64))")" = 1 ]; do
          if [ "$((SECONDS - begun))" -gt "$((${{DatabaseMover.QuietSeconds}} + 300))" ]; then
            say "Another mover is at work in the new copy and does not end: stop it, and update again."
            exit 1
          fi
          sleep 1
        done
        drops
        started=$SECONDS
        load wanted
        loaded=$SECONDS
        both
        if ! same "$work/{{DatabaseMover.Source}}.contents" "$work/{{DatabaseMover.Target}}.contents"; then
          say "The two copies differ, so somebody wrote meanwhile: a consumer from elsewhere, or an event of the database."
          differences
          exit 1
        fi

        # What runs by itself comes when there is nothing left to compare.
        dump --no-create-info --no-data --skip-triggers --events | client {{DatabaseMover.Target}} > "$work/loaded"
        contents {{DatabaseMover.Target}} events > "$work/{{DatabaseMover.Target}}.contents"
        become done "$(sed -e 's/[\\'"'"']/\\&/g' -e "s/.*/INSERT INTO {{Marker}} (kind, line) VALUES ('content', '&');/" \
          "$work/{{DatabaseMover.Target}}.contents")"
        say "Loaded in $((loaded - started)) seconds and compared in $((SECONDS - loaded)): $(
          grep -c '^rows' "$work/{{DatabaseMover.Target}}.contents" || true) tables. The new copy holds what the old one does."

        """);

    /// <summary>
    /// What the worker runs that does the same while the old copy serves. It ends at once when the job comes, and does nothing after it.
    /// </summary>
    public static IReadOnlyList<string> Rehearsal { get; } = DumpFile.Command(Functions + $$"""
        set -m
        loader=
        stop() {
          if [ -n "$loader" ]; then kill -- "-$loader" 2> "$work/none" || true; fi
          loader=
        }
        trap 'stop; rm -rf "$work"' EXIT
        trap 'exit 143' TERM INT
        pause() { sleep "$1" & wait $!; }
        rehearse() {
          check || return 1
          become filling || return 1
          drops || return 1
          started=$SECONDS
          (load filling) &
          loader=$!
          while kill -0 "$loader" 2> "$work/none"; do
            pause 1
            if [ "$(state)" != filling ]; then
              stop
              return 1
            fi
          done
          wait "$loader" || { loader=; return 1; }
          loader=
          loaded=$SECONDS
          both || return 1
          if [ "$(state)" != filling ]; then return 1; fi
          if ! same "$work/{{DatabaseMover.Source}}.contents" "$work/{{DatabaseMover.Target}}.contents"; then
            say "The two copies differ, as they do where somebody writes; whatever is no table must be explained before the pause."
            differences
          fi
          become rehearsed || return 1
          say "The rehearsal succeeded: loaded in $((loaded - started)) seconds, compared in $((SECONDS - loaded))."
          say "About as long nobody will be able to write, and for ${{{DatabaseMover.QuietSeconds}}} seconds before."
        }
        while :; do
          standing=$(state) || standing=unknown
          case "$standing" in
            empty | filling) if rehearse; then continue; fi ;;
            used) refuse_used ;;
            rehearsed | wanted | done)
              say "Nothing is to be rehearsed: $standing."
              pause infinity ;;
          esac
          say "The rehearsal did not succeed: what is wrong stands above. It is repeated in ${REPEAT_SECONDS:-900} seconds."
          pause "${REPEAT_SECONDS:-900}"
        done

        """);
}
