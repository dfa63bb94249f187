using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Infra.Tests.Buckets;

/// <summary>
/// A store of one bucket on loopback, in memory, that speaks as much of the S3 protocol as copiers need: it checks signatures (AWS
/// documentation: Signature Version 4), takes uploads in parts, lists in the order of the keys' bytes, and lets an object appear whole or
/// not at all. It may be full, slow, or out of reach, and knows what was ever written to it.
/// </summary>
internal sealed class BucketStore : IDisposable
{
    /// <summary>The bucket.</summary>
    public const string Bucket = "photos";

    /// <summary>The access key.</summary>
    public const string Id = "AKIAEXAMPLE";

    /// <summary>Its secret.</summary>
    public const string Secret = "a/secret+key=";

    private const string Region = "eu-west-3";
    private const string Namespace = "http://s3.amazonaws.com/doc/2006-03-01/";

    // What S3 keeps with an object, besides its metadata.
    private static readonly string[] Kept =
        ["Content-Type", "Cache-Control", "Content-Disposition", "Content-Encoding", "Content-Language"];

    private readonly HttpListener _listener = new();
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredObject> _objects = new(ByBytes.Order);
    private readonly Dictionary<string, Upload> _uploads = [];
    private readonly List<(string Key, StoredObject Object)> _written = [];

    /// <summary>Starts it.</summary>
    public BucketStore()
    {
        using (var socket = new TcpListener(IPAddress.Loopback, 0))
        {
            socket.Start();
            Url = $"http://127.0.0.1:{((IPEndPoint)socket.LocalEndpoint).Port}";
        }

        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _ = Task.Run(Serve);
    }

    /// <summary>Its address.</summary>
    public string Url { get; }

    /// <summary>How many bytes it holds at most.</summary>
    public long Capacity { get; set; } = long.MaxValue;

    /// <summary>Whether it breaks every connection off, in the middle of an answer.</summary>
    public bool IsCut { get; set; }

    /// <summary>How long every answer takes.</summary>
    public TimeSpan Latency { get; set; }

    /// <summary>What was written through its API, in its order.</summary>
    public IReadOnlyList<(string Key, StoredObject Object)> Written
    {
        get
        {
            lock (_lock) return [.. _written];
        }
    }

    /// <summary>What it holds.</summary>
    public IReadOnlyDictionary<string, StoredObject> Objects
    {
        get
        {
            lock (_lock) return _objects.ToDictionary();
        }
    }

    /// <summary>Puts an object there, as an application does.</summary>
    public void Put(string key, string content, params (string Name, string Value)[] headers) =>
        Put(key, Encoding.UTF8.GetBytes(content), headers);

    /// <summary>Puts an object there, as an application does.</summary>
    public void Put(string key, byte[] content, params (string Name, string Value)[] headers)
    {
        var kept = headers.ToDictionary(pair => pair.Name, pair => pair.Value);
        var stored = new StoredObject(content, TagOf(content), DateTime.UtcNow, kept);
        lock (_lock) _objects[key] = stored;
    }

    /// <summary>Puts an object there in parts, whose tag says nothing of its content.</summary>
    public void PutInParts(string key, byte[] content)
    {
        var stored = new StoredObject(content, $"{TagOf([.. content, 1])}-2", DateTime.UtcNow, []);
        lock (_lock) _objects[key] = stored;
    }

    /// <summary>Copies an object within the bucket, with its metadata, as an application does.</summary>
    public void Copy(string from, string to)
    {
        lock (_lock) _objects[to] = _objects[from] with { Modified = DateTime.UtcNow };
    }

    /// <summary>Deletes an object, as an application does.</summary>
    public void Delete(string key)
    {
        lock (_lock) _objects.Remove(key);
    }

    public void Dispose() => _listener.Close();

    /// <summary>The tag of an object that is uploaded whole.</summary>
    public static string TagOf(byte[] content)
    {
#pragma warning disable CA5351 // The protocol says so.
        return Convert.ToHexStringLower(MD5.HashData(content));
#pragma warning restore CA5351
    }

