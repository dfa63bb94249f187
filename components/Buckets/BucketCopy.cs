namespace Infra.Components.Buckets;

/// <summary>
/// Copies a bucket into another one with rclone, over and over, or for the last time. Whatever runs twice, late or beside another one: what
/// was written last wins, in either direction. A copy keeps in its metadata when what it is a copy of was written (<c>mtime</c>), and from
/// which cloud it comes (<see cref="Mark"/>): the one tells which of two is newer, the other whether anyone but a copier wrote it.
/// </summary>
/// <remarks>
/// A pass lists both buckets in the order of their keys, side by side, and keeps neither list. What is missing or may be out of date is
/// handed to rclone, which asks for its times and copies what is newer. Prefixes are listed beside each other; keys without slashes are one
/// list. Objects that are gone from the old copy go from the new one, too, if a copier put them there, until the new one serves. From then
/// on nothing is deleted: what is written to the new copy is carried back, and what is deleted there is there again after an undo. Access
/// lists, tags and older versions are not copied; every copy is in the standard class of storage, and rules of lifecycles count its days
/// from its making.
/// </remarks>
internal static class BucketCopy
{
    /// <summary>How many prefixes are listed, and copied from, at a time.</summary>
    public const int Shards = 4;

    /// <summary>How many objects of each prefix are copied at a time.</summary>
    public const int Transfers = 16;

    /// <summary>How many objects of each prefix are asked for their times at a time.</summary>
    public const int Checkers = 32;

    /// <summary>How many objects rclone is handed at a time: it keeps what it knows of them in memory.</summary>
    public const int ChunkObjects = 10_000;

    /// <summary>How many objects one call of a store lists (Amazon S3 API: ListObjectsV2).</summary>
    public const int ListedObjects = 1_000;

    /// <summary>How long nothing happens after a pass, in seconds.</summary>
    public const int PauseSeconds = 60;

    /// <summary>How many objects without an MD5 of their own are read and compared byte by byte in the end, chosen by chance.</summary>
    public const int SampleObjects = 100;

    /// <summary>The metadata of a copy that says from which cloud it comes.</summary>
    public const string Mark = "moved-from";

    /// <summary>
    /// The object in the old copy that says that the new one has served, and that nothing is deleted any more. It is not copied, and goes
    /// with the old copy.
    /// </summary>
    public const string Served = ".moved-away";

    /// <summary>The prefix of the copy that is read.</summary>
    public const string Source = "SOURCE";

    /// <summary>The prefix of the copy that is written.</summary>
    public const string Target = "TARGET";

    /// <summary>The variable with the seconds after which none of those who wrote runs any more.</summary>
    public const string QuietSeconds = "QUIET_SECONDS";

    /// <summary>The variable with the cloud of the copy that is read.</summary>
    public const string SourceCloud = "MOVE_SOURCE";

    /// <summary>The variable with the cloud of the copy that is written.</summary>
    public const string TargetCloud = "MOVE_TARGET";

    /// <summary>The variable with what rclone calls the store of the copy that is read.</summary>
    public const string SourceStore = "MOVE_SOURCE_STORE";

    /// <summary>The variable with what rclone calls the store of the copy that is written.</summary>
    public const string TargetStore = "MOVE_TARGET_STORE";

    /// <summary>The variable that is <c>true</c> where the new copy is read, and the old one written.</summary>
    public const string Back = "MOVE_BACK";

    /// <summary>
    /// The variable that is <c>true</c> where one of the stores may list keys in another order than that of their bytes, so that lists are
    /// sorted, in memory.
    /// </summary>
    public const string Sorts = "MOVE_SORTS";

    // How much older than its content an object's time may be. Amazon S3 dates uploads in parts by their beginning, and what is copied may
    // be overwritten meanwhile.
    private const int LongestUploadSeconds = 86_400;

    // Each prefix is two processes: more of them cost more than they save.
    private const int MostPrefixes = 2_000;

    // Prefixes that are not known by then lie among too many objects to be told from them.
    private const int PrefixSeconds = 60;

    // Of the comparison in the end, where another copier may still carry back what was written to the new copy before an undo.
    private const int Attempts = 60;
    private const int AttemptSeconds = 30;

    private const int LargestSample = 100 * 1024 * 1024;

