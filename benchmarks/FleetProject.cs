using Infra.Components.Systems;

namespace Infra.Benchmarks;

/// <summary>A project in a temporary folder: a stack file for every fleet on every cloud, as an author would write it.</summary>
internal sealed class FleetProject : IDisposable
{
    private const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>Where it is.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("fleet-").FullName;

    /// <summary>Writes the stack file of a fleet and returns the stack's name.</summary>
    public string Add(Fleet fleet, Cloud cloud)
    {
        var stack = $"{fleet.Name}-{cloud.Name()}";
        Directory.CreateDirectory(Path.Combine(Folder, "stacks"));
        File.WriteAllText(Path.Combine(Folder, "Pulumi.yaml"), "name: infra\n");
        File.WriteAllText(Path.Combine(Folder, "stacks", $"Pulumi.{stack}.yaml"), $$"""
            config:
              infra:system: {{fleet.Name}}
              infra:environment: production
              infra:cloud: {{cloud.Name()}}
              infra:location: paris
              infra:owner: platform@fleet.example
              infra:accounts:
                aws: { accountId: "111122223333" }
                gcp: { project: fleet-project }
                scaleway: { projectId: 11111111-2222-3333-4444-555555555555, clusterIssuer: over-dns }
                ovh: { projectId: 0123456789abcdef0123456789abcdef, clusterIssuer: over-dns }
                kubernetes:
                  context: fleet
                  registry: registry.fleet.example/fleet
                  imagePullSecret: registry
                  backups: { url: s3://fleet-backups/production, secret: backups, endpoint: https://s3.fleet.example }
                  dns: { provider: rfc2136, secret: dns, variables: [EXTERNAL_DNS_RFC2136_TSIG_SECRET] }
                  storageClass: encrypted
                  encryptedStorage: true
                  clusterIssuer: over-dns
              infra:images:
            {{string.Join('\n', fleet.Services.Select(service => $"    {service}: {service}@{Digest}"))}}

            """);
        return stack;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
