using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Stacks;

namespace Infra.Tests.Testing;

/// <summary>Complete, valid settings; a test changes what it is about with <c>with</c>.</summary>
internal static class TestSettings
{
    /// <summary>The digest of every image.</summary>
    public const string Digest = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    /// <summary>The AWS account.</summary>
    public const string AccountId = "111122223333";

    /// <summary>The Google Cloud project.</summary>
    public const string Project = "sample-project";

    /// <summary>The Scaleway project.</summary>
    public const string ProjectId = "11111111-2222-3333-4444-555555555555";

    /// <summary>
    /// The same settings with components that have set out to another cloud, where a copy of each stands beside the one that serves.
    /// </summary>
    public static StackSettings SetOut(this StackSettings settings, Cloud to, params IEnumerable<string> names) => settings with
    {
        Migration = new()
        {
            To = to,
            Components = names.ToDictionary(name => name, _ => Until(MigrationState.Migrated, pauses: false)),
        },
    };

    /// <summary>A history up to a state, a day for each.</summary>
    public static ComponentMigration Until(MigrationState state, bool pauses) => new(
    [
        .. Enum.GetValues<MigrationState>()
            .Where(other => other <= state && (pauses || other != MigrationState.Paused))
            .Select((other, day) => new MigrationEntry(other, new(2026, 11, 1 + (2 * day), 6, 0, 0, TimeSpan.Zero))),
    ]);

    /// <summary>
    /// The settings of a stack in Paris, with the accounts of every cloud, and with an image for every service and job of the system.
    /// </summary>
    public static StackSettings For(Cloud cloud, EnvironmentKind environment = EnvironmentKind.Production, SystemDeclaration? system = null)
    {
        var model = new Model();
        system?.Declare(model);
        var name = system?.Name ?? "sample";
        var settings = new StackSettings
        {
            Stack = $"{name}-{environment.ToString().ToLowerInvariant()}",
            System = name,
            Environment = environment,
            Cloud = cloud,
            Location = Location.All.Single(location => location.Name == "paris"),
            Owner = "platform@example.org",
            Domain = "shop.example",
            Accounts = new()
            {
                Aws = new(AccountId),
                Gcp = new(Project),
                Scaleway = new(ProjectId) { ApiAddresses = ["203.0.113.16/28"], KeysExpireOn = new(2027, 6, 30) },
                Ovh = new("0123456789abcdef0123456789abcdef") { ApiAddresses = ["203.0.113.16/28"] },
                Kubernetes = new("test")
                {
                    Registry = "registry.example.org/test",
                    EncryptedStorage = true,
                    Backups = new("s3://backups/test", "backups"),
                    Dns = new("rfc2136", "dns", ["EXTERNAL_DNS_RFC2136_TSIG_SECRET"]),
                    EgressAddresses = ["203.0.113.0/28"],
                },
            },
            Images = model.Components
                .OfType<Consumer>()
                .SelectMany(consumer => consumer.Container.Sidecars
                    .Select(sidecar => $"{consumer.Name}/{sidecar.Name}")
                    .Prepend(consumer.Name))
                .ToDictionary(name => name, name => $"registry.example.org/test/{name.Replace('/', '-')}@{Digest}"),
        };
        if (system is not Familink) return settings;

        // What it leaves to its stack file.
        var own = RepositoryStacks.Settings("familink-production");
        return settings with { Images = own.Images, Components = own.Components, Secrets = own.Secrets };
    }
}
