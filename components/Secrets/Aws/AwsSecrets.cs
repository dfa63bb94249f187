using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;

namespace Infra.Components.Secrets.Aws;

/// <summary>Secrets on AWS.</summary>
internal sealed partial class AwsSecrets()
    : Provision<Secret, AwsContext>(SecretKind.Instance, new(Backing.Native, "AWS Secrets Manager"))
{
    // What Amazon ECS takes in valueFrom: an ARN with its last six characters, without which tasks do not start, and behind colons the key
    // and the version.
    private static readonly SecretReference Reference = new(
        "AWS Secrets Manager",
        Name(),
        "the secret's whole ARN, as 'aws secretsmanager describe-secret --secret-id <name>' shows it")
    {
        Key = Key(),
        KeyAllowed = "a key of the JSON document that the secret holds",
        Version = Version(),
        VersionAllowed = "the id of a version, a UUID",
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        new("rolls on an existing secret", "Containers read an existing secret when they start: who changes it there starts them anew."),
    ];

    /// <inheritdoc/>
    protected override void Check(Secret component, CloudChecks checks) => SecretChecks.Check(component, checks, Reference);

    /// <inheritdoc/>
    protected override PlacedComponent Build(Secret component, AwsContext context) => new AwsKeptSecret(component, context);

    [GeneratedRegex(@"^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]{1,512}-[A-Za-z0-9]{6}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"^[^:\s]{1,256}\z")]
    private static partial Regex Key();

    [GeneratedRegex(@"^[0-9a-fA-F-]{32,64}\z")]
    private static partial Regex Version();
}
