namespace Infra.Facts;

/// <summary>Resource types of Scaleway.</summary>
internal static class ScalewayFacts
{
    public static PackageFacts Table { get; } = new(
        "scaleway",
        "1.53.0",
        "terraform-provider-scaleway 2.79.0; names from Scaleway's IAM and Object Storage documentation",
        "2026-11",
    [
        new("scaleway:databases/database:Database")
        {
            Name = new("name", 63, NamePatterns.ScalewayDatabase(), "letters, digits and _$-, and none of the server's own databases"),
            Lasts = Lasting.Data,
            Replaces = ["instanceId", "name", "region"],
        },
        new("scaleway:databases/instance:Instance")
        {
            Sizes = ["nodeType"],
            Nested = ["privateNetwork.ip", "privateNetwork.port"],
            Lasts = Lasting.Data,
            Replaces = ["initSettings", "projectId", "region", "snapshotId", "userName"],
            Refuses =
            [
                new("engine", When.Renamed, "another engine"),
                new("engine", When.Decreased, "an older version"),
                new("volumeSizeInGb", When.Decreased, "a volume does not shrink"),
                new("encryptionAtRest", When.Removed, "encryption is never turned off"),
            ],
            Interrupts =
            [
                new("engine", Note: "a copy of the other version takes over, without what is written while it is made: stop writers first"),
                new("nodeType", Note: "at the end of the move to the other node"),
                new("settings", Note: "where a setting needs a restart"),
            ],
            Serves = true,
        },
        new("scaleway:databases/privilege:Privilege")
        {
            Replaces = ["instanceId", "region"],
        },
        new("scaleway:databases/readReplica:ReadReplica")
        {
            Nested = ["privateNetwork.ip", "privateNetwork.port"],
            Replaces = ["region", "sameZone"],
            Interrupts = [new("privateNetwork", Note: "while it gets another address")],
            Serves = true,
        },
        new("scaleway:databases/user:User")
        {
            Replaces = ["instanceId", "name", "region"],
        },
        new("scaleway:domain/record:Record")
        {
            Replaces = ["dnsZone", "name", "projectId", "type"],
            Unique = ["dnsZone", "name"],
            Clashes = TypeFacts.OneIsAlias("type"),
            Serves = true,
        },
        new("scaleway:domain/zone:Zone")
        {
            Lasts = Lasting.Address,
            Replaces = ["domain", "projectId"],
        },
        new("scaleway:edgeservices/backendStage:BackendStage")
        {
            Replaces = [],
            Serves = true,
        },
        new("scaleway:edgeservices/cacheStage:CacheStage")
        {
            Replaces = [],
            Serves = true,
        },
        new("scaleway:edgeservices/dnsStage:DnsStage")
        {
            Replaces = [],
            Serves = true,
        },
        new("scaleway:edgeservices/headStage:HeadStage")
        {
            Replaces = ["pipelineId"],
            Unique = ["pipelineId"],
            Serves = true,
        },
        new("scaleway:edgeservices/pipeline:Pipeline")
        {
            Opens = Openings.Always("pipeline that faces the internet"),
            Lasts = Lasting.Address,
            Replaces = ["projectId"],
            Serves = true,
        },
        new("scaleway:edgeservices/plan:Plan")
        {
            Replaces = ["projectId"],
            Unique = ["projectId"],
            Serves = true,
        },
        new("scaleway:edgeservices/tlsStage:TlsStage")
        {
            Replaces = [],
            Serves = true,
        },
        new("scaleway:iam/apiKey:ApiKey")
        {
            Lasts = Lasting.Value,
            Replaces = ["applicationId", "defaultProjectId", "expiresAt"],
        },
        new("scaleway:iam/application:Application")
        {
            Name = new("name", 64, NamePatterns.Anything(), "of any kind"),
            Replaces = [],
        },
        new("scaleway:iam/policy:Policy")
        {
            Name = new("name", 64, NamePatterns.Anything(), "of any kind"),
            Replaces = [],
        },
        new("scaleway:kubernetes/acl:Acl")
        {
            Replaces = ["clusterId", "region"],
        },
        new("scaleway:kubernetes/cluster:Cluster")
        {
            Nested = ["kubeconfigs[].configFile"],
            Replaces =
            [
                "cni", "podCidr", "projectId", "region", "serviceCidr", "serviceDnsIp",
                new("privateNetworkId", When.Exchanged),
                new("type", When.Sometimes, "Scaleway offers no change from the one to the other"),
            ],
            Serves = true,
        },
        new("scaleway:kubernetes/pool:Pool")
        {
            Sizes = ["nodeType"],
            Replaces =
            [
                "clusterId", "containerRuntime", "name", "nodeType", "placementGroupId", "publicIpDisabled", "region",
                "rootVolumeSizeInGb", "rootVolumeType", "zone",
            ],
            Ignores = [new("size", Note: "the autoscaler decides it") { Given = new("autoscaling", "true") }],
            Serves = true,
        },
        new("scaleway:loadbalancers/ip:Ip")
        {
            Lasts = Lasting.Address,
            Replaces = ["isIpv6", "projectId", "zone"],
            Serves = true,
        },
        new("scaleway:mnq/sqs:Sqs")
        {
            Lasts = Lasting.Data,
            Replaces = ["projectId", "region"],
            Unique = ["projectId", "region"],
            Serves = true,
        },
        new("scaleway:mnq/sqsCredentials:SqsCredentials")
        {
            Lasts = Lasting.Value,
            Replaces = ["projectId", "region"],
        },
        new("scaleway:mnq/sqsQueue:SqsQueue")
        {
            Name = new("name", 80, NamePatterns.Queue(), "letters, digits and _-, with .fifo at the end where it keeps an order"),
            Lasts = Lasting.Data,
            Replaces = ["name", "namePrefix", "projectId", "region"],
        },
        new("scaleway:network/gatewayNetwork:GatewayNetwork")
        {
            Replaces = ["gatewayId", "privateNetworkId", "zone"],
        },
        new("scaleway:network/privateNetwork:PrivateNetwork")
        {
            Lasts = Lasting.Place,
            Replaces = ["ipv4Subnet.subnet", "ipv6Subnets[].subnet", "projectId", "region", "vpcId"],
        },
        new("scaleway:network/publicGateway:PublicGateway")
        {
            Replaces = ["ipId", "projectId", "zone"],
            Serves = true,
        },
        new("scaleway:network/publicGatewayIp:PublicGatewayIp")
        {
            Lasts = Lasting.Address,
            Replaces = ["projectId", "zone"],
        },
        new("scaleway:network/vpc:Vpc")
        {
            Replaces = ["enableTransitivity", "projectId", "region"],
        },
        new("scaleway:object/bucket:Bucket")
        {
            Name = NamePatterns.PlainBucketName,
            Lasts = Lasting.Data,
            Replaces = ["name", "objectLockEnabled", "projectId", "region"],
        },
        new("scaleway:object/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
        {
            Replaces = ["bucket", "projectId", "region"],
        },
        new("scaleway:object/bucketWebsiteConfiguration:BucketWebsiteConfiguration")
        {
            Replaces = ["bucket", "projectId", "region"],
            Unique = ["bucket", "region"],
            Serves = true,
        },
        new("scaleway:redis/cluster:Cluster")
        {
            Sizes = ["nodeType"],
            Nested = ["privateNetworks[].ips[]", "privateNetworks[].port"],
            Lasts = Lasting.Data,
            Replaces =
            [
                "projectId", "tlsEnabled", "zone",
                new("clusterSize") { From = ["1"] },
                new("clusterSize", When.Decreased),
            ],
            Interrupts =
            [
                new("nodeType", Note: "at the end of the move to the other nodes"),
                new("version", Note: "while the engine is upgraded"),
            ],
            Serves = true,
        },
        new("scaleway:registry/namespace:Namespace")
        {
            Lasts = Lasting.Data,
            Replaces = ["name", "projectId", "region"],
        },
        new("scaleway:tem/domain:Domain")
        {
            Replaces = ["acceptTos", "name", "projectId", "region"],
            Unique = ["name", "projectId"],
            Serves = true,
        },
    ]);
}
