using System.Collections.Immutable;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Rehearsals;

/// <summary>
/// The values that the rehearsal gives for provider functions. Only functions whose values shape nothing are allowed, so this table stays
/// short.
/// </summary>
internal static class InvokeAnswers
{
    /// <summary>The result of a function; null when it is not allowed.</summary>
    public static ImmutableDictionary<string, object>? Find(
        string token,
        IReadOnlyDictionary<string, object> arguments,
        StackSettings settings)
    {
        var region = settings.Regions.GetValueOrDefault(Cloud.Aws) ?? settings.Location.Aws ?? "us-east-1";
        var account = settings.Accounts.Aws?.AccountId ?? "000000000000";
        return token switch
        {
            "aws:index/getCallerIdentity:getCallerIdentity" =>
                Answer(("accountId", account), ("arn", $"arn:aws:iam::{account}:root"), ("id", account), ("userId", account)),
            "aws:index/getPartition:getPartition" =>
                Answer(("partition", "aws"), ("dnsSuffix", "amazonaws.com"), ("id", "aws"), ("reverseDnsPrefix", "com.amazonaws")),
            "aws:index/getRegion:getRegion" => Answer(
                ("region", region),
                ("name", region),
                ("id", region),
                ("endpoint", $"ec2.{region}.amazonaws.com"),
                ("description", region)),
            // Nothing that the rehearsal makes has to be waited for.
            "gcp:certificatemanager/getCertificates:getCertificates" => Answer(
                ("certificates", ImmutableArray.Create<object>(Issued(NamedBy(arguments)))),
                ("filter", arguments.GetValueOrDefault("filter", "")),
                ("id", "certificates"),
                ("region", "global")),
            // Its cluster's own.
            "ovh:CloudProjectDatabase/getCertificates:getCertificates" => Answer(
                ("ca", $"-----BEGIN CERTIFICATE-----\n{arguments.GetValueOrDefault("clusterId")}\n-----END CERTIFICATE-----"),
                ("clusterId", arguments.GetValueOrDefault("clusterId", "")),
                ("engine", arguments.GetValueOrDefault("engine", "")),
                ("id", "certificates"),
                ("serviceName", arguments.GetValueOrDefault("serviceName", ""))),
            _ => null,
        };
    }

    private static string NamedBy(IReadOnlyDictionary<string, object> arguments) =>
        $"{arguments.GetValueOrDefault("filter")}".Replace("name:", "", StringComparison.Ordinal);

    private static ImmutableDictionary<string, object> Issued(string certificate)
    {
        var managed = Answer(
            ("state", "ACTIVE"),
            ("domains", ImmutableArray<object>.Empty),
            ("dnsAuthorizations", ImmutableArray<object>.Empty),
            ("issuanceConfig", ""),
            ("authorizationAttemptInfos", ImmutableArray<object>.Empty),
            ("provisioningIssues", ImmutableArray<object>.Empty));
        return Answer(
            ("name", certificate),
            ("manageds", ImmutableArray.Create<object>(managed)),
            ("sanDnsnames", ImmutableArray<object>.Empty),
            ("labels", ImmutableDictionary<string, object>.Empty));
    }

    private static ImmutableDictionary<string, object> Answer(params (string Key, object Value)[] values) =>
        values.ToImmutableDictionary(value => value.Key, value => value.Value);
}
