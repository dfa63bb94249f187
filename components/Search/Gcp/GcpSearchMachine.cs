namespace Infra.Components.Search.Gcp;

/// <summary>What the start script of a search engine's machine is made of.</summary>
/// <param name="Name">The name of the search engine.</param>
/// <param name="Args">What is asked of it.</param>
/// <param name="Authority">The authority's certificate, as PEM.</param>
/// <param name="Certificate">The full name of the secret version with the server's certificate and its key.</param>
/// <param name="Hash">The full name of the secret version with the hash of the administrator's password.</param>
internal sealed record GcpSearchMachineArgs(string Name, SearchEngineArgs Args, string Authority, string Certificate, string Hash);

/// <summary>
/// What the machine of a search engine runs: OpenSearch in a container of the host's network, whose indices lie on a disk of their own. The
/// script runs at every start of the machine; a change of it replaces the machine, and the disk moves to the next one.
/// </summary>
internal static class GcpSearchMachine
{
    /// <summary>The name by which the machine knows the disk.</summary>
    public const string Disk = "indices";

    private const string Folder = "/etc/search";
    private const string Tls = $"{Folder}/{OpenSearchConfiguration.Certificates}";
    private const string Mount = $"/mnt/disks/{Disk}";
    private const string Image = OpenSearchConfiguration.Folder;
    private const string Security = "opensearch-security";

    /// <summary>The machine's start script.</summary>
    public static string Script(GcpSearchMachineArgs machine) => $$"""
        #!/bin/bash
        set -eu

        disk=/dev/disk/by-id/google-{{Disk}}
        blkid "$disk" > /dev/null || mkfs.ext4 -q -m 0 "$disk"
        mkdir -p {{Mount}} {{Tls}}
        # {{machine.Args.StorageGiB}} GiB: another size is another script, and so another start, at which the file system grows.
        mountpoint -q {{Mount}} || mount -o discard,nodev,nosuid "$disk" {{Mount}}
        resize2fs "$disk"
        mkdir -p {{Mount}}/opensearch
        chown {{OpenSearchConfiguration.ImageUser}} {{Mount}}/opensearch
        # Every index is mapped into memory in many parts.
        sysctl -q -w vm.max_map_count=262144

        account=http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default
        secret() {
          token=$(curl -sf -H 'Metadata-Flavor: Google' $account/token | sed 's/.*"access_token":"\([^"]*\)".*/\1/')
          curl -sf -H "Authorization: Bearer $token" "https://secretmanager.googleapis.com/v1/$1:access" |
            sed -n 's/.*"data": *"\([^"]*\)".*/\1/p' | base64 -d
        }
        umask 077
        until secret {{machine.Certificate}} > {{Folder}}/bundle.pem && [ -s {{Folder}}/bundle.pem ]; do sleep 5; done
        until hash=$(secret {{machine.Hash}}) && [ -n "$hash" ]; do sleep 5; done
        sed -n '/BEGIN CERTIFICATE/,/END CERTIFICATE/p' {{Folder}}/bundle.pem > {{Tls}}/tls.crt
        sed -n '/BEGIN PRIVATE KEY/,/END PRIVATE KEY/p' {{Folder}}/bundle.pem > {{Tls}}/tls.key
        rm {{Folder}}/bundle.pem
        cat > {{Tls}}/ca.crt <<'PEM'
        {{machine.Authority.TrimEnd('\n')}}
        PEM
        cat > {{Folder}}/opensearch.yml <<'CONF'
        {{OpenSearchConfiguration.Text(machine.Name, Single).TrimEnd('\n')}}
        CONF
        cat > {{Folder}}/roles_mapping.yml <<'CONF'
        {{OpenSearchConfiguration.Roles.TrimEnd('\n')}}
        CONF
        cat > {{Folder}}/internal_users.yml <<CONF
        {{OpenSearchConfiguration.Users("$hash").TrimEnd('\n')}}
        CONF
        chown -R {{OpenSearchConfiguration.ImageUser}} {{Folder}}

        cat > /etc/systemd/system/search.service <<'UNIT'
        [Unit]
        Requires=docker.service
        After=docker.service

        [Service]
        Environment=HOME=/home/search
        ExecStartPre=-/usr/bin/docker rm -f search
        ExecStart=/usr/bin/docker run --rm --name search --network host --ulimit nofile=262144:262144 \
          -v {{Folder}}/opensearch.yml:{{Image}}/opensearch.yml:ro \
          -v {{Folder}}/internal_users.yml:{{Image}}/{{Security}}/internal_users.yml:ro \
          -v {{Folder}}/roles_mapping.yml:{{Image}}/{{Security}}/roles_mapping.yml:ro \
          -v {{Tls}}:{{Image}}/{{OpenSearchConfiguration.Certificates}}:ro -v {{Mount}}/opensearch:{{OpenSearchConfiguration.Data}} \
          {{Variables(machine.Args)}} \
          {{OpenSearchConfiguration.ImageOf(machine.Args.Version).OnDockerHub}}
        ExecStop=/usr/bin/docker stop --time 60 search
        Restart=always
        RestartSec=5
        UNIT
        rule='INPUT -p tcp --dport {{OpenSearchConfiguration.RestPort}} -j ACCEPT'
        iptables -w -C $rule 2> /dev/null || iptables -w -A $rule
        systemctl daemon-reload
        systemctl start search.service

        """;

    // Nothing else of the network is for its transport, which has nobody to speak to.
    private static readonly string[] Single =
        ["discovery.type: single-node", "http.host: 0.0.0.0", "transport.host: 127.0.0.1"];

    private static string Variables(SearchEngineArgs args) => string.Join(
        ' ',
        OpenSearchConfiguration
            .Environment(SearchEngineArgs.Promise(args.Size))
            .Select(variable => $"-e \"{variable.Name}={variable.Value}\""));
}