    /// <summary>What the container of rclone runs that copies over and over. It may end at any moment.</summary>
    public static IReadOnlyList<string> Following { get; } = ["sh", "-c", $$"""
        {{Body}}
        until ready && begin; do
          say "A bucket cannot be used; again in {{PauseSeconds}} seconds."
          sleep {{PauseSeconds}}
        done
        while :; do
          began=$(date +%s)
          if pass; then
            columns=3 since=$((began - {{LongestUploadSeconds}}))
          else
            say "Not everything was copied; the next pass makes up for it."
          fi
          sleep {{PauseSeconds}}
        done

        """];

    /// <summary>
    /// What the container of rclone runs that copies what is left once nobody writes, compares, and fails where something differs.
    /// </summary>
    public static IReadOnlyList<string> Finishing { get; } = ["sh", "-c", $$"""
        {{Body}}
        ready || fail "A bucket cannot be used."
        say "Waiting {{Value(QuietSeconds)}} seconds for those who wrote to it to end."
        sleep {{Value(QuietSeconds)}}
        began=$(date +%s)
        pass || fail "Not everything could be copied: what failed, and why, stands above. Nothing is lost; run it again."
        verify
        say "It took $(($(date +%s) - began)) seconds since they ended."

        """];

    private static string Body => $$"""
        set -u
        export LC_ALL=C TZ=UTC
        tab=$(printf '\t') work=$(mktemp -d)
        cd "$work" || exit 1
        say() { printf '%s\n' "$*"; }
        fail() { printf 'error: %s\n' "$*" >&2; exit 1; }
        lines() { awk 'END { print NR }' "$1"; }

        export RCLONE_CONFIG=/notfound RCLONE_CACHE_DIR="$work/cache" RCLONE_STATS=0 RCLONE_RETRIES=1 RCLONE_BUFFER_SIZE=1M \
          RCLONE_MULTI_THREAD_STREAMS=0 RCLONE_NO_UNICODE_NORMALIZATION=true RCLONE_NO_UPDATE_MODTIME=true \
          RCLONE_TRANSFERS={{Transfers}} RCLONE_CHECKERS={{Checkers}}
        {{Remote(Source, SourceStore)}}
        {{Remote(Target, TargetStore)}}
        if [ -n "$SOURCE_CA$TARGET_CA" ]; then
          cat /etc/ssl/certs/ca-certificates.crt > ca
          printf '%s\n' "$SOURCE_CA" "$TARGET_CA" >> ca
          export RCLONE_CA_CERT="$work/ca"
        fi
        source="source:$SOURCE_NAME" target="target:$TARGET_NAME" columns=4 since=0 served=false
        old=$source
        if [ {{Value(Back)}} = true ]; then old=$target; fi
        export tab source target columns since served
        printf '%s\n' '{{Served}}' > served

        # Splits a file of keys into as many as rclone is handed at a time.
        parts() {
          rm -f part.*
          awk '{ file = "part." int((NR - 1) / {{ChunkObjects}}); if (file != last) close(last); last = file; print > file }' "$1"
        }

        # Keys whose objects the source has, and the target may have: what was written last wins.
        cat > carry <<'END'
        keys=$1
        # Copies that the new bucket has alone were deleted in the old one, which is why the new one has them no longer in a moment.
        if [ {{Value(Back)}} = true ] && [ "$served" = false ] && [ "$2" = absent ]; then
          rclone lsf "$source" --recursive --files-only --no-traverse --files-from-raw "$keys" --format Mp --separator "$tab" > "$keys.marks" \
            || exit 1
          awk -v mark="\"{{Mark}}\":\"{{Value(TargetCloud)}}\"" '{
            at = index($0, "\t")
            if (index(substr($0, 1, at), mark) == 0) print substr($0, at + 1)
          }' "$keys.marks" > "$keys.own"
          mv "$keys.own" "$keys"
        fi
        cat "$keys" >> "$3"
        failed=0
        while [ -s "$keys" ]; do
          awk -v now="$keys.now" -v later="$keys.later" -f ../layer "$keys" "$keys"
          rclone copy "$source" "$target" --files-from-raw "$keys.now" --no-traverse --update \
            --metadata --metadata-set {{Mark}}={{Value(SourceCloud)}} || failed=1
          # Of two that were written in the same second, their sums tell that they differ, and the old bucket which one is right.
          if [ "$2" = present ] && [ "$columns" = 4 ] && [ {{Value(Back)}} = false ]; then
            rclone copy "$source" "$target" --files-from-raw "$keys.now" --no-traverse --update --checksum \
              --metadata --metadata-set {{Mark}}={{Value(SourceCloud)}} || failed=1
          fi
          mv "$keys.later" "$keys"
        done
        exit $failed
        END

        # Of the keys that are both an object and a folder of others, rclone sees one at a time.
        cat > layer <<'END'
        BEGIN { printf "" > now; printf "" > later }
        FNR == NR {
          path = $0
          while (match(path, /\/[^\/]*$/)) { path = substr(path, 1, RSTART - 1); folder[path] = 1 }
          next
        }
        { if ($0 in folder) print > later; else print > now }
        END

        cat > compare <<'END'
        function seconds(text, year, month) {
          year = substr(text, 1, 4) + 0; month = substr(text, 6, 2) + 0
          if (month < 3) { year--; month += 12 }
          return (365 * year + int(year / 4) - int(year / 100) + int(year / 400) + int((153 * (month - 3) + 2) / 5) \
            + substr(text, 9, 2) - 719469) * 86400 + substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2)
        }
        # The next object of a list. A list that does not end with its end is not whole, and says nothing of what it lacks.
        function advance(side, line, part) {
          do {
            if ((getline line < list[side]) <= 0) { broken = 1; exit 1 }
            if (line == "end") { ended[side] = 1; return }
            split(line, part, "\t")
            time[side] = part[1]; size[side] = part[2]; key[side] = part[columns] ""
            sum[side] = columns == 4 && length(part[3]) == 32 ? part[3] : ""
          } while (prefix key[side] == "{{Served}}")
          objects[side]++; bytes[side] += size[side]
        }
        function hand(kind) {
          if (!waiting[kind]) return
          close(shard "." kind)
          if (system("sh ../carry " shard "." kind " " kind " " shard ".handed")) failed = 1
          waiting[kind] = 0
        }
        function carry(kind) {
          print prefix key[1] > (shard "." kind)
          if (++waiting[kind] == {{ChunkObjects}}) hand(kind)
        }
        function match_of_both(read, written) {
          read = seconds(time[1]); written = seconds(time[2])
          if (size[1] != size[2]) return 0
          if (sum[1] != "" && sum[2] != "") return sum[1] == sum[2]
          if (columns == 4) print size[1] "\t" prefix key[1] > (shard ".unsummed")
          return read <= written - {{LongestUploadSeconds}} || read < since && written < since
        }
        BEGIN {
          list[1] = shard ".source"; list[2] = shard ".target"
          advance(1); advance(2)
          while (!ended[1] || !ended[2]) {
            if (ended[2] || !ended[1] && key[1] < key[2]) { carry("absent"); advance(1) }
            else if (ended[1] || key[2] < key[1]) { print prefix key[2] > (shard ".gone"); advance(2) }
            else {
              if (match_of_both()) same++; else carry("present")
              advance(1); advance(2)
            }
          }
        }
        END {
          if (broken) exit 1
          hand("absent"); hand("present")
          printf "%.0f %.0f %.0f %.0f %.0f\n", objects[1], bytes[1], objects[2], bytes[2], same > (shard ".counts")
          exit failed
        }
        END

        # Compares one prefix: the line of the file of prefixes whose number is given.
        cat > shard <<'END'
        line=$(sed -n "$1p" ../prefixes)
        prefix=${line#*:} depth=--recursive format=tshp
        [ "${line%%:*}" = deep ] || depth=--max-depth=1
        [ "$columns" = 4 ] || format=tsp
        objects() {
          rclone lsf "$1/$prefix" "$depth" --files-only --use-server-modtime --format "$format" --hash MD5 --separator "$tab"
        }
        in_order() {
          if [ {{Value(Sorts)}} = true ]; then
            objects "$1" > "$2.list" && sort -t "$tab" -k "$columns" "$2.list" && echo end
          else
            objects "$1" && echo end
          fi
        }
        mkfifo "$1.source" "$1.target" || exit 1
        in_order "$source" "$1.source" > "$1.source" &
        lists=$!
        in_order "$target" "$1.target" > "$1.target" &
        lists="$lists $!"
        awk -v shard="$1" -v prefix="$prefix" -v columns="$columns" -v since="$since" -f ../compare || echo "$prefix" >> ../failed
        # Where the first list broke off, nobody reads the second.
        kill $lists 2> /dev/null
        exit 0
        END

        ready() {
          for bucket in "$source" "$target"; do
            rclone lsf "$bucket" --recursive --files-only --no-traverse --files-from-raw served > answer || return 1
          done
        }

        # The old bucket is told that the new one serves, before anything is carried back.
        begin() {
          if [ {{Value(Back)}} = false ] || [ -s answer ]; then return 0; fi
          rclone rcat "$target/{{Served}}" < served
        }

        # Splits the keys by their prefixes, as long as there are too few of them.
        prefixes() {
          echo > deep; : > shallow
          for depth in 1 2 3; do
            [ "$(lines deep)" -lt {{Shards}} ] || break
            : > deeper
            while IFS= read -r prefix; do
              : > names; : > odd
              for bucket in "$source" "$target"; do
                timeout {{PrefixSeconds}} rclone lsf "$bucket/$prefix" --dirs-only < /dev/null >> names 2>> odd || echo late >> odd
              done
              sort -u names > sorted
              if [ -s odd ] || [ ! -s sorted ] || [ "$(lines sorted)" -gt {{MostPrefixes}} ] || grep -qv '^[A-Za-z0-9][A-Za-z0-9_.=-]*/$' sorted
              then
                printf '%s\n' "$prefix" >> deeper
              else
                sed "s|^|$prefix|" sorted >> deeper
                printf '%s\n' "$prefix" >> shallow
              fi
            done < deep
            mv deeper deep
          done
          sed 's/^/shallow:/' shallow > prefixes
          sed 's/^/deep:/' deep >> prefixes
        }

        # Takes copies away whose objects the old bucket has no longer. What others wrote to the new one stays.
        remove() {
          parts pass/gone || return 1
          for part in part.*; do
            [ -e "$part" ] || continue
            rclone lsf "$source" --recursive --files-only --no-traverse --files-from-raw "$part" > there || return 1
            rclone lsf "$target" --recursive --files-only --no-traverse --files-from-raw "$part" --format Mp --separator "$tab" > marks || return 1
            awk -v mark="\"{{Mark}}\":\"{{Value(SourceCloud)}}\"" '
              FILENAME == "there" { there[$0] = 1; next }
              {
                at = index($0, "\t")
                if (index(substr($0, 1, at), mark) && !(substr($0, at + 1) in there)) print substr($0, at + 1)
              }' there marks > "$part.dead"
            [ -s "$part.dead" ] || continue
            rclone delete "$target" --no-traverse --files-from-raw "$part.dead" || return 1
            cat "$part.dead" >> pass/removed
          done
        }

        # Compares the whole buckets once, and copies.
        pass() {
          started=$(date +%s)
          rm -rf pass failed
          mkdir pass
          prefixes
          rclone lsf "$old" --recursive --files-only --no-traverse --files-from-raw served > answer || return 1
          served=false
          if [ -s answer ]; then served=true; fi
          (cd pass && seq "$(lines ../prefixes)" | xargs -n 1 -P {{Shards}} sh ../shard)
          for kind in handed gone unsummed counts removed; do
            cat pass/*."$kind" 2> /dev/null > "pass/$kind"
          done
          if [ {{Value(Back)}} = false ] && [ "$served" = false ] && [ ! -e failed ]; then remove || echo removing >> failed; fi
          awk -v handed="$(lines pass/handed)" -v removed="$(lines pass/removed)" -v gone="$(lines pass/gone)" \
            -v seconds="$(($(date +%s) - started))" '
            { for (i = 1; i <= 5; i++) sum[i] += $i }
            END {
              printf "%.0f objects of %.0f bytes, and %.0f copies of %.0f; %.0f alike, %.0f looked at or copied, %.0f removed, %.0f of the copy alone; ",
                sum[1], sum[2], sum[3], sum[4], sum[5], handed, removed, gone - removed
              printf "%.0f seconds.\n", seconds
            }' pass/counts
          [ ! -e failed ]
        }

        # Every key on a line of its own that is not as it should be, with what is wrong.
        differences() {
          : > wrong
          parts pass/handed || fail "There is no room for what has to be compared."
          for part in part.*; do
            [ -e "$part" ] || continue
            awk -v now="$part.now" -v later="$part.later" -f layer "$part" "$part"
            differ "$part.now"
            while [ -s "$part.later" ]; do
              mv "$part.later" "$part.rest"
              awk -v now="$part.now" -v later="$part.later" -f layer "$part.rest" "$part.rest"
              differ "$part.now"
            done
          done
          [ {{Value(Back)}} = true ] || cat pass/alone >> wrong
        }

        # The same for a file of keys.
        differ() {
          if [ {{Value(Back)}} = true ]; then
            # Newer objects of the old bucket are right where they are.
            rclone copy "$source" "$target" --files-from-raw "$1" --no-traverse --update --dry-run 2>&1 \
              | sed -n 's/.*NOTICE: \(.*\): Skipped copy as --dry-run is set.*/\1: not carried back/p; s/.*ERROR : \(.*\)/\1/p' >> wrong
            return
          fi
          rclone check "$source" "$target" --files-from-raw "$1" --no-traverse --one-way --combined report > /dev/null 2> errors
          awk '
            FILENAME == "report" { told[substr($0, 3)] = substr($0, 1, 1); next }
            told[$0] == "=" { next }
            told[$0] == "+" { print $0 ": not in the copy"; next }
            told[$0] == "*" { print $0 ": another one in the copy"; next }
            told[$0] == "!" { print $0 ": cannot be compared"; next }
            { print $0 ": cannot be carried by rclone under this key" }' report "$1" >> wrong
        }

        # Ends the container where anything differs.
        verify() {
          awk 'FILENAME != "pass/gone" { gone[$0] = 1; next } !($0 in gone) { print $0 ": in the copy alone" }' pass/removed pass/gone > pass/alone
          attempt=1
          while differences; [ -s wrong ] && [ "$served" = true ] && [ "$attempt" -lt {{Attempts}} ]; do
            say "$(lines wrong) objects differ, while what was written to the new copy is carried back; again in {{AttemptSeconds}} seconds."
            sleep {{AttemptSeconds}}
            attempt=$((attempt + 1))
            pass || fail "Not everything could be copied: what failed, and why, stands above."
          done
          if [ ! -s wrong ]; then sample; fi
          if [ -s wrong ]; then
            head -n 20 wrong >&2
            fail "$(lines wrong) objects are not as they should be, of which these are the first. Nothing has been activated: undo the last" \
              "entry of the record to let the old copy be written again, put right what stands above, and pause anew."
          fi
          awk -v handed="$(lines pass/handed)" -v unsummed="$(lines pass/unsummed)" '
            { for (i = 1; i <= 5; i++) sum[i] += $i }
            END {
              printf "Verified: %.0f objects of %.0f bytes; %.0f of them in this run, %.0f by size and time because they have no MD5.\n",
                sum[1], sum[2], handed, unsummed
            }' pass/counts
        }

        # Reads some of those byte by byte of which nobody knows a sum.
        sample() {
          awk -F '\t' '$1 <= {{LargestSample}} { print substr($0, index($0, "\t") + 1) }' pass/unsummed | shuf -n {{SampleObjects}} > chosen
          [ -s chosen ] || return 0
          rclone check "$source" "$target" --files-from-raw chosen --no-traverse --one-way --download --combined report > /dev/null 2> errors
          sed -n 's/^[^=] \(.*\)/\1: another content in the copy/p' report >> wrong
          say "$(lines chosen) objects were read and compared byte by byte."
        }

        """;

