namespace Infra.Components.Databases;

/// <summary>
/// Loads a dump of <c>mysqldump</c> into a database of MySQL that is empty. MySQL ends a transaction with every table that it makes: a
/// table marks the database while it is loaded, and has a row once it was. Whoever finds it without one begins anew, and drops what came
/// out of the same dump before; where there is anything else, nothing is dropped. Whom the dump names as definers of views, triggers and
/// routines need not exist: the login is it. The container knows the database by the variables of a link with the prefix <c>DATABASE</c>.
/// </summary>
internal static class MySqlLoad
{
    private const string Main = $$"""
        printf '%s\n' "$DATABASE_CA" > "$work/ca"
        export MYSQL_PWD="$DATABASE_PASSWORD"
        verify=--ssl-mode=REQUIRED
        if [ -n "$DATABASE_CA" ]; then
          verify="--ssl-mode=VERIFY_CA --ssl-ca=$work/ca"
          if [ "$DATABASE_TLS_MODE" = verify-full ]; then verify="--ssl-mode=VERIFY_IDENTITY --ssl-ca=$work/ca"; fi
        fi
        client() {
          mysql --no-defaults --connect-timeout=15 $verify --host="$DATABASE_HOST" --port="$DATABASE_PORT" --user="$DATABASE_USERNAME" \
            --batch --raw --skip-column-names --binary-mode --max-allowed-packet=1G "$DATABASE_DATABASE"
        }
        made_by_others="table_schema = DATABASE() AND table_name <> '{{DumpFile.Marker}}'"
        marked=$(client <<< "
          SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '{{DumpFile.Marker}}'")
        if [ "$marked" = 0 ]; then
          used=$(client <<< "
            SELECT (SELECT COUNT(*) FROM information_schema.tables WHERE $made_by_others)
              + (SELECT COUNT(*) FROM information_schema.routines WHERE routine_schema = DATABASE())")
          if [ "$used" != 0 ]; then
            say "The database $DATABASE_DATABASE holds tables that no dump brought: it is left alone, and beginsFrom has no effect."
            exit 0
          fi
          check_file
        else
          if [ "$(client <<< 'SELECT COUNT(*) FROM {{DumpFile.Marker}}')" != 0 ]; then
            say "The database $DATABASE_DATABASE was loaded from a dump before: nothing is to be done."
            exit 0
          fi
          check_file
          unpacked | LC_ALL=C awk "$names" > "$work/known"
          client <<< "SELECT table_name FROM information_schema.tables WHERE $made_by_others" > "$work/there"
          if others=$(grep -vxFf "$work/known" "$work/there"); then
            say "Loading was stopped before, and $DATABASE_DATABASE now holds what the dump does not: $(printf '%s ' $others)"
            say "Nothing is dropped. Move that away, or drop all tables of the database by hand if it can be missed."
            exit 1
          fi
          client > "$work/drops" <<< "
            SELECT CONCAT('DROP ', IF(table_type = 'VIEW', 'VIEW', 'TABLE'), ' IF EXISTS \`', table_name, '\`;')
              FROM information_schema.tables WHERE $made_by_others;
            SELECT CONCAT('DROP ', routine_type, ' IF EXISTS \`', routine_name, '\`;')
              FROM information_schema.routines WHERE routine_schema = DATABASE();
            SELECT CONCAT('DROP EVENT IF EXISTS \`', event_name, '\`;') FROM information_schema.events WHERE event_schema = DATABASE();"
        fi
        {
          # A dump that anyone else loads at this moment, or has loaded by now, is not loaded twice.
          cat <<'SQL'
        CREATE TABLE IF NOT EXISTS {{DumpFile.Marker}} (dump varchar(500) NOT NULL PRIMARY KEY);
        SET @free = GET_LOCK(CONCAT('{{DumpFile.Marker}} ', DATABASE()), 0) = 1 AND (SELECT COUNT(*) FROM {{DumpFile.Marker}}) = 0;
        SET @go_on = IF(@free, 'DO 0', 'SELECT * FROM the_dump_is_being_loaded_by_somebody_else');
        PREPARE go_on FROM @go_on;
        EXECUTE go_on;
        SQL
          if [ -s "$work/drops" ]; then
            echo 'SET SESSION FOREIGN_KEY_CHECKS = 0;'
            cat "$work/drops"
            echo 'SET SESSION FOREIGN_KEY_CHECKS = 1;'
          fi
          unpacked | LC_ALL=C awk -v known="${{DumpFile.Sha256}}" "$filter"
          echo "INSERT INTO {{DumpFile.Marker}} VALUES ('$(basename "${{DumpFile.Path}}")');"
        } | client > /dev/null
        say "The dump ${{DumpFile.Path}} is loaded."

        """;

    // Data stand in lines of their own, which are passed on as they are.
    internal const string Filter = """
        function refuse(why) { print why > "/dev/stderr"; refused = 1; exit 3 }
        NR == 1 && /enable the sandbox mode/ { next }
        /^INSERT / || /^\(/ { print; next }
        skipping { if (/;[ \t]*$/) skipping = 0; next }
        /^-- Dump completed/ { complete = 1 }
        /^SET @@GLOBAL.GTID_PURGED/ { if (!/;[ \t]*$/) skipping = 1; next }
        /^SET @MYSQLDUMP_TEMP_LOG_BIN/ || /^SET @@SESSION.SQL_LOG_BIN/ { next }
        /^CREATE DATABASE / || /^\/\*![0-9]+ (CREATE|DROP) DATABASE / { next }
        /^USE `/ { if (databases++) refuse("The dump holds several databases: make one of each of them by mysqldump."); next }
        { gsub(/DEFINER=`[^`]*`@`[^`]*`/, ""); print }
        END {
          if (refused) exit 3
          if (complete || known != "") exit 0
          print "The dump has no end: it was cut off, or its comments were left out, and then beginsFrom must say its sha256." \
            > "/dev/stderr"
          exit 3
        }
        """;

    // The tables and views that a dump makes.
    private const string Names = """
        /^INSERT / || /^\(/ { next }
        match($0, /(TABLE|VIEW)( IF NOT EXISTS)? `[^`]+`/) {
          name = substr($0, RSTART, RLENGTH)
          gsub(/^[^`]*`|`$/, "", name)
          print name
        }
        """;

    /// <summary>What the container runs.</summary>
    public static IReadOnlyList<string> Command { get; } =
        DumpFile.Command(DumpFile.Functions + DumpFile.Program("filter", Filter) + DumpFile.Program("names", Names) + Main);
}
