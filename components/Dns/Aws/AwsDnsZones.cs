using System.Text.RegularExpressions;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;

namespace Infra.Components.Dns.Aws;

/// <summary>DNS zones on AWS.</summary>
internal sealed partial class AwsDnsZones() : DnsZoneProvision<AwsContext>(new(Backing.Native, "Amazon Route 53"))
{
    /// <inheritdoc/>
    protected override void CheckManaged(DnsZone component, CloudChecks checks) => ExistingZones.Check(
        component,
        checks,
        (ZoneId(), "the id of a hosted zone, such as Z0123456789ABCDEFGHIJ"),
        (RoleArn(), "the ARN of a role in the zone's account, such as arn:aws:iam::111122223333:role/dns"));

    /// <inheritdoc/>
    protected override PlacedComponent BuildManaged(DnsZone component, AwsContext context) => new AwsDnsZone(component, context);

    [GeneratedRegex(@"^Z[A-Z0-9]{1,31}\z")]
    private static partial Regex ZoneId();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\w+=,.@/-]+\z")]
    private static partial Regex RoleArn();
}
