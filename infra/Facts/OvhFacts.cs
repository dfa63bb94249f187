namespace Infra.Facts;

/// <summary>Resource types of OVHcloud.</summary>
internal static class OvhFacts
{
    // The generations of plans (OVHcloud documentation, "Migrate from Gen 2 to Gen 3").
    private static readonly string[] FormerPlans = ["essential", "business", "enterprise"];

    private static readonly string[] CurrentPlans = ["production", "advanced"];

    public static PackageFacts Table { get; } = new(
        "ovh",
        "2.13.0",
        "terraform-provider-ovh 2.12.0, which this version still embeds; names from that provider's documentation",
        "2026-11",
    [
        new("ovh:CloudProject/containerRegistry:ContainerRegistry")
        {
            Lasts = Lasting.Data,
            Replaces = [],
            Ignores = ["region"],
        },
        new("ovh:CloudProject/containerRegistryUser:ContainerRegistryUser")
        {
            Lasts = Lasting.Value,
            Replaces = ["email", "login", "registryId", "serviceName"],
        },
        new("ovh:CloudProject/database:Database")
        {
            Sizes = ["plan", "flavor"],
            Nested = ["endpoints[].domain", "endpoints[].port"],
            Lasts = Lasting.Data,
            Replaces = ["engine", "nodes[].networkId", "nodes[].region", "serviceName"],
            Refuses =
            [
                new("diskSize", When.Decreased, "a disk does not shrink"),
                new("plan", Note: "a plan of another generation: fork it from a backup") { From = FormerPlans, To = CurrentPlans },
                new("plan", Note: "a plan of another generation: fork it from a backup") { From = CurrentPlans, To = FormerPlans },
                new("version", When.Decreased, "an older version"),
            ],
            Interrupts =
            [
                new("advancedConfiguration", Note: "where a parameter needs a restart"),
                new("flavor", Note: "while another node takes over; with one node, while data moves to the new one"),
                new("plan", Note: "while another node takes over; with one node, while data moves to the new one"),
                new("version", Note: "while the engine is upgraded"),
            ],
            Serves = true,
        },
        new("ovh:CloudProject/gateway:Gateway")
        {
            Nested = ["externalInformations[].ips[].ip"],
            Lasts = Lasting.Address,
            Replaces = ["networkId", "region", "serviceName", "subnetId"],
            Serves = true,
        },
        new("ovh:CloudProject/kube:Kube")
        {
            Replaces = ["kubeProxyMode", "privateNetworkId", "region", "serviceName"],
            Ignores = ["nodesSubnetId"],
            Serves = true,
        },
        new("ovh:CloudProject/kubeIpRestrictions:KubeIpRestrictions")
        {
            OpensByOmission = Openings.Without("ips"),
            Replaces = ["kubeId", "serviceName"],
        },
        new("ovh:CloudProject/kubeNodePool:KubeNodePool")
        {
            Sizes = ["flavorName"],
            Name = new(
                "name",
                253,
                NamePatterns.NodePool(),
                "2 or more lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen"),
            Replaces = ["antiAffinity", "availabilityZones", "flavorName", "kubeId", "monthlyBilled", "name", "serviceName"],
            Serves = true,
        },
        new("ovh:CloudProject/networkPrivate:NetworkPrivate")
        {
            PerValue = new("regionsOpenstackIds", ["regions"]),
            Lasts = Lasting.Place,
            Replaces = ["serviceName", "vlanId"],
        },
        new("ovh:CloudProject/networkPrivateSubnet:NetworkPrivateSubnet")
        {
            Lasts = Lasting.Place,
            Replaces = ["dhcp", "end", "network", "networkId", "noGateway", "region", "serviceName", "start"],
        },
        new("ovh:CloudProject/s3Credential:S3Credential")
        {
            Lasts = Lasting.Value,
            Replaces = ["serviceName", "userId"],
        },
        new("ovh:CloudProject/s3Policy:S3Policy")
        {
            Replaces = ["serviceName", "userId"],
        },
        new("ovh:CloudProject/storage:Storage")
        {
            Name = NamePatterns.PlainBucketName,
            Lasts = Lasting.Data,
            Replaces = ["name", "regionName", new("objectLock", When.Sometimes, "its status changes, or it is taken away while it is on")],
            DeletesFirst = false,
        },
        new("ovh:CloudProject/user:User")
        {
            Lasts = Lasting.Value,
            Replaces = ["description", "serviceName"],
        },
        new("ovh:CloudProjectDatabase/databaseInstance:DatabaseInstance")
        {
            Lasts = Lasting.Data,
            Replaces = ["clusterId", "engine", "name", "serviceName"],
        },
        new("ovh:CloudProjectDatabase/postgresSqlUser:PostgresSqlUser")
        {
            Lasts = Lasting.Value,
            Replaces = ["clusterId", "name", "serviceName"],
        },
        new("ovh:CloudProjectDatabase/user:User")
        {
            Lasts = Lasting.Value,
            Replaces = ["clusterId", "engine", "name", "serviceName"],
        },
        new("ovh:Domain/zoneRecord:ZoneRecord")
        {
            Replaces = ["fieldtype", "zone"],
            Unique = ["zone", "subdomain"],
            Clashes = TypeFacts.OneIsAlias("fieldtype"),
            Serves = true,
        },
        new("ovh:Iam/policy:Policy")
        {
            Replaces = [],
        },
        new("ovh:Me/aPIOAuth2Client:APIOAuth2Client")
        {
            Lasts = Lasting.Value,
            Replaces = ["flow"],
        },
        new("ovh:index/cloudProjectDatabaseValkeyUser:CloudProjectDatabaseValkeyUser")
        {
            Lasts = Lasting.Value,
            Replaces = ["clusterId", "name", "serviceName"],
        },
        new("ovh:index/cloudProjectStorageObjectBucketLifecycleConfiguration:CloudProjectStorageObjectBucketLifecycleConfiguration")
        {
            Replaces = ["containerName", "regionName", "serviceName"],
        },
    ]);
}
