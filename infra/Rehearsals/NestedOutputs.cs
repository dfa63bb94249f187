namespace Infra.Rehearsals;

/// <summary>
/// The texts and numbers inside object and list outputs that the code reads: everything else in them has no placeholder. Converting whole objects
/// would cost the rehearsal more than everything else it does. A path that is missing here shows as a finding as soon as code reads it.
/// </summary>
internal static class NestedOutputs
{
    private static readonly Dictionary<string, string[]> ByType = new(StringComparer.Ordinal)
    {
        ["aws:eks/cluster:Cluster"] = ["certificateAuthority.data", "identities[].oidcs[].issuer", "vpcConfig.vpcId", "vpcConfig.clusterSecurityGroupId"],
        ["aws:lightsail/containerService:ContainerService"] = ["privateRegistryAccess.ecrImagePullerRole.principalArn"],
        ["aws:rds/cluster:Cluster"] = ["masterUserSecrets[].secretArn", "masterUserSecrets[].kmsKeyId"],
        ["aws:rds/instance:Instance"] = ["masterUserSecrets[].secretArn", "masterUserSecrets[].kmsKeyId"],
        ["aws:elasticache/cluster:Cluster"] = ["cacheNodes[].address"],
        ["aws:elasticache/serverlessCache:ServerlessCache"] = ["endpoints[].address", "readerEndpoints[].address"],
        ["aws:mq/broker:Broker"] = ["instances[].consoleUrl", "instances[].ipAddress"],
        ["aws:ec2/vpcEndpoint:VpcEndpoint"] = ["dnsEntries[].dnsName", "dnsEntries[].hostedZoneId"],
        ["gcp:certificatemanager/dnsAuthorization:DnsAuthorization"] = ["dnsResourceRecords[].name", "dnsResourceRecords[].type", "dnsResourceRecords[].data"],
        ["gcp:redis/instance:Instance"] = ["serverCaCerts[].cert"],
        ["gcp:sql/databaseInstance:DatabaseInstance"] = ["serverCaCerts[].cert"],
        ["scaleway:databases/instance:Instance"] = ["privateNetwork.ip", "privateNetwork.port"],
        ["scaleway:kubernetes/cluster:Cluster"] = ["kubeconfigs[].configFile"],
        ["scaleway:redis/cluster:Cluster"] = ["privateNetworks[].ips[]", "privateNetworks[].port"],
        ["kubernetes:core/v1:Service"] = ["status.loadBalancer.ingress[].hostname", "status.loadBalancer.ingress[].ip", "spec.clusterIP"],
        ["kubernetes:networking.k8s.io/v1:Ingress"] = ["status.loadBalancer.ingress[].hostname", "status.loadBalancer.ingress[].ip"],
        ["kubernetes:gateway.networking.k8s.io/v1:Gateway"] = ["status.addresses[].value"],
        ["ovh:CloudProject/database:Database"] = ["endpoints[].domain", "endpoints[].port"],
        ["ovh:CloudProject/gateway:Gateway"] = ["externalInformations[].ips[].ip"],
        ["kubernetes:helm.sh/v3:Release"] = ["status.name", "status.namespace", "status.version"],
    };

    private static readonly string[] Metadata = ["metadata.name", "metadata.namespace", "metadata.uid"];

    // Specifications are large, there are many of these, and nobody reads them back.
    private static readonly HashSet<string> WithoutSpec = new(StringComparer.Ordinal)
    {
        "kubernetes:apps/v1:DaemonSet",
        "kubernetes:apps/v1:Deployment",
        "kubernetes:apps/v1:StatefulSet",
        "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
        "kubernetes:batch/v1:CronJob",
        "kubernetes:batch/v1:Job",
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "kubernetes:policy/v1:PodDisruptionBudget",
    };

    /// <summary>The paths that need a placeholder where the inputs do not say their value. <c>[]</c> stands for the one element of a list.</summary>
    public static IEnumerable<string> Of(string type)
    {
        var own = ByType.GetValueOrDefault(type) ?? [];
        return type.StartsWith("kubernetes:", StringComparison.Ordinal) && type != "kubernetes:helm.sh/v3:Release" ? Metadata.Concat(own) : own;
    }

    /// <summary>Whether an input comes back as an output.</summary>
    public static bool Echoes(string type, string input) => input != "spec" || !WithoutSpec.Contains(type);
}
