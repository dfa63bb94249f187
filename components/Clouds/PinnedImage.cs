using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// An image of others that runs beside a system, pinned by its digest: what its tag comes to mean later changes nothing that is deployed,
/// and nobody who takes the tag over reads the passwords and keys that some of them are given. The digests are those of the lists of all
/// architectures.
/// </summary>
/// <param name="Name">The repository, as Docker Hub calls it.</param>
/// <param name="Tag">The tag that had the digest, for people.</param>
/// <param name="Digest">The digest.</param>
/// <param name="Source">Where the digest was read, and of which day it is.</param>
internal sealed record PinnedImage(string Name, string Tag, string Digest, string Source)
{
    private const string RepoInfo = "docker-library/repo-info on GitHub";

    /// <summary>HAProxy, a line with long-term support: relays.</summary>
    public static readonly PinnedImage HaProxy = new(
        "library/haproxy",
        "3.2.24-alpine",
        "sha256:686211da34aba401814bb109c813db6a579491bc8753bfd81b78cce7d1e02f7c",
        $"{RepoInfo}, 2026-09-25");

    /// <summary>PostgreSQL's clients, which speak to every older server as well.</summary>
    public static readonly PinnedImage PostgreSql = new(
        "library/postgres",
        "17.11",
        "sha256:f4c66b820c6f974249089d3d16d86a3698eae11e8746eb6644b2271031e91232",
        $"{RepoInfo}, 2026-09-19");

    /// <summary>MySQL's clients, which speak to servers of 8.0 as well.</summary>
    public static readonly PinnedImage MySql = new(
        "library/mysql",
        "8.4.10",
        "sha256:8dbcf531a03aade657e181b9cf2f1d1803ce621a1d55610cb44cb531ab7d7db6",
        $"{RepoInfo}, 2026-07-23");

    /// <summary>BusyBox: checks of services that nothing else checks.</summary>
    public static readonly PinnedImage BusyBox = new(
        "library/busybox",
        "1.37.0",
        "sha256:9db7b59979c38555a39def84a31fb98b5296952f9e3afd4f6f11f05b07adfab0",
        $"{RepoInfo}, 2026-05-24");

    /// <summary>RabbitMQ: 4.3 is the first line in which a message whose time has run out comes back without closing the channel.</summary>
    public static readonly PinnedImage RabbitMq = new(
        "library/rabbitmq",
        "4.3.4-management",
        "sha256:4e628d3cbc61ef45c5918e19bb9844874410d96d4ced897ced7d072d63ad555c",
        "lock files of public repositories on GitHub that agree, read in 2026-11");

    /// <summary>curl: calls of the APIs of queues and registries.</summary>
    public static readonly PinnedImage Curl = new(
        "curlimages/curl",
        "8.16.0",
        "sha256:463eaf6072688fe96ac64fa623fe73e1dbe25d8ad6c34404a669ad3ce1f104b6",
        "lock files of public repositories on GitHub that agree, read in 2026-11");

    /// <summary>OpenSearch 2, its last line.</summary>
    public static readonly PinnedImage OpenSearch2 = new(
        "opensearchproject/opensearch",
        "2.19.3",
        "sha256:e96cc6ae1500a073d973c0906f30f7cf4d9c461f32f855f9242a2da933660cdd",
        "lock files of public repositories on GitHub that agree, read in 2026-11");

    /// <summary>OpenSearch 3, the line that Amazon OpenSearch Service has, too.</summary>
    public static readonly PinnedImage OpenSearch3 = new(
        "opensearchproject/opensearch",
        "3.3.2",
        "sha256:798cf28e226a32f5c928dd1ed9478dd3a33d2212176aad3679020088ad3afa1a",
        "lock files of public repositories on GitHub that agree, read in 2026-11");

    /// <summary>Apache Kafka: its commands, which speak to every server since 2.1.</summary>
    public static readonly PinnedImage Kafka = new(
        "apache/kafka",
        "4.3.1",
        "sha256:77e3df9054047a88b520d0cc46e16696d3b22022e1d580aeccd2632df6532837",
        "lock files of public repositories on GitHub that agree, read in 2026-11");

    /// <summary>Python: movers of what has no client that would do it.</summary>
    public static readonly PinnedImage Python = new(
        "library/python",
        "3.13.14-slim",
        "sha256:9662417aace5ae7b8e2609cce472b72a8958e134ba372808abe9cc1a0c0125e6",
        $"{RepoInfo}, 2026-08");

    /// <summary>rclone: copies of buckets on their way to another cloud.</summary>
    public static readonly PinnedImage Rclone = new(
        "rclone/rclone",
        "1.75.1",
        "sha256:45401ad7410db1d67ffdb58e19059ad20b0d8e0285a60e38bbec55cc1019c7a5",
        "lock files of public repositories on GitHub that agree, read in 2026-11");

    /// <summary>Every one of them.</summary>
    public static IReadOnlyList<PinnedImage> All { get; } =
        [HaProxy, PostgreSql, MySql, BusyBox, RabbitMq, Curl, OpenSearch2, OpenSearch3, Kafka, Python, Rclone];

    /// <summary>The reference without a registry.</summary>
    public string Path => $"{Name}@{Digest}";

    /// <summary>The reference that consumers on a cloud have.</summary>
    public string On(Cloud cloud) => cloud == Cloud.Aws && Name.StartsWith("library/", StringComparison.Ordinal) ? OnAmazon : OnDockerHub;

    /// <summary>The reference in Docker Hub.</summary>
    public string OnDockerHub => $"docker.io/{Path}";

    /// <summary>The reference in Amazon's public registry, which mirrors the official images, without their rate limits.</summary>
    public string OnAmazon => $"public.ecr.aws/docker/{Path}";
}
