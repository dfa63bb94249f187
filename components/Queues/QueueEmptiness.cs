namespace Infra.Components.Queues;

/// <summary>
/// Watches the old copy of a queue, and fails where there is a message in it. Whoever may receive may ask Amazon SQS and RabbitMQ how many
/// wait; Pub/Sub does not count for them, and is asked for one, which goes back at once. What somebody works on, or what rests after it was
/// not finished, is not seen everywhere: it is watched for as long as a message may be out of sight. Containers find the queue by the
/// variables of a link with the prefix <see cref="QueueMover.Source"/>; since they stand on another cloud, it gives them keys.
/// </summary>
internal static class QueueEmptiness
{
    private const string Script = """"
        import base64, datetime, hashlib, hmac, json, os, re, socket, ssl, struct, sys, time
        import urllib.error, urllib.parse, urllib.request

        RESTS = 15
        setting = lambda key: os.environ.get(f"SOURCE_{key}", "")
        watched = int(os.environ["WATCHED_SECONDS"])


        class Stop(Exception):
            pass


        def say(text):
            print(text, file=sys.stderr, flush=True)


        def context():
            made = ssl.create_default_context(cadata=setting("CA") or None)
            made.verify_flags &= ~getattr(ssl, "VERIFY_X509_STRICT", 0)
            if setting("TLS_MODE") != "verify-full":
                made.check_hostname = False
            return made


        def called(url, body, headers):
            request = urllib.request.Request(url, body.encode(), headers, method="POST")
            try:
                with urllib.request.urlopen(request, timeout=30, context=context()) as answer:
                    return answer.read().decode()
            except urllib.error.HTTPError as refused:
                raise Stop(f"The queue's API refuses {url}: {refused.code}, {refused.read(2000).decode(errors='replace')}") from None


        def sqs():
            """How many messages there are, those included that somebody works on, and those that rest."""
            asked = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible", "ApproximateNumberOfMessagesDelayed"]
            body = urllib.parse.urlencode([("Action", "GetQueueAttributes"), ("Version", "2012-11-05"), ("QueueUrl", setting("URL")),
                                           *((f"AttributeName.{at}", name) for at, name in enumerate(asked, 1))])
            queue = urllib.parse.urlsplit(setting("URL"))
            at = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
            scope = f"{at[:8]}/{setting('REGION')}/sqs/aws4_request"
            headers = {"content-type": "application/x-www-form-urlencoded", "host": queue.netloc, "x-amz-date": at}
            names = ";".join(sorted(headers))
            request = "\n".join(["POST", queue.path, "", *(f"{name}:{headers[name]}" for name in sorted(headers)), "", names,
                                 hashlib.sha256(body.encode()).hexdigest()])
            text = "\n".join(["AWS4-HMAC-SHA256", at, scope, hashlib.sha256(request.encode()).hexdigest()])
            key = ("AWS4" + setting("SECRET_ACCESS_KEY")).encode()
            for part in [*scope.split("/"), text]:
                key = hmac.new(key, part.encode(), hashlib.sha256).digest()
            headers["authorization"] = (f"AWS4-HMAC-SHA256 Credential={setting('ACCESS_KEY_ID')}/{scope}, SignedHeaders={names}, "
                                        f"Signature={key.hex()}")
            found = dict(re.findall(r"<Name>(\w+)</Name>\s*<Value>(\d+)</Value>", called(setting("URL"), body, headers)))
            return sum(int(found[name]) for name in asked)


        def signed(text, pem):
            """By RSA and SHA-256 (RFC 8017, 8.2.1), with a key as PKCS #8 has it."""
            def values(data):
                at = 0
                while at < len(data):
                    kind, size, at = data[at], data[at + 1], at + 2
                    if size & 128:
                        size, at = int.from_bytes(data[at:at + (size & 127)], "big"), at + (size & 127)
                    yield kind, data[at:at + size]
                    at += size

            der = base64.b64decode("".join(pem.strip().splitlines()[1:-1]))
            inner = list(values(list(values(list(values(der))[0][1]))[2][1]))[0][1]
            numbers = [int.from_bytes(value, "big") for _, value in values(inner)]
            modulus, secret = numbers[1], numbers[3]
            size = (modulus.bit_length() + 7) // 8
            digest = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(text).digest()
            padded = b"\x00\x01" + b"\xff" * (size - len(digest) - 3) + b"\x00" + digest
            return pow(int.from_bytes(padded, "big"), secret, modulus).to_bytes(size, "big")


