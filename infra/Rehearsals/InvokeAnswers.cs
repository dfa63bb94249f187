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
    public static ImmutableDictionary<string, object>? Find(string token, StackSettings settings)
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
                ("certificates", ImmutableArray<object>.Empty),
                ("id", "certificates"),
                ("region", "global")),
            _ => null,
        };
    }

    private static ImmutableDictionary<string, object> Answer(params (string Key, object Value)[] values) =>
        values.ToImmutableDictionary(value => value.Key, value => value.Value);
}
