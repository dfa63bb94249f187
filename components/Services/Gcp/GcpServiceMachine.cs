using System.Collections.Immutable;
using System.Globalization;
using Infra.Components.Brokers.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Services.Gcp;

/// <summary>
/// The machine of Compute Engine that runs the container of a broker of devices: Cloud Run passes no protocol on but HTTP, ends every
/// connection within an hour, and has no disks. What the service keeps lies on a disk that outlives the machine.
/// </summary>
internal static class GcpServiceMachine
{
    /// <summary>The name by which the machine knows the disk.</summary>
    private const string Disk = "data";

    private const string Folder = "/etc/service";
    private const string Mount = $"/mnt/disks/{Disk}";

    /// <summary>The type of the machine; null where none is large enough.</summary>
    public static string? TypeOf(ContainerServiceArgs args) => GcpMessageBrokerProducts.TypeOf(args.Capacity);

    /// <summary>Builds it.</summary>
    /// <param name="args">The service's arguments, with one volume.</param>
    /// <param name="container">Its container, with its links wired.</param>
    /// <param name="ports">The ports on which it listens.</param>
    /// <param name="publicAddress">The address at which devices reach it; null where no load balancer leads to it.</param>
    /// <param name="runs">Whether it runs; otherwise a step of a migration stops it.</param>
    /// <param name="machine">Where the machine is made.</param>
    /// <param name="ready">What must exist before it starts.</param>
    public static void Build(
        ContainerServiceArgs args,
        GcpContainer container,
        IReadOnlyList<int> ports,
        Output<string>? publicAddress,
        bool runs,
        GcpStoreMachine machine,
        IReadOnlyList<Resource> ready)
    {
        var variables = Output.All(container.Variables.Select(variable => variable.State));
        var files = Output.All(container.Directories.SelectMany(directory => directory.Files).Select(file => file.State));
        machine.Serve(new()
        {
            Type = TypeOf(args) ?? "",
            DiskGiB = args.Volumes[0].SizeGiB,
            Disk = Disk,
            NetworkTag = container.Identity.NetworkTag,
            Address = container.Identity.InternalAddress!.IPAddress,
            PublicAddress = publicAddress,
            Runs = runs,
            Account = new(container.Identity.Email, ready),
            Script = Output.Tuple(container.Image, variables, files).Apply(known => Script(args, container, ports, known)),
            Apis = [],
        });
    }

    private static string Script(
        ContainerServiceArgs args,
        GcpContainer container,
        IReadOnlyList<int> ports,
        (string Image, ImmutableArray<string> Variables, ImmutableArray<string> Files) known)
    {
        var versions = new Queue<string>(known.Files);
        var places = container.Directories.Select((directory, index) => (
            directory.Path,
            Host: string.Create(CultureInfo.InvariantCulture, $"{Folder}/files/{index + 1}"),
            Files: directory.Files.Select(file => (file.Path, Version: versions.Dequeue())).ToList())).ToList();
        var variables = container.Variables.Zip(
            known.Variables,
            (variable, state) => (variable.Name, State: state, IsSecret: variable.Secret is not null)).ToList();
        return Compose(new(args, known.Image, ports, places, variables));
    }

