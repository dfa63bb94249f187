namespace Infra.Facts;

/// <summary>Resource types of Google Cloud.</summary>
internal static class GcpFacts
{
    // Everything in Compute Engine is called after the same rule (RFC 1035).
    private static readonly NameRule ComputeEngine = new(
        "name",
        63,
        NamePatterns.Rfc1035(),
        "lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen");

    private static readonly NameRule LetterThenWords = new(
        "name",
        64,
        NamePatterns.LetterThenWords(),
        "letters, digits and _- that start with a letter");

    private static readonly NameRule PubSub = new(
        "name",
        255,
        NamePatterns.PubSub(),
        "3 or more letters, digits and ._~+%- that start with a letter, and not with goog");

    public static PackageFacts Table { get; } = new(
        "gcp",
        "9.35.0",
        "terraform-provider-google-beta 7.45.0; names from the API references, interruptions from the documentation of Google Cloud",
        "2026-11",
    [
        new("gcp:artifactregistry/repository:Repository")
        {
            Lasts = Lasting.Data,
            Replaces =
            [
                "format", "kmsKeyName", "location", "mavenConfig.allowSnapshotOverwrites", "mavenConfig.versionPolicy", "mode",
                "project", "remoteRepositoryConfig", "repositoryId",
            ],
            Unique = ["location", "repositoryId"],
        },
        new("gcp:certificatemanager/certificate:Certificate")
        {
            Name = LetterThenWords,
            Replaces = ["location", "managed", "name", "project", "scope"],
        },
        new("gcp:certificatemanager/certificateMap:CertificateMap")
        {
            Replaces = ["name", "project"],
        },
        new("gcp:certificatemanager/certificateMapEntry:CertificateMapEntry")
        {
            Replaces = ["hostname", "map", "matcher", "name", "project"],
        },
        new("gcp:certificatemanager/dnsAuthorization:DnsAuthorization")
        {
            Name = LetterThenWords,
            Nested = ["dnsResourceRecords[].name", "dnsResourceRecords[].type", "dnsResourceRecords[].data"],
            Replaces = ["domain", "location", "name", "project", "type"],
        },
        new("gcp:cloudrunv2/job:Job")
        {
            Sizes = ["template.template.containers[].resources.limits"],
            Runs = ["runExecutionToken", "startExecutionToken"],
            Replaces = ["location", "name", "project", "tags"],
        },
        new("gcp:cloudrunv2/jobIamMember:JobIamMember")
        {
            Replaces = ["condition", "location", "member", "name", "project", "role"],
        },
        new("gcp:cloudrunv2/service:Service")
        {
            Sizes = ["template.containers[].resources.limits"],
            Name = ComputeEngine with { Length = 49 },
            Replaces = ["location", "name", "project", "tags"],
            Serves = true,
        },
        new("gcp:cloudrunv2/serviceIamMember:ServiceIamMember")
        {
            Replaces = ["condition", "location", "member", "name", "project", "role"],
        },
        new("gcp:cloudrunv2/workerPool:WorkerPool")
        {
            Sizes = ["template.containers[].resources.limits"],
            Name = ComputeEngine with { Length = 49 },
            Replaces = ["location", "name", "project", "template.containers[].dependsOns"],
            Serves = true,
        },
        new("gcp:cloudrunv2/workerPoolIamMember:WorkerPoolIamMember")
        {
            Replaces = ["condition", "location", "member", "name", "project", "role"],
        },
        new("gcp:cloudscheduler/job:Job")
        {
            Name = new("name", 500, NamePatterns.Words(), "letters, digits and _-"),
            Replaces = ["name", "project", "region"],
        },
        new("gcp:compute/address:Address")
        {
            Name = ComputeEngine,
            Lasts = Lasting.Address,
            Replaces =
            [
                "address", "addressType", "description", "ipCollection", "ipVersion", "ipv6EndpointType", "name", "network",
                "networkTier", "prefixLength", "project", "purpose", "region", "subnetwork",
            ],
        },
        new("gcp:compute/backendService:BackendService")
        {
            Name = ComputeEngine,

            // The key with which it signs requests is never given back (terraform-provider-google: awsV4Authentication).
            Keeps = ["securitySettings"],
            Replaces = ["dynamicForwarding.ipPortSelection.enabled", "name", "params", "project"],
        },
        new("gcp:compute/disk:Disk")
        {
            Name = ComputeEngine,
            Lasts = Lasting.Data,
            Replaces =
            [
                "architecture", "asyncPrimaryDisk", "description", "diskEncryptionKey", "enableConfidentialCompute", "guestOsFeatures",
                "image", "licenses", "name", "params", "physicalBlockSizeBytes", "project", "snapshot", "sourceDisk",
                "sourceImageEncryptionKey", "sourceInstantSnapshot", "sourceSnapshotEncryptionKey", "sourceStorageObject", "storagePool",
                "type", "zone",
                new("size", When.Decreased),
            ],
        },
        new("gcp:compute/firewall:Firewall")
        {
            Name = ComputeEngine,
            Opens = Openings.GoogleFirewall,
            OpensByOmission = Openings.GoogleFirewallWithoutSources,
            Replaces = ["direction", "name", "params", "project"],
        },
        new("gcp:compute/forwardingRule:ForwardingRule")
        {
            Name = ComputeEngine,
            Opens = Openings.GoogleForwardingRule,
            Replaces =
            [
                "allPorts", "backendService", "description", "ipAddress", "ipCollection", "ipProtocol", "ipVersion",
                "isMirroringCollector", "loadBalancingScheme", "name", "network", "networkTier", "noAutomateDnsZone", "portRange",
                "ports", "project", "region", "serviceDirectoryRegistrations", "serviceLabel", "sourceIpRanges", "subnetwork",
                new("target", When.Sometimes, "one service attachment becomes another"),
                new("allowGlobalAccess") { Given = new("loadBalancingScheme", "INTERNAL_MANAGED") },
            ],
            Serves = true,
        },
        new("gcp:compute/globalAddress:GlobalAddress")
        {
            Name = ComputeEngine,
            Lasts = Lasting.Address,
            Replaces = ["address", "addressType", "description", "ipVersion", "name", "network", "prefixLength", "project", "purpose"],
        },
        new("gcp:compute/globalForwardingRule:GlobalForwardingRule")
        {
            Name = ComputeEngine,
            Opens = Openings.GoogleForwardingRule,
            Replaces =
            [
                "allowPscGlobalAccess", "description", "ipAddress", "ipProtocol", "ipVersion", "metadataFilters", "name", "network",
                "networkTier", "noAutomateDnsZone", "portRange", "project", "serviceDirectoryRegistrations", "sourceIpRanges",
                "subnetwork",
            ],
            Serves = true,
        },
        new("gcp:compute/globalNetworkEndpoint:GlobalNetworkEndpoint")
        {
            Replaces = ["fqdn", "globalNetworkEndpointGroup", "ipAddress", "port", "project"],
            Unique = ["globalNetworkEndpointGroup"],
            Serves = true,
        },
        new("gcp:compute/globalNetworkEndpointGroup:GlobalNetworkEndpointGroup")
        {
            Name = ComputeEngine,
            Replaces = ["defaultPort", "description", "name", "networkEndpointType", "project"],
            Serves = true,
        },
        new("gcp:compute/instance:Instance")
        {
            Name = ComputeEngine,
            Sizes = ["machineType"],
            Shows = ["metadata", "metadataStartupScript"],
            Replaces =
            [
                "bootDisk", "confidentialInstanceConfig", "guestAccelerators", "hostname", "instanceEncryptionKey",
                "keyRevocationActionType", "metadataStartupScript", "name", "networkPerformanceConfig", "params", "project",
                "reservationAffinity", "scratchDisks", "zone",
                new("networkInterfaces", When.Sometimes, "the network, the number of interfaces or what they are changes"),
            ],
            Interrupts =
            [
                new("machineType", Note: "while the machine is stopped and started"),
                new("serviceAccount", Note: "while the machine is stopped and started"),
                new("shieldedInstanceConfig", Note: "while the machine is stopped and started"),
            ],
            Serves = true,
        },
        new("gcp:compute/instanceTemplate:InstanceTemplate")
        {
            Name = ComputeEngine,
            Shows = ["metadata", "metadataStartupScript"],
            Replaces =
            [
                "advancedMachineFeatures", "canIpForward", "confidentialInstanceConfig", "description", "disks", "enableDisplay",
                "guestAccelerators", "instanceDescription", "keyRevocationActionType", "machineType", "metadata",
                "metadataStartupScript", "minCpuPlatform", "name", "namePrefix", "networkInterfaces", "networkPerformanceConfig",
                "project", "region", "reservationAffinity", "resourceManagerTags", "resourcePolicies", "scheduling", "serviceAccount",
                "shieldedInstanceConfig", "tags", "workloadIdentityConfig",
            ],
        },
        new("gcp:compute/network:Network")
        {
            Name = ComputeEngine,
            Lasts = Lasting.Place,
            Replaces = ["autoCreateSubnetworks", "description", "internalIpv6Range", "name", "networkProfile", "params", "project"],
        },
        new("gcp:compute/regionBackendService:RegionBackendService")
        {
            Name = ComputeEngine,
            Replaces =
            [
                "dynamicForwarding.forwardProxy.enabled", "dynamicForwarding.ipPortSelection.enabled", "haPolicy.fastIpMove",
                "loadBalancingScheme", "name", "network", "params", "project",
            ],
        },
        new("gcp:compute/regionHealthCheck:RegionHealthCheck")
        {
            Name = ComputeEngine,
            Replaces = ["name", "project", "region"],
        },
        new("gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager")
        {
            Name = ComputeEngine,
            Replaces =
            [
                "baseInstanceName", "description", "distributionPolicyZones", "name", "params", "project", "region",
                "targetSizePolicies[].mode",
                new("resourcePolicies.workloadPolicy", When.Removed),
            ],
        },
        new("gcp:compute/regionNetworkEndpointGroup:RegionNetworkEndpointGroup")
        {
            Name = ComputeEngine,
            Replaces =
            [
                "appEngine", "cloudFunction", "cloudRun", "description", "name", "network", "networkEndpointType", "project", "pscData",
                "pscTargetService", "region", "serverlessDeployment", "subnetwork",
            ],
        },
        new("gcp:compute/regionSslCertificate:RegionSslCertificate")
        {
            Name = ComputeEngine,
            Replaces = ["certificate", "description", "name", "namePrefix", "privateKey", "privateKeyWoVersion", "project", "region"],
        },
        new("gcp:compute/regionTargetHttpProxy:RegionTargetHttpProxy")
        {
            Name = ComputeEngine,
            Replaces = ["description", "httpKeepAliveTimeoutSec", "name", "project", "region"],
        },
        new("gcp:compute/regionTargetHttpsProxy:RegionTargetHttpsProxy")
        {
            Name = ComputeEngine,
            Replaces = ["description", "httpKeepAliveTimeoutSec", "name", "project", "region"],
        },
        new("gcp:compute/regionUrlMap:RegionUrlMap")
        {
            Name = ComputeEngine,
            Replaces = ["name", "project"],
        },
        new("gcp:compute/router:Router")
        {
            Name = ComputeEngine,
            Replaces = ["encryptedInterconnectRouter", "name", "nccGateway", "network", "params", "project", "region"],
        },
        new("gcp:compute/routerNat:RouterNat")
        {
            Name = ComputeEngine,
            Replaces = ["endpointTypes", "initialNatIps", "name", "project", "region", "router", "type"],
            Serves = true,
        },
        new("gcp:compute/sSLPolicy:SSLPolicy")
        {
            Name = ComputeEngine,
            Replaces = ["description", "name", "project"],
        },
        new("gcp:compute/securityPolicy:SecurityPolicy")
        {
            Name = ComputeEngine,
            Replaces = ["name", "project"],
        },
        new("gcp:compute/subnetwork:Subnetwork")
        {
            Name = ComputeEngine,
            Lasts = Lasting.Place,
            Replaces =
            [
                "description", "externalIpv6Prefix", "internalIpv6Prefix", "name", "network", "params", "project", "region",
                "reservedInternalRange", "resolveSubnetMask",
                new("ipCidrRange", When.Narrowed, "the new range does not hold all of the old one"),
            ],
        },
        new("gcp:compute/targetHttpProxy:TargetHttpProxy")
        {
            Name = ComputeEngine,
            Replaces = ["description", "httpKeepAliveTimeoutSec", "name", "project", "proxyBind"],
            Serves = true,
        },
        new("gcp:compute/targetHttpsProxy:TargetHttpsProxy")
        {
            Name = ComputeEngine,
            Replaces = ["description", "httpKeepAliveTimeoutSec", "name", "project", "proxyBind", "tlsEarlyData"],
            Serves = true,
        },
        new("gcp:compute/uRLMap:URLMap")
        {
            Name = ComputeEngine,
            Replaces = ["name", "project"],
            Serves = true,
        },
        new("gcp:dns/managedZone:ManagedZone")
        {
            Name = ComputeEngine,
            Lasts = Lasting.Address,
            Replaces = ["dnsName", "name", "project", "reverseLookup", "serviceDirectoryConfig", "visibility"],
        },
        new("gcp:dns/recordSet:RecordSet")
        {
            Replaces = ["managedZone", "name", "project", "routingPolicy.healthCheck"],
            Unique = ["managedZone", "name", "type"],
            Serves = true,
        },
        new("gcp:managedkafka/acl:Acl")
        {
            Replaces = ["aclId", "cluster", "location", "project"],
            Unique = ["project", "location", "cluster", "aclId"],
        },
        new("gcp:managedkafka/cluster:Cluster")
        {
            Sizes = ["capacityConfig"],
            Name = new("clusterId", 63, NamePatterns.Rfc1035(), "lower-case letters, digits and hyphens that start with a letter"),
            Lasts = Lasting.Data,
            Replaces = ["clusterId", "gcpConfig.kmsKey", "location", "project"],
            Refuses = [new("brokerCapacityConfig.diskSizeGib", When.Decreased, "a disk does not shrink")],
            Unique = ["project", "location", "clusterId"],
            Serves = true,
        },
        new("gcp:managedkafka/topic:Topic")
        {
            Lasts = Lasting.Data,
            Replaces = ["cluster", "location", "project", "replicationFactor", "topicId"],
            Refuses = [new("partitionCount", When.Decreased, "a topic keeps its partitions")],
            Unique = ["project", "location", "cluster", "topicId"],
        },
        new("gcp:projects/iAMMember:IAMMember")
        {
            Replaces = ["condition", "member", "project", "role"],
        },
        new("gcp:projects/service:Service")
        {
            Replaces = ["project", "service"],
        },
        new("gcp:projects/serviceIdentity:ServiceIdentity")
        {
            Replaces = ["project", "service"],
        },
        new("gcp:pubsub/subscription:Subscription")
        {
            Name = PubSub,
            Lasts = Lasting.Data,
            Replaces = ["enableMessageOrdering", "filter", "name", "project", "tags", "topic"],
        },
        new("gcp:pubsub/subscriptionIAMMember:SubscriptionIAMMember")
        {
            Replaces = ["condition", "member", "project", "role", "subscription"],
        },
        new("gcp:pubsub/topic:Topic")
        {
            Name = PubSub,
            Replaces = ["name", "project", "tags"],
        },
        new("gcp:pubsub/topicIAMMember:TopicIAMMember")
        {
            Replaces = ["condition", "member", "project", "role", "topic"],
        },
        new("gcp:redis/instance:Instance")
        {
            Sizes = ["tier", "memorySizeGb"],
            Name = ComputeEngine with { Length = 40 },
            Nested = ["serverCaCerts[].cert"],
            Lasts = Lasting.Data,
            Replaces =
            [
                "alternativeLocationId", "authorizedNetwork", "connectMode", "customerManagedKey", "locationId", "name", "project",
                "region", "reservedIpRange", "tier", "transitEncryptionMode",
                new("redisVersion", When.Decreased),
            ],
            // Data is kept in both tiers ("Instance scaling behavior", "About upgrading the Redis version").
            Interrupts =
            [
                new("memorySizeGb", Note: "connections are reset; it refuses a size below what it holds"),
                new("redisVersion", Note: "connections are reset"),
            ],
            Serves = true,
        },
        new("gcp:secretmanager/secret:Secret")
        {
            Name = new("secretId", 255, NamePatterns.Words(), "letters, digits and _-"),
            DeletesFirst = true,
            Lasts = Lasting.Value,
            Replaces = ["project", "replication", "secretId", "tags"],
        },
        new("gcp:secretmanager/secretIamMember:SecretIamMember")
        {
            Replaces = ["condition", "member", "project", "role", "secretId"],
        },
        new("gcp:secretmanager/secretVersion:SecretVersion")
        {
            Replaces = ["isSecretDataBase64", "project", "secret", "secretData", "secretDataWoVersion"],
        },
        new("gcp:serviceaccount/account:Account")
        {
            Name = new(
                "accountId",
                30,
                NamePatterns.ServiceAccount(),
                "6 or more lower-case letters, digits and hyphens that start with a letter and do not end with a hyphen"),
            Replaces = ["accountId", "project"],
        },
        new("gcp:serviceaccount/iAMMember:IAMMember")
        {
            Replaces = ["condition", "member", "role", "serviceAccountId"],
        },
        new("gcp:serviceaccount/key:Key")
        {
            Base64 = ["privateKey"],
            Lasts = Lasting.Value,
            Replaces = ["keepers", "keyAlgorithm", "privateKeyType", "publicKeyData", "publicKeyType", "serviceAccountId"],
        },
        new("gcp:servicenetworking/connection:Connection")
        {
            Replaces = ["network", "service"],
        },
        new("gcp:sql/database:Database")
        {
            Lasts = Lasting.Data,
            Replaces = ["instance", "name", "project"],
        },
        new("gcp:sql/databaseInstance:DatabaseInstance")
        {
            Sizes = ["settings.tier"],
            Nested = ["serverCaCerts[].cert"],
            Opens = Openings.UnlessOff("settings.ipConfiguration.ipv4Enabled", "database with a public address"),
            Lasts = Lasting.Data,
            CopyOf = "masterInstanceName",
            Replaces =
            [
                "encryptionKeyName", "name", "project", "region", "replicaConfiguration.caCertificate",
                "replicaConfiguration.clientCertificate", "replicaConfiguration.clientKey", "replicaConfiguration.connectRetryInterval",
                "replicaConfiguration.dumpFilePath", "replicaConfiguration.failoverTarget", "replicaConfiguration.masterHeartbeatPeriod",
                "replicaConfiguration.password", "replicaConfiguration.sslCipher", "replicaConfiguration.username",
                "replicaConfiguration.verifyServerCertificate", "settings.collation",
                new("masterInstanceName", When.Sometimes, "unless a replica and its primary change places"),
                new("replicaConfiguration.cascadableReplica", When.Sometimes, "unless a replica and its primary change places"),
                new("settings.ipConfiguration.privateNetwork", When.Removed),
                new("settings.diskSize", When.Decreased) { Given = new("settings.diskAutoresize", "false") },
                new("settings.autoUpgradeEnabled", When.Removed),
            ],
            Ignores =
            [
                new("settings.diskSize", When.Decreased, "a disk does not shrink") { Given = new("settings.diskAutoresize", "", "true") },
            ],
            Refuses = [new("databaseVersion", When.Renamed, "another engine"), new("databaseVersion", When.Decreased, "an older version")],
            Interrupts =
            [
                new("databaseVersion", Note: "while the engine is upgraded"),
                new("settings.availabilityType", Note: "while it restarts"),
                new("settings.databaseFlags", Note: "where a flag needs a restart"),
                new("settings.edition", Note: "while it restarts"),
                new("settings.tier", Note: "while it restarts on the other machine"),
            ],
            Serves = true,
        },
        new("gcp:sql/user:User")
        {
            Replaces = ["host", "instance", "name", "project", "type"],
        },
        new("gcp:storage/bucket:Bucket")
        {
            Name = new(
                "name",
                63,
                NamePatterns.GoogleBucket(),
                "3 or more lower-case letters, digits and ._- that start and end with a letter or digit, are no IP address, "
                + "do not start with goog and do not hold google"),
            Lasts = Lasting.Data,
            Replaces =
            [
                "customPlacementConfig.dataLocations", "enableObjectRetention", "hierarchicalNamespace", "location", "name", "project",
                new("retentionPolicy.isLocked", When.Removed),
            ],
        },
        new("gcp:storage/bucketIAMMember:BucketIAMMember")
        {
            Replaces = ["bucket", "condition", "member", "role"],
        },
        new("gcp:storage/hmacKey:HmacKey")
        {
            Lasts = Lasting.Value,
            Replaces = ["project", "serviceAccountEmail"],
        },
    ]);
}