    private async Task Serve()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            _ = Task.Run(async () =>
            {
                try
                {
                    if (Latency > TimeSpan.Zero) await Task.Delay(Latency);
                    await Answer(context);
                }
                catch (Exception exception) when (exception is HttpListenerException or IOException or ObjectDisposedException)
                {
                    // The client is gone.
                }
            });
        }
    }

    private async Task Answer(HttpListenerContext context)
    {
        var (request, response) = (context.Request, context.Response);
        var address = request.RawUrl!.Split('?', 2);
        var query = (address.Length > 1 ? address[1] : "")
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : "");
        using var received = new MemoryStream();
        await request.InputStream.CopyToAsync(received);
        var body = received.ToArray();
        if (IsCut)
        {
            response.Abort();
            return;
        }

        if (!IsSigned(request, address[0], query, body))
        {
            Refuse(response, 403, "SignatureDoesNotMatch");
            return;
        }

        var path = Uri.UnescapeDataString(address[0])[1..];
        var key = path.StartsWith($"{Bucket}/", StringComparison.Ordinal) ? path[(Bucket.Length + 1)..] : "";
        if (key.Length == 0)
        {
            if (path.TrimEnd('/') != Bucket) Refuse(response, 404, "NoSuchBucket");
            else Send(response, List(query));
            return;
        }

        switch (request.HttpMethod)
        {
            case "HEAD" or "GET":
                Give(request, response, key);
                break;
            case "POST" when query.ContainsKey("uploads"):
                var id = Guid.NewGuid().ToString("N");
                lock (_lock) _uploads[id] = new(key, HeadersOf(request), []);
                Send(response, Document("InitiateMultipartUploadResult", ("Bucket", Bucket), ("Key", key), ("UploadId", id)));
                break;
            case "PUT" when query.TryGetValue("uploadId", out var upload):
                lock (_lock) _uploads[upload].Parts[int.Parse(query["partNumber"], CultureInfo.InvariantCulture)] = body;
                response.Headers["ETag"] = $"\"{TagOf(body)}\"";
                response.Close();
                break;
            case "POST" when query.TryGetValue("uploadId", out var upload):
                Complete(response, upload);
                break;
            case "DELETE" when query.TryGetValue("uploadId", out var upload):
                lock (_lock) _uploads.Remove(upload);
                response.StatusCode = 204;
                response.Close();
                break;
            case "PUT":
                if (request.Headers["Content-MD5"] is { } sum && sum != Convert.ToBase64String(Convert.FromHexString(TagOf(body))))
                    Refuse(response, 400, "BadDigest");
                else if (Keep(key, body, TagOf(body), HeadersOf(request)) is { } tag)
                    Acknowledge(response, tag);
                else
                    Refuse(response, 507, "StorageFull");
                break;
            case "DELETE":
                Delete(key);
                response.StatusCode = 204;
                response.Close();
                break;
            default:
                Refuse(response, 501, "NotImplemented");
                break;
        }
    }

    private void Complete(HttpListenerResponse response, string upload)
    {
        Upload begun;
        lock (_lock)
        {
            begun = _uploads[upload];
            _uploads.Remove(upload);
        }

        var whole = begun.Parts.Values.SelectMany(part => part).ToArray();
        var tag = $"{TagOf([.. begun.Parts.Values.SelectMany(part => Convert.FromHexString(TagOf(part)))])}-{begun.Parts.Count}";
        if (Keep(begun.Key, whole, tag, begun.Headers) is null) Refuse(response, 507, "StorageFull");
        else Send(response, Document("CompleteMultipartUploadResult", ("Key", begun.Key), ("ETag", $"\"{tag}\"")));
    }

    private static Dictionary<string, string> HeadersOf(HttpListenerRequest request) => request.Headers.AllKeys
        .Where(name => Kept.Contains(name, StringComparer.OrdinalIgnoreCase)
            || name!.StartsWith("x-amz-meta-", StringComparison.OrdinalIgnoreCase))
        .ToDictionary(name => name!, name => request.Headers[name]!, StringComparer.OrdinalIgnoreCase);

    private string? Keep(string key, byte[] body, string tag, Dictionary<string, string> headers)
    {
        var stored = new StoredObject(body, tag, DateTime.UtcNow, headers);
        lock (_lock)
        {
            if (_objects.Values.Sum(other => other.Content.LongLength) + body.Length > Capacity) return null;
            _objects[key] = stored;
            _written.Add((key, stored));
            return tag;
        }
    }

    private static void Acknowledge(HttpListenerResponse response, string tag)
    {
        response.Headers["ETag"] = $"\"{tag}\"";
        response.Close();
    }

    private void Give(HttpListenerRequest request, HttpListenerResponse response, string key)
    {
        StoredObject? stored;
        lock (_lock) stored = _objects.GetValueOrDefault(key);
        if (stored is null)
        {
            Refuse(response, 404, "NoSuchKey", hasBody: request.HttpMethod == "GET");
            return;
        }

        response.Headers["ETag"] = $"\"{stored.Tag}\"";
        response.Headers["Last-Modified"] = stored.Modified.ToString("R", CultureInfo.InvariantCulture);
        foreach (var (name, value) in stored.Headers) response.Headers[name] = value;
        var content = stored.Content;
        if (request.Headers["Range"] is { } range)
        {
            var bounds = range.Split('=')[1].Split('-');
            var first = int.Parse(bounds[0], CultureInfo.InvariantCulture);
            var last = bounds[1].Length == 0 ? content.Length - 1 : int.Parse(bounds[1], CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers["Content-Range"] = string.Create(CultureInfo.InvariantCulture, $"bytes {first}-{last}/{content.Length}");
            content = content[first..Math.Min(last + 1, content.Length)];
        }

        response.ContentLength64 = content.Length;
        if (request.HttpMethod == "GET") response.OutputStream.Write(content);
        response.Close();
    }

    private string List(Dictionary<string, string> query)
    {
        var prefix = query.GetValueOrDefault("prefix", "");
        var delimiter = query.GetValueOrDefault("delimiter", "");
        var most = int.Parse(query.GetValueOrDefault("max-keys", "1000"), CultureInfo.InvariantCulture);
        var isSecond = query.GetValueOrDefault("list-type") == "2";
        var after = query.GetValueOrDefault("continuation-token", query.GetValueOrDefault("marker", ""));
        List<XElement> entries = [];
        HashSet<string> prefixes = [];
        var (last, isCutOff) = ("", false);
        KeyValuePair<string, StoredObject>[] all;
        lock (_lock) all = [.. _objects];
        foreach (var (key, stored) in all)
        {
            if (!key.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var cut = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var name = cut < 0 ? key : key[..(cut + delimiter.Length)];
            if (ByBytes.Order.Compare(name, after) <= 0 || prefixes.Contains(name)) continue;
            if (entries.Count == most)
            {
                isCutOff = true;
                break;
            }

            last = name;
            if (cut >= 0) prefixes.Add(name);
            entries.Add(cut >= 0
                ? Element("CommonPrefixes", Element("Prefix", Spelled(name)))
                : Element(
                    "Contents",
                    Element("Key", Spelled(name)),
                    Element("LastModified", stored.Modified.ToString("yyyy-MM-dd'T'HH:mm:ss'.000Z'", CultureInfo.InvariantCulture)),
                    Element("ETag", $"\"{stored.Tag}\""),
                    Element("Size", stored.Content.Length),
                    Element("StorageClass", "STANDARD")));
        }

        List<XElement> facts =
        [
            Element("Name", Bucket),
            Element("Prefix", Spelled(prefix)),
            Element("MaxKeys", most),
            Element("KeyCount", entries.Count),
            Element("EncodingType", "url"),
            Element("IsTruncated", isCutOff ? "true" : "false"),
        ];
        if (isCutOff) facts.Add(Element(isSecond ? "NextContinuationToken" : "NextMarker", isSecond ? last : Spelled(last)));
        return Element("ListBucketResult", [.. facts, .. entries]).ToString(SaveOptions.DisableFormatting);

        string Spelled(string text) => query.ContainsKey("encoding-type")
            ? Uri.EscapeDataString(text).Replace("%2F", "/", StringComparison.Ordinal)
            : text;
    }

    private static XElement Element(string name, params object[] content) => new(XName.Get(name, Namespace), content);

    private static string Document(string name, params (string Name, string Value)[] values) =>
        Element(name, [.. values.Select(value => Element(value.Name, value.Value))]).ToString(SaveOptions.DisableFormatting);

    private static void Send(HttpListenerResponse response, string document)
    {
        response.ContentType = "application/xml";
        response.OutputStream.Write(Encoding.UTF8.GetBytes(document));
        response.Close();
    }

    private static void Refuse(HttpListenerResponse response, int status, string code, bool hasBody = true)
    {
        response.StatusCode = status;
        if (hasBody)
        {
            Send(response, $"<Error><Code>{code}</Code><Message>{code}</Message></Error>");
        }
        else
        {
            response.ContentLength64 = 0;
            response.Close();
        }
    }

    private static bool IsSigned(HttpListenerRequest request, string path, Dictionary<string, string> query, byte[] body)
    {
        if (request.Headers["Authorization"] is not { } given) return false;
        if (!given.StartsWith("AWS4-HMAC-SHA256", StringComparison.Ordinal)) return false;
        var (signed, day) = (Part("SignedHeaders="), request.Headers["X-Amz-Date"]!);
        var hash = request.Headers["X-Amz-Content-Sha256"]!;
        if (hash != "UNSIGNED-PAYLOAD" && hash != Convert.ToHexStringLower(SHA256.HashData(body))) return false;
        var headers = string.Concat(signed.Split(';').Select(name => $"{name}:{request.Headers[name]!.Trim()}\n"));
        var asked = string.Join('&', query
            .Select(pair => (Name: Uri.EscapeDataString(pair.Key), Value: Uri.EscapeDataString(pair.Value)))
            .OrderBy(pair => pair.Name, StringComparer.Ordinal)
            .Select(pair => $"{pair.Name}={pair.Value}"));
        var canonical = $"{request.HttpMethod}\n{path}\n{asked}\n{headers}\n{signed}\n{hash}";
        var scope = $"{day[..8]}/{Region}/s3/aws4_request";
        var text = $"AWS4-HMAC-SHA256\n{day}\n{scope}\n{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(
            Encoding.UTF8.GetBytes($"AWS4{Secret}"),
            (last, part) => HMACSHA256.HashData(last, Encoding.UTF8.GetBytes(part)));
        return given.Contains($"Credential={Id}/{scope}", StringComparison.Ordinal)
            && Part("Signature=") == Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

        string Part(string name) => given.Split(name)[1].Split(',')[0];
    }

    private sealed record Upload(string Key, Dictionary<string, string> Headers, SortedDictionary<int, byte[]> Parts);

    // S3 lists keys in the order of their bytes in UTF-8.
    private sealed class ByBytes : IComparer<string>
    {
        public static ByBytes Order { get; } = new();

        public int Compare(string? x, string? y) => Encoding.UTF8.GetBytes(x!).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(y!));
    }
}

/// <summary>An object of a store.</summary>
/// <param name="Content">Its content.</param>
/// <param name="Tag">Its entity tag.</param>
/// <param name="Modified">When it was written.</param>
/// <param name="Headers">Its metadata.</param>
internal sealed record StoredObject(byte[] Content, string Tag, DateTime Modified, Dictionary<string, string> Headers)
{
    /// <summary>Its content as text.</summary>
    public string Text => Encoding.UTF8.GetString(Content);
}