    /// <summary>The machine's start script. It holds the names of secrets, and none of their values.</summary>
    /// <param name="run">What it runs.</param>
    internal static string Compose(GcpMachineRun run) => string.Join('\n',
    [
        $$"""
        #!/bin/bash
        set -eu

        disk=/dev/disk/by-id/google-{{Disk}}
        blkid "$disk" > /dev/null || mkfs.ext4 -q -m 0 "$disk"
        mkdir -p {{Mount}} {{Folder}}
        # {{run.Args.Volumes[0].SizeGiB}} GiB: another size is another script, and so another start, at which the file system grows.
        mountpoint -q {{Mount}} || mount -o discard,nodev,nosuid "$disk" {{Mount}}
        resize2fs "$disk"
        mkdir -p {{Mount}}/volume
        chown {{run.Args.UserAndGroup}} {{Mount}}/volume
        chmod 700 {{Folder}}

        account=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default
        secret() {
          token=$(curl -sf -H 'Metadata-Flavor: Google' $account/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
          curl -sf -H "Authorization: Bearer $token" "https://secretmanager.googleapis.com/v1/$1:access" |
            sed -n 's/.*"data": *"\([^"]*\)".*/\1/p' | base64 -d
        }
        """,
        .. run.Places.SelectMany(place => place.Files.SelectMany(file => Fetch($"{place.Host}/{file.Path}", file.Version))),
        $"mkdir -p {Folder}/variables",
        .. run.Variables.SelectMany(variable => variable.IsSecret
            ? Fetch($"{Folder}/variables/{variable.Name}", variable.State)
            : [$"printf %s {Word(variable.State)} > {Folder}/variables/{variable.Name}"]),
        "",
        $"cat > {Folder}/run <<'RUN'",
        .. run.Variables.Select(variable => $"export {variable.Name}=\"$(cat {Folder}/variables/{variable.Name})\""),
        $"exec {string.Join(' ', Docker(run).Select(Word))}",
        "RUN",
        $$"""
        cat > /etc/systemd/system/service.service <<'UNIT'
        [Unit]
        Requires=docker.service
        After=docker.service

        [Service]
        Environment=HOME=/home/service
        ExecStartPre=-/usr/bin/docker rm -f service
        ExecStart=/bin/bash {{Folder}}/run
        ExecStop=/usr/bin/docker stop --time {{run.Args.StopSeconds}} service
        Restart=always
        RestartSec=5
        TimeoutStopSec={{run.Args.StopSeconds + 30}}
        UNIT
        iptables -w -C {{Rule(run.Ports)}} 2> /dev/null || iptables -w -A {{Rule(run.Ports)}}
        systemctl daemon-reload
        systemctl restart service.service

        """,
    ]);

    // Everyone in the container may read a file, and nobody on the machine looks into the folder but root.
    private static string[] Fetch(string file, string version) =>
    [
        $"mkdir -p {Files.DirectoryOf(file)}",
        $"until secret {version} > {file} && [ -s {file} ]; do sleep 5; done",
        $"chmod 444 {file}",
    ];

    private static IEnumerable<string> Docker(GcpMachineRun run) =>
    [
        "/usr/bin/docker", "run", "--rm", "--name", "service", "--network", "host", "--ulimit", "nofile=1048576:1048576",
        .. run.Args.UserAndGroup is { } user ? new[] { "--user", user } : [],
        .. run.Args.ReadOnlyRoot ? new[] { "--read-only", "--tmpfs", "/tmp" } : [],
        "-v", $"{Mount}/volume:{run.Args.Volumes[0].Path}",
        .. run.Places.SelectMany(place => new[] { "-v", $"{place.Host}:{place.Path}:ro" }),
        .. run.Variables.SelectMany(variable => new[] { "-e", variable.Name }),
        .. run.Args.EntryPoint.Count > 0 ? new[] { "--entrypoint", run.Args.EntryPoint[0] } : [],
        run.Image,
        .. run.Args.EntryPoint.Skip(1),
        .. run.Args.Command,
    ];

    // The machine's own filter opens what it speaks.
    private static string Rule(IReadOnlyList<int> ports) => $"INPUT -p tcp -m multiport --dports {string.Join(',', ports)} -j ACCEPT";

    private static string Word(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What a machine runs.</summary>
/// <param name="Args">The service's arguments.</param>
/// <param name="Image">The image's full reference.</param>
/// <param name="Ports">The ports on which it listens.</param>
/// <param name="Places">
/// The directories that are mounted, where the machine has each, and its files with the versions of their secrets.
/// </param>
/// <param name="Variables">The environment: values, and the versions of secrets.</param>
internal sealed record GcpMachineRun(
    ContainerServiceArgs Args,
    string Image,
    IReadOnlyList<int> Ports,
    IReadOnlyList<(string Path, string Host, List<(string Path, string Version)> Files)> Places,
    IReadOnlyList<(string Name, string State, bool IsSecret)> Variables);