    private static string Remote(string side, string store) => $$"""
        export RCLONE_CONFIG_{{side}}_TYPE=s3 RCLONE_CONFIG_{{side}}_PROVIDER={{Value(store)}} \
          RCLONE_CONFIG_{{side}}_ENDPOINT="${{side}}_ENDPOINT" RCLONE_CONFIG_{{side}}_REGION="${{side}}_REGION" \
          RCLONE_CONFIG_{{side}}_FORCE_PATH_STYLE="${{side}}_PATH_STYLE" \
          RCLONE_CONFIG_{{side}}_ACCESS_KEY_ID="${{side}}_ACCESS_KEY_ID" \
          RCLONE_CONFIG_{{side}}_SECRET_ACCESS_KEY="${{side}}_SECRET_ACCESS_KEY" \
          RCLONE_CONFIG_{{side}}_NO_CHECK_BUCKET=true RCLONE_CONFIG_{{side}}_STORAGE_CLASS=STANDARD \
          RCLONE_CONFIG_{{side}}_UPLOAD_CONCURRENCY=2
        if [ "${{side}}_CREDENTIALS" = identity ]; then export RCLONE_CONFIG_{{side}}_ENV_AUTH=true; fi
        """;

    private static string Value(string variable) => $"\"${variable}\"";
}
