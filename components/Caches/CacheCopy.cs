using Infra.Components.Clouds;

namespace Infra.Components.Caches;

/// <summary>
/// Copies the keys of one cache into another, by commands that consumers may give as well: managed caches let nobody replicate or migrate,
/// forbid <c>RESTORE</c> as dangerous, and do not read what a newer version dumps. Keys keep the moment at which they end. Every write is
/// one transaction that fails once another mover has taken over, and what was brought is written down: where it no longer holds, somebody
/// else wrote there, and nothing is overwritten. Containers find the two by the variables of links with the prefixes
/// <see cref="CacheMover.Source"/> and <see cref="CacheMover.Target"/>.
/// </summary>
internal static class CacheCopy
{
    /// <summary>The key of the first database of the new copy in which it is written down how far it is.</summary>
    public const string Marker = "carried-over";

    private const string Script = """"
        import hashlib, os, signal, socket, ssl, sys, time, uuid

        MARK, CONTENTS = b"carried-over", b"carried-over:contents"
        PAGE, BATCH, PASSES, KEPT_SECONDS = b"1000", 500, 5, 30 * 24 * 3600
        quiet = int(os.environ["QUIET_SECONDS"])


        class Stop(Exception):
            pass


        class Refused(Exception):
            pass


        def say(text):
            print(text, file=sys.stderr, flush=True)


        class Server:
            def __init__(self, side):
                self.name = {"SOURCE": "copy that is left", "TARGET": "new copy"}[side]
                host, port = os.environ[f"{side}_HOST"], int(os.environ[f"{side}_PORT"])
                context = ssl.create_default_context(cadata=os.environ.get(f"{side}_CA") or None)
                context.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
                context.check_hostname = os.environ[f"{side}_TLS_MODE"] == "verify-full"
                connection = socket.create_connection((host, port), timeout=60)
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.socket = context.wrap_socket(connection, server_hostname=host)
                self.answers = self.socket.makefile("rb")
                self.database = 0
                self.ask("AUTH", os.environ[f"{side}_USERNAME"], os.environ[f"{side}_PASSWORD"])

            def ask(self, *words):
                answer = self.ask_all([words])[0]
                if isinstance(answer, Refused):
                    raise answer
                return answer

            def ask_all(self, commands):
                text = bytearray()
                for words in commands:
                    text += b"*%d\r\n" % len(words)
                    for word in words:
                        word = word if isinstance(word, bytes) else str(word).encode()
                        text += b"$%d\r\n%b\r\n" % (len(word), word)
                self.socket.sendall(text)
                return [self.answer() for _ in commands]

            def answer(self):
                line = self.answers.readline()
                if not line.endswith(b"\r\n"):
                    raise ConnectionError("the server hung up")
                kind, rest = line[:1], line[1:-2]
                if kind == b"+":
                    return rest
                if kind == b"-":
                    return Refused(f"the {self.name} says: {rest.decode(errors='replace')}")
                if kind == b":":
                    return int(rest)
                count = int(rest)
                if count < 0:
                    return None
                if kind == b"*":
                    return [self.answer() for _ in range(count)]
                text = self.answers.read(count + 2)
                if len(text) != count + 2:
                    raise ConnectionError("the server hung up")
                return text[:-2]

            def select(self, database):
                if database != self.database:
                    self.ask("SELECT", database)
                    self.database = database

            def databases(self):
                lines = self.ask("INFO", "keyspace").decode().splitlines()
                return [int(line[2:line.index(":")]) for line in lines if line.startswith("db")]

            def keys(self):
                cursor = b"0"
                while True:
                    cursor, keys = self.ask("SCAN", cursor, "COUNT", BATCH)
                    own = {MARK, CONTENTS} if self.database == 0 else set()
                    keys = [key for key in dict.fromkeys(keys) if key not in own]
                    if keys:
                        yield keys
                    if cursor == b"0":
                        return

            def knows(self, command):
                return not isinstance(self.ask_all([(command, MARK, "FIELDS", 1, "x")])[0], Refused)


        def flat(pairs):
            return [word for pair in pairs for word in pair]


        def paired(words):
            return list(zip(words[::2], words[1::2]))


        def read(server, keys):
            """What the keys hold: for each that is there, its type, what is in it in a form that can be compared, and when it ends."""
            asked = server.ask_all([(word, key) for key in keys for word in ("TYPE", "PEXPIRETIME")])
            found = {}
            first = {b"string": lambda key: ("GET", key), b"list": lambda key: ("LRANGE", key, 0, int(PAGE) - 1),
                     b"set": lambda key: ("SSCAN", key, 0, "COUNT", PAGE), b"hash": lambda key: ("HSCAN", key, 0, "COUNT", PAGE),
                     b"zset": lambda key: ("ZSCAN", key, 0, "COUNT", PAGE), b"stream": lambda key: ("XRANGE", key, "-", "+", "COUNT", PAGE)}
            there = []
            for key, (kind, ends) in zip(keys, paired(asked)):
                if isinstance(kind, Refused):
                    raise kind
                if isinstance(ends, Refused):
                    raise ends
                if kind == b"none" or ends == -2:
                    continue
                if kind not in first:
                    raise Stop(f"The key {key!r} is of the type {kind.decode()}, which no cache of another cloud is sure to know: it cannot be "
                               "carried over. Remove it, or take the way 'cold'.")
                there.append((key, kind, ends))
            for (key, kind, ends), begun in zip(there, server.ask_all([first[kind](key) for key, kind, _ in there])):
                try:
                    value = whole(server, key, kind, begun)
                except Refused as refused:
                    if "WRONGTYPE" in str(refused) or "no such key" in str(refused):
                        continue
                    raise
                if value is not None:
                    found[key] = (kind, value, ends)
            return found


        def whole(server, key, kind, begun):
            if isinstance(begun, Refused):
                raise begun
            if kind == b"string":
                return begun
            if kind == b"list":
                items = begun
                while len(begun) == int(PAGE):
                    begun = server.ask("LRANGE", key, len(items), len(items) + int(PAGE) - 1)
                    items += begun
                return items or None
            if kind == b"stream":
                return stream(server, key, begun)
            cursor, items = begun
            while cursor != b"0":
                cursor, more = server.ask({b"set": "SSCAN", b"hash": "HSCAN", b"zset": "ZSCAN"}[kind], key, cursor, "COUNT", PAGE)
                items += more
            if not items:
                return None
            if kind == b"set":
                return sorted(set(items))
            if kind == b"zset":
                return sorted((member, repr(float(score))) for member, score in dict(paired(items)).items())
            fields = sorted(dict(paired(items)).items())
            if not server.ends_fields:
                return fields
            names = [name for name, _ in fields]
            return [(name, value, end) for (name, value), end in zip(fields, server.ask("HPEXPIRETIME", key, "FIELDS", len(names), *names))]


        def stream(server, key, begun):
            entries = begun
            while len(begun) == int(PAGE):
                begun = server.ask("XRANGE", key, b"(" + entries[-1][0], "+", "COUNT", PAGE)
                entries += begun
            about = dict(paired(server.ask("XINFO", "STREAM", key)))
            groups = []
            for group in server.ask("XINFO", "GROUPS", key):
                group = dict(paired(group))
                waiting, start = [], b"-"
                while page := server.ask("XPENDING", key, group[b"name"], start, "+", int(PAGE)):
                    waiting += [(entry, consumer, count) for entry, consumer, _, count in page]
                    start = b"(" + page[-1][0]
                consumers = sorted(dict(paired(consumer))[b"name"] for consumer in server.ask("XINFO", "CONSUMERS", key, group[b"name"]))
                kept = {entry for entry, _ in entries}
                waiting = [entry for entry in waiting if entry[0] in kept]
                groups.append((group[b"name"], group[b"last-delivered-id"], group.get(b"entries-read"), consumers, waiting))
            return (entries, about[b"last-generated-id"], about.get(b"max-deleted-entry-id", b"0-0"), about.get(b"entries-added", len(entries)),
                    sorted(groups))


        def written(key, kind, value, ends):
            """The commands that make a key."""
            yield ("DEL", key)
            if kind == b"string":
                yield ("SET", key, value)
            elif kind == b"stream":
                yield from written_stream(key, *value)
            else:
                word = {b"list": "RPUSH", b"set": "SADD", b"hash": "HSET", b"zset": "ZADD"}[kind]
                for at in range(0, len(value), int(PAGE)):
                    page = value[at:at + int(PAGE)]
                    if kind == b"hash":
                        page = flat((field[0], field[1]) for field in page)
                    elif kind == b"zset":
                        page = flat((score, member) for member, score in page)
                    yield (word, key, *page)
                if kind == b"hash" and len(value[0]) == 3:
                    for name, _, end in value:
                        if end > 0:
                            yield ("HPEXPIREAT", key, end, "FIELDS", 1, name)
            if ends > 0:
                yield ("PEXPIREAT", key, ends)


        def written_stream(key, entries, last, deleted, added, groups):
            for entry, fields in entries:
                yield ("XADD", key, entry, *fields)
            if not entries:
                yield ("XGROUP", "CREATE", key, "carried-over", "0", "MKSTREAM")
                yield ("XGROUP", "DESTROY", key, "carried-over")
            yield ("XSETID", key, last, "ENTRIESADDED", added, "MAXDELETEDID", deleted)
            for name, delivered, count, consumers, waiting in groups:
                yield ("XGROUP", "CREATE", key, name, delivered) + (("ENTRIESREAD", count) if count is not None else ())
                for consumer in consumers:
                    yield ("XGROUP", "CREATECONSUMER", key, name, consumer)
                for entry, consumer, times in waiting:
                    yield ("XCLAIM", key, name, consumer, 0, entry, "RETRYCOUNT", times, "FORCE", "JUSTID")


        class Mover:
            def __init__(self):
                self.source, self.target = Server("SOURCE"), Server("TARGET")
                self.source.ends_fields, self.target.ends_fields = self.source.knows("HPEXPIRETIME"), self.target.knows("HPEXPIRETIME")
                self.mark = None

            def standing(self):
                self.target.select(0)
                mark = self.target.ask("GET", MARK)
                if mark is not None:
                    return mark.split(b" ")[0].decode()
                return "used" if self.target.databases() else "empty"

            def become(self, state, expected):
                """Writes the state down, unless another mover, or nobody knows who, did so before."""
                self.target.select(0)
                seen = self.target.ask_all([("WATCH", MARK), ("GET", MARK)])[1]
                if expected is not None and (seen or b"empty").split(b" ")[0].decode() not in expected:
                    self.target.ask("UNWATCH")
                    raise Stop("Another mover has taken over.")
                mark = f"{state} {uuid.uuid4()}".encode()
                self.change([("SET", MARK, mark)])
                self.mark = mark

            def change(self, commands):
                answers = self.target.ask_all([("MULTI",), *commands, ("EXEC",)])
                for answer in [*answers, *(answers[-1] if isinstance(answers[-1], list) else [])]:
                    if isinstance(answer, Refused):
                        if "OOM" in str(answer):
                            raise Stop(f"The new copy has no room for it: {answer}. Raise its size, and update again.")
                        raise answer
                if answers[-1] is None:
                    raise Stop("Another mover has taken over.")

            def put(self, database, commands):
                # As long as nobody else has taken over. What is written down lies in the first database.
                self.target.select(0)
                if self.target.ask_all([("WATCH", MARK), ("GET", MARK)])[1] != self.mark:
                    self.target.ask("UNWATCH")
                    raise Stop("Another mover has taken over.")
                self.target.select(database)
                self.change(commands)

            def once(self, final):
                """Carries over what differs; says how many keys there are, how many differed, and digests of those that did not."""
                count = different = 0
                digests = {}, {}
                for database in sorted(set(self.source.databases()) | set(self.target.databases())):
                    self.source.select(database)
                    self.target.select(database)
                    for keys in self.source.keys():
                        here = read(self.source, keys)
                        self.target.select(database)
                        there = read(self.target, keys)
                        now = time.time() * 1000
                        commands = []
                        for key in keys:
                            kind, value, ends = here.get(key, (None, None, None))
                            if kind is None or 0 < ends < now + 2000:
                                continue
                            count += 1
                            if comparable(here[key]) == comparable(there.get(key)):
                                if final:
                                    digest(digests, database, key, here[key])
                                continue
                            different += 1
                            if kind == b"hash" and len(value[0]) == 3 and not self.target.ends_fields and any(end > 0 for *_, end in value):
                                raise Stop(f"Fields of the hash {key!r} end by themselves, which the new copy does not know.")
                            commands += written(key, kind, value, ends)
                        if commands:
                            self.put(database, commands)
                    self.target.select(database)
                    for keys in list(self.target.keys()):
                        self.source.select(database)
                        gone = [key for key, there in zip(keys, self.source.ask_all([("EXISTS", key) for key in keys])) if there == 0]
                        if gone:
                            different += sum(1 for _ in gone) if final else 0
                            self.put(database, [("DEL", key) for key in gone])
                            self.target.select(database)
                return count, different, digests

            def contents(self):
                """Digests of all keys of the new copy."""
                digests = {}, {}
                for database in self.target.databases():
                    self.target.select(database)
                    for keys in self.target.keys():
                        for key, there in read(self.target, keys).items():
                            digest(digests, database, key, there)
                return digests

            def keep(self, digests):
                commands = [("DEL", CONTENTS)]
                for letter, part in zip((b"s", b"e"), digests):
                    commands += [("HSET", CONTENTS, letter + bucket, b"".join(sorted(known))) for bucket, known in part.items()]
                self.put(0, [*commands, ("EXPIRE", CONTENTS, KEPT_SECONDS)])
                self.become("done", ["wanted"])
                self.target.ask("EXPIRE", MARK, KEPT_SECONDS)

            def untouched(self):
                """Whether the new copy holds what was brought, and nothing else."""
                kept = dict(paired(self.target.ask("HGETALL", CONTENTS)))
                for letter, part in zip((b"s", b"e"), self.contents()):
                    known = {field[1:]: {digests[at:at + 8] for at in range(0, len(digests), 8)}
                             for field, digests in kept.items() if field[:1] == letter}
                    if letter == b"s" and part != known:
                        return False
                    if letter == b"e" and any(digests - known.get(bucket, set()) for bucket, digests in part.items()):
                        return False
                return True


        def digest(digests, database, key, found):
            # Those that stay, and those that end by themselves, by how they begin.
            made = hashlib.blake2b(repr((database, key, comparable(found))).encode(), digest_size=8).digest()
            digests[found[2] > 0].setdefault(b"%03x" % (made[0] << 4 | made[1] >> 4), set()).add(made)


        def comparable(found):
            # Fields that do not end look the same to a server that knows no such thing.
            if found is None or found[0] != b"hash":
                return found
            return found[0], [field[:2] if len(field) == 2 or field[2] < 0 else field for field in found[1]], found[2]


        def move():
            mover = Mover()
            standing = mover.standing()
            if standing == "used":
                raise Stop("The new copy holds keys that no mover brought: they are left alone. Where they may go, empty it, and update again.")
            if standing == "done" and not mover.untouched():
                raise Stop("Somebody wrote to the new copy since all was brought there: it may hold what is newer, and is left alone. Where that may "
                           "go, empty it, and update again.")
            mover.become("wanted", None)
            say(f"Waiting {quiet} seconds until those who wrote have ended.")
            time.sleep(quiet)
            begun = time.monotonic()
            for _ in range(PASSES):
                count, different, digests = mover.once(final=True)
                say(f"{count} keys, of which {different} differed, after {time.monotonic() - begun:.1f} seconds.")
                if not different:
                    mover.keep(digests)
                    say(f"The new copy holds what the old one does, after {time.monotonic() - begun:.1f} seconds.")
                    return
            raise Stop(f"The two copies still differ after {PASSES} passes: somebody writes to the copy that is left, or the new copy is too small and "
                       "forgets. Stop them, or raise its size, and update again.")


        def rehearse():
            mover = Mover()
            standing = mover.standing()
            if standing == "used":
                raise Stop("The new copy holds keys that no mover brought: they are left alone. Where they may go, empty it.")
            if standing in ("rehearsed", "wanted", "done"):
                say(f"Nothing is to be rehearsed: {standing}.")
                return
            mover.become("filling", ["empty", "filling"])
            begun = time.monotonic()
            count, _, _ = mover.once(final=False)
            taken = time.monotonic() - begun
            mover.become("rehearsed", ["filling"])
            say(f"The rehearsal succeeded: {count} keys in {taken:.1f} seconds. About as long nobody will be able to write, and for {quiet} seconds "
                "before.")


        def main(act, goes_on):
            signal.signal(signal.SIGTERM, lambda *_: os._exit(143))
            again = int(os.environ.get("REPEAT_SECONDS", "900"))
            while True:
                try:
                    act()
                    break
                except (Stop, Refused, OSError) as problem:
                    say(f"{'The rehearsal did not succeed' if goes_on else 'The cache was not moved; the copy that is left has everything'}: {problem}")
                    if not goes_on:
                        sys.exit(1)
                    time.sleep(again)
            while goes_on:
                time.sleep(3600)


        main(*{"move": (move, False), "rehearse": (rehearse, True)}[sys.argv[1]])
        """";

    /// <summary>The image, for its language.</summary>
    public static PinnedImage Image => PinnedImage.Python;

    /// <summary>What the job runs that copies while nobody writes.</summary>
    public static IReadOnlyList<string> Command { get; } = ["python3", "-c", Script, "move"];

    /// <summary>What the worker runs that does the same while the old copy serves.</summary>
    public static IReadOnlyList<string> Rehearsal { get; } = ["python3", "-c", Script, "rehearse"];
}