        def pubsub():
            """Whether there is a message to be had: the API that consumers have does not count. One that comes goes back at once."""
            key, now = json.loads(setting("CREDENTIALS_JSON")), int(time.time())
            encoded = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=")
            endpoint = urllib.parse.urlsplit(setting("ENDPOINT"))
            text = b".".join(encoded(json.dumps(part).encode()) for part in (
                {"alg": "RS256", "typ": "JWT", "kid": key["private_key_id"]},
                {"iss": key["client_email"], "sub": key["client_email"], "aud": f"https://{endpoint.hostname}/", "iat": now, "exp": now + 600}))
            headers = {"authorization": "Bearer " + (text + b"." + encoded(signed(text, key["private_key"]))).decode(),
                       "content-type": "application/json"}
            answer = called(f"{setting('URL')}:pull", json.dumps({"maxMessages": 10, "returnImmediately": True}), headers)
            found = json.loads(answer).get("receivedMessages", [])
            if found:
                called(f"{setting('URL')}:modifyAckDeadline",
                       json.dumps({"ackIds": [message["ackId"] for message in found], "ackDeadlineSeconds": 0}), headers)
            return len(found)


        def amqp():
            """How many messages wait to be delivered (AMQP 0-9-1, queue.declare that only looks)."""
            with socket.create_connection((setting("HOST"), int(setting("PORT"))), timeout=30) as raw:
                with context().wrap_socket(raw, server_hostname=setting("HOST")) as link:
                    answers = link.makefile("rb")
                    short = lambda text: struct.pack(">B", len(text)) + text
                    long = lambda text: struct.pack(">I", len(text)) + text

                    def send(channel, kind, body=b""):
                        body = struct.pack(">HH", *kind) + body
                        link.sendall(struct.pack(">BHI", 1, channel, len(body)) + body + b"\xce")

                    def expect(kind):
                        while True:
                            head = answers.read(7)
                            if len(head) < 7:
                                raise Stop("The broker hung up: the login or its password is wrong, or it has no right to the queue.")
                            frame, _, size = struct.unpack(">BHI", head)
                            body = answers.read(size + 1)[:-1]
                            if frame != 1:
                                continue
                            found = struct.unpack(">HH", body[:4])
                            if found in ((10, 50), (20, 40)):
                                code, length = struct.unpack(">HB", body[4:7])
                                raise Stop(f"The broker refuses: {code} {body[7:7 + length].decode(errors='replace')}")
                            if found == kind:
                                return body[4:]

                    link.sendall(b"AMQP\x00\x00\x09\x01")
                    expect((10, 10))
                    login = b"\x00" + setting("USERNAME").encode() + b"\x00" + setting("PASSWORD").encode()
                    send(0, (10, 11), long(b"") + short(b"PLAIN") + long(login) + short(b"en_US"))
                    send(0, (10, 31), expect((10, 30))[:6] + b"\x00\x00")
                    send(0, (10, 40), short(b"/") + short(b"") + b"\x00")
                    expect((10, 41))
                    send(1, (20, 10), short(b""))
                    expect((20, 11))
                    name = setting("NAME").encode()
                    send(1, (50, 10), b"\x00\x00" + short(name) + b"\x01" + long(b""))
                    answer = expect((50, 11))
                    count, _ = struct.unpack(">II", answer[1 + answer[0]:9 + answer[0]])
                    send(0, (10, 50), b"\x00\xc8" + short(b"") + b"\x00\x00\x00\x00")
                    return count


        def main():
            look, until = {"sqs": sqs, "pubsub": pubsub, "amqp": amqp}[setting("PROTOCOL")], time.monotonic() + watched
            say(f"Watching for {watched} seconds: for that long, a message may be in somebody's hands, or rest, and come back.")
            while True:
                try:
                    count = look()
                except (OSError, KeyError, ValueError) as problem:
                    raise Stop(f"The old copy of the queue could not be asked: {problem}") from None
                if count:
                    raise Stop(f"There are messages in the old copy of the queue, {count} or more. Let its consumers go on until they have "
                               "worked them off, then update again; move its dead letters by hand where they matter.")
                if time.monotonic() >= until:
                    break
                time.sleep(min(RESTS, max(0.1, until - time.monotonic())))
            say("Nothing is left in the old copy of the queue.")


        try:
            main()
        except Stop as stop:
            say(f"The queue is not released. {stop}")
            sys.exit(1)
        """";

    /// <summary>What the job runs.</summary>
    public static IReadOnlyList<string> Command { get; } = ["python3", "-c", Script];
}
