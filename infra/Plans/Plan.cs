using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Plans;

/// <summary>
/// The complete resource graph of a stack, worked out in memory with no engine, no account and no network. It holds no secret value.
/// </summary>
public sealed record Plan
{
    /// <summary>The stack's name.</summary>
    public required string Stack { get; init; }

    /// <summary>The system that it deploys.</summary>
    public required string System { get; init; }

    /// <summary>The environment: <c>production</c>, <c>staging</c> or <c>preview</c>.</summary>
    public required string Environment { get; init; }

    /// <summary>Where it stands on the map.</summary>
    public required string Location { get; init; }

    /// <summary>The day on which it was worked out, by which expiry dates were judged: year, month and day.</summary>
    public required DateOnly Date { get; init; }

    /// <summary>The cloud of every placed component, by name.</summary>
    public required IReadOnlyDictionary<string, Cloud> Placement { get; init; }

    /// <summary>Everything that was built, in the order of construction: foundations first.</summary>
    public required IReadOnlyList<PlannedComponent> Components { get; init; }

    /// <summary>Every resource that is no component, in the order of construction.</summary>
    public required IReadOnlyList<PlannedResource> Resources { get; init; }

    /// <summary>What the checks and rules had to say.</summary>
    public required IReadOnlyList<Finding> Findings { get; init; }

    /// <summary>The stack's outputs: an object.</summary>
    public required JsonElement Outputs { get; init; }

    /// <summary>Whether a finding forbids deploying.</summary>
    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);
}

/// <summary>A component as its cloud builds it.</summary>
public sealed record PlannedComponent
{
    /// <summary>The state of one that may not work for a while.</summary>
    internal const string Stopped = "stopped";

    /// <summary>The declared component's name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required ComponentKind Kind { get; init; }

    /// <summary>Where it stands.</summary>
    public required Cloud Cloud { get; init; }

    /// <summary>
    /// What its copy is in a migration: <c>active</c> is the one that serves, as outside of one; <c>migrated</c> or <c>paused</c> one that
    /// does not serve yet; <c>kept</c> or <c>released</c> one that no longer does; <c>mover</c> what carries data between two of them;
    /// <c>stopped</c> one that serves, and may not work while a store is brought up to date for the last time.
    /// </summary>
    public required string State { get; init; }

    /// <summary>How the cloud provides it.</summary>
    public required Backing Backing { get; init; }

    /// <summary>The product that does.</summary>
    public required string RunsOn { get; init; }

    /// <summary>Which product of the cloud its size became, such as <c>db.m7g.xlarge</c>; null where there is no choice.</summary>
    public string? Product { get; init; }

    /// <summary>Its URN, as the engine computes it.</summary>
    public required string Urn { get; init; }

    /// <summary>
    /// Its arguments after the environment and the stack file, as <c>infra:components</c> spells them: an object; empty for what nobody
    /// declares, such as an identity.
    /// </summary>
    public required JsonElement Arguments { get; init; }

    /// <summary>What its neutral interface gives: an object of texts.</summary>
    public required JsonElement Outputs { get; init; }

    /// <summary>What the text of a plan shows of the arguments.</summary>
    internal IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Where the code constructs it; known only when something is wrong with its URN.</summary>
    internal string? Place { get; init; }
}

/// <summary>A resource as the engine would register it.</summary>
public sealed record PlannedResource
{
    /// <summary>The Pulumi type, such as <c>aws:rds/instance:Instance</c>.</summary>
    public required string Type { get; init; }

    /// <summary>The logical name.</summary>
    public required string Name { get; init; }

    /// <summary>Its URN, as the engine computes it.</summary>
    public required string Urn { get; init; }

    /// <summary>The component that it belongs to; null for providers.</summary>
    public required string? Component { get; init; }

    /// <summary>The cloud that it stands on; null when neither component nor provider says.</summary>
    public required Cloud? Cloud { get; init; }

    /// <summary>The URN of its parent; null when that is the stack.</summary>
    public required string? Parent { get; init; }

    /// <summary>The URN of its explicit provider; null when it has none.</summary>
    public required string? Provider { get; init; }

    /// <summary>Whether Pulumi refuses to delete or replace it, inherited protection included.</summary>
    public required bool Protect { get; init; }

    /// <summary>Whether Pulumi leaves it where it is when it leaves the stack, inherited choice included.</summary>
    public bool RetainOnDelete { get; init; }

    /// <summary>Whether the old one is deleted before a replacement is made.</summary>
    public bool DeleteBeforeReplace { get; init; }

    /// <summary>The inputs whose changes are not deployed, as the program names them.</summary>
    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];

    /// <summary>The inputs whose changes replace it although its provider would update it, as the program names them.</summary>
    public IReadOnlyList<string> ReplaceOnChanges { get; init; } = [];

    /// <summary>
    /// How long operations may take where the provider's own patience does not do: an object with <c>create</c>, <c>update</c> and
    /// <c>delete</c>, such as <c>60m</c>.
    /// </summary>
    public IReadOnlyDictionary<string, string> CustomTimeouts { get; init; } = new Dictionary<string, string>();

    /// <summary>The URNs under which it may have been deployed before, but for former names of its type.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// The inputs by their wire names: an object. Secrets read <c>[secret]</c>, or <c>[secret {password.result}]</c> where they come from
    /// another resource; other outputs of resources read <c>{database.endpoint}</c>.
    /// </summary>
    public required JsonElement Inputs { get; init; }

    /// <summary>The URNs that it must wait for without using an output of theirs.</summary>
    public required IReadOnlyList<string> DependsOn { get; init; }

    /// <summary>The resources whose outputs it uses, and where.</summary>
    public required IReadOnlyList<Reference> References { get; init; }

    /// <summary>The URN of that component: two components share a name where a service has an identity of its own.</summary>
    internal string? ComponentUrn { get; init; }

    /// <summary>The inputs whose values are secrets.</summary>
    internal IReadOnlyList<SecretInput> Secrets { get; init; } = [];

    /// <summary>Where the code constructs it; known only when something is wrong with its URN.</summary>
    internal string? Place { get; init; }

    /// <summary>Whether a provider manages it, rather than its being a group of resources.</summary>
    internal bool IsCustom { get; init; } = true;

    /// <summary>Whether it was registered: what was not has errors of its own, and neither inputs nor a provider.</summary>
    internal bool IsRegistered { get; init; } = true;

    /// <summary>The type's last word, such as <c>Instance</c>.</summary>
    public string TypeName => Type[(Type.LastIndexOf(':') + 1)..];

    /// <summary>The package of the type, such as <c>aws</c>; for a provider, the package that it configures.</summary>
    public string Package => IsProvider ? TypeName : Type[..Math.Max(0, Type.IndexOf(':', StringComparison.Ordinal))];

    /// <summary>Whether it is a provider.</summary>
    public bool IsProvider => Type.StartsWith("pulumi:providers:", StringComparison.Ordinal);
}

/// <summary>An input that uses an output of another resource.</summary>
/// <param name="Path">
/// Where, such as <c>vpcSecurityGroupIds[0]</c>; inside JSON text, <c>policy#.Statement[0].Resource</c>.
/// </param>
/// <param name="To">The URN of the resource whose output it is.</param>
public sealed record Reference(string Path, string To);

/// <summary>An input whose value is a secret.</summary>
/// <param name="Path">Which.</param>
/// <param name="Kept">Whether the cloud keeps it as a secret, too.</param>
/// <param name="Readable">Whether the value holds the secret itself, rather than something computed from it, such as a checksum.</param>
internal sealed record SecretInput(string Path, bool Kept, bool Readable);
