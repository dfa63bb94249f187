using System.Text.RegularExpressions;
using Infra.Components.Checks;

namespace Infra.Components.Databases;

/// <summary>
/// What a database begins from: a dump that lies in a bucket of the system, or a snapshot that its cloud keeps. It is a fact of a stack,
/// which its file states once, when the database is made.
/// </summary>
public sealed partial record DatabaseOrigin
{
    /// <summary>
    /// The name of the system's bucket in which the dump lies, on whatever cloud; on Google Cloud, one that stands there, too. Default:
    /// empty, for a snapshot.
    /// </summary>
    public string Bucket { get; init; } = "";

    /// <summary>
    /// The key of the dump in the bucket, such as <c>2026/orders.dump</c>: letters, digits, dots, underscores, hyphens and slashes. It is
    /// what <c>pg_dump</c> writes as plain SQL or in its custom format, or what <c>mysqldump</c> writes, of one database, and may be packed
    /// by gzip. Default: empty, for a snapshot.
    /// </summary>
    public string Dump { get; init; } = "";

    /// <summary>The SHA-256 of the dump as it lies there, in hexadecimal digits; nothing else is loaded. Default: empty, any.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>
    /// The snapshot, as its cloud names it: on AWS the identifier or the ARN of an encrypted one, in a cluster of PostgreSQL the folder of
    /// an archive below the url of the stack's backups, such as <c>shop-production/orders-1a2b3c4d</c>. Default: empty, for a dump.
    /// </summary>
    public string Snapshot { get; init; } = "";

    /// <summary>Whether it is a dump.</summary>
    internal bool IsDump => Dump.Length > 0;

    /// <summary>Whether it is a snapshot.</summary>
    internal bool IsSnapshot => Snapshot.Length > 0;

    /// <summary>What a plan says of it.</summary>
    internal string InWords => IsDump ? $"the dump {Dump} in {Bucket}" : $"the snapshot {Snapshot}";

    /// <summary>Reports what no cloud accepts.</summary>
    /// <param name="argument">The argument that holds it.</param>
    /// <param name="guard">Where findings go.</param>
    public void Check(string argument, Guard guard)
    {
        guard.Require(
            IsDump != IsSnapshot,
            argument,
            IsDump ? $"the dump '{Dump}' and the snapshot '{Snapshot}'" : "neither a dump nor a snapshot",
            "a dump with its bucket, or a snapshot",
            "Give one of them");
        guard.Require(
            IsDump == (Bucket.Length > 0),
            $"{argument}.{nameof(Bucket)}",
            Bucket.Length > 0 ? $"'{Bucket}' without a dump" : $"none for the dump '{Dump}'",
            "the name of a bucket of the system with the key of a dump in it, or neither",
            IsDump ? "Name the bucket in which it lies" : "Give the key of the dump, or remove the bucket");
        if (IsDump)
        {
            guard.Matches(
                $"{argument}.{nameof(Dump)}",
                Dump,
                Key(),
                "the key of an object of 1 to 500 letters, digits, dots, underscores, hyphens and slashes, of which none begins or ends "
                + "it or follows another");
        }

        if (Sha256.Length > 0)
        {
            guard.Require(
                IsDump,
                $"{argument}.{nameof(Sha256)}",
                $"'{Sha256}' without a dump",
                "the SHA-256 of a dump, or nothing",
                "Remove it");
            guard.Matches($"{argument}.{nameof(Sha256)}", Sha256, Hexadecimal(), "64 lower-case hexadecimal digits, as sha256sum prints");
        }

        if (IsSnapshot)
        {
            guard.Matches(
                $"{argument}.{nameof(Snapshot)}",
                Snapshot,
                Name(),
                "the name of a snapshot of 1 to 255 letters, digits, dots, underscores, hyphens, colons and slashes");
        }
    }

    [GeneratedRegex(@"^(?=.{1,500}\z)[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9._-]*[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[0-9a-f]{64}\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._:/-]{0,254}\z")]
    private static partial Regex Name();
}
