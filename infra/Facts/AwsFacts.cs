namespace Infra.Facts;

/// <summary>
/// Resource types of AWS. Every type that has a region of its own is made anew in another one: the provider adds that to the schemas.
/// </summary>
internal static class AwsFacts
{
    // Services whose ARNs name no region, and of these, those that name no account either.
    private static readonly HashSet<string> WithoutRegion = new(StringComparer.Ordinal) { "iam", "route53", "s3" };

    private static readonly HashSet<string> WithoutAccount = new(StringComparer.Ordinal) { "route53", "s3" };

    private static readonly InputIs Network = new("loadBalancerType", "network");

    public static PackageFacts Table { get; } = new(
        "aws",
        "7.37.0",
        "terraform-provider-aws 6.55.0, the newest when the package was published; names, exposure and interruptions from the "
            + "documentation of AWS (\"Settings for DB instances\", \"Scaling ElastiCache\", \"Upgrading from RabbitMQ 3 to 4\")",
        "2026-11",
    [
        new("aws:acm/certificate:Certificate")
        {
            // The proof of a domain is the same for every certificate of an account (AWS documentation, "DNS validation").
            SameAgain = ["domainValidationOptions"],
            PerValue = new("domainValidationOptions", ["domainName", "subjectAlternativeNames"])
            {
                Key = "domainName",
                Texts = ["resourceRecordName", "resourceRecordValue"],
                Constants = new Dictionary<string, string> { ["resourceRecordType"] = "CNAME" },
            },
            Replaces =
            [
                "certificateAuthorityArn", "domainName", "keyAlgorithm", "region", "subjectAlternativeNames", "validationMethod",
                "validationOptions",
            ],
        },
        new("aws:acm/certificateValidation:CertificateValidation")
        {
            Replaces = ["certificateArn", "region", "validationRecordFqdns"],
        },
        new("aws:appautoscaling/policy:Policy")
        {
            ArnService = "application-autoscaling",
            Replaces = ["name", "region", "resourceId", "scalableDimension", "serviceNamespace"],
        },
        new("aws:appautoscaling/scheduledAction:ScheduledAction")
        {
            ArnService = "autoscaling",
            Replaces = ["name", "region", "resourceId", "scalableDimension", "serviceNamespace"],
        },
        new("aws:appautoscaling/target:Target")
        {
            ArnService = "application-autoscaling",
            Replaces = ["region", "resourceId", "scalableDimension", "serviceNamespace"],
        },
        new("aws:cloudfront/cachePolicy:CachePolicy")
        {
            Name = new("name", 128, NamePatterns.Words(), "letters, digits and _-"),
            Replaces = [],
        },
        new("aws:cloudfront/distribution:Distribution")
        {
            Opens = Openings.While("enabled", "distribution that faces the internet"),
            Lasts = Lasting.Address,
            Replaces = ["staging"],
            Serves = true,
        },
        new("aws:cloudfront/originAccessControl:OriginAccessControl")
        {
            Name = new("name", 64, NamePatterns.Words(), "letters, digits and _-"),
            Replaces = [],
        },
        new("aws:cloudwatch/logGroup:LogGroup")
        {
            Name = new("name", 512, NamePatterns.LogGroup(), "letters, digits and ._/#-"),
            ArnService = "logs",
            Lasts = Lasting.Data,
            Replaces = ["logGroupClass", "name", "namePrefix", "region"],
        },
        new("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup")
        {
            Replaces = ["region", "vpcId"],
        },
        new("aws:ec2/eip:Eip")
        {
            Lasts = Lasting.Address,
            Replaces = ["address", "domain", "ipamPoolId", "networkBorderGroup", "publicIpv4Pool", "region"],
        },
        new("aws:ec2/flowLog:FlowLog")
        {
            Replaces =
            [
                "deliverCrossAccountRole", "destinationOptions", "eniId", "iamRoleArn", "logDestination", "logDestinationType",
                "logFormat", "maxAggregationInterval", "region", "regionalNatGatewayId", "subnetId", "trafficType",
                "transitGatewayAttachmentId", "transitGatewayId", "vpcId",
            ],
        },
        new("aws:ec2/internetGateway:InternetGateway")
        {
            Replaces = ["region"],
        },
        new("aws:ec2/natGateway:NatGateway")
        {
            Replaces =
            [
                "allocationId", "availabilityMode", "connectivityType", "privateIp", "region", "subnetId", "vpcId",
                new("secondaryPrivateIpAddressCount", When.Sometimes, "the gateway is private"),
            ],
            Serves = true,
        },
        new("aws:ec2/route:Route")
        {
            Replaces = ["destinationCidrBlock", "destinationIpv6CidrBlock", "destinationPrefixListId", "region", "routeTableId"],
            Interrupts =
            [
                new("natGatewayId", When.Exchanged, "connections through the former gateway end; new ones leave from another address"),
            ],
        },
        new("aws:ec2/routeTable:RouteTable")
        {
            Replaces = ["region", "vpcId"],
        },
        new("aws:ec2/routeTableAssociation:RouteTableAssociation")
        {
            Replaces = ["gatewayId", "region", "subnetId"],
        },
        new("aws:ec2/securityGroup:SecurityGroup")
        {
            Name = new("name", 255, NamePatterns.SecurityGroup(), "texts that do not start with sg-"),
            Opens = Openings.Rules("ingress", "protocol", "cidrBlocks", "ipv6CidrBlocks"),
            Replaces = ["description", "name", "namePrefix", "region", "vpcId"],
        },
        new("aws:ec2/subnet:Subnet")
        {
            Lasts = Lasting.Place,
            Replaces =
            [
                "availabilityZone", "availabilityZoneId", "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "ipv6IpamPoolId",
                "ipv6Native", "ipv6NetmaskLength", "outpostArn", "region", "vpcId",
                new("ipv6CidrBlock", When.Sometimes, "the subnet gave its machines IPv6 addresses before"),
            ],
        },
        new("aws:ec2/vpc:Vpc")
        {
            Lasts = Lasting.Place,
            Replaces =
            [
                "cidrBlock", "ipv4IpamPoolId", "ipv4NetmaskLength", "region",
                new("instanceTenancy", When.Sometimes, "unless it goes from dedicated to default"),
            ],
        },
        new("aws:ec2/vpcEndpoint:VpcEndpoint")
        {
            Nested = ["dnsEntries[].dnsName", "dnsEntries[].hostedZoneId"],
            Replaces =
            [
                "dnsOptions.privateDnsPreference", "dnsOptions.privateDnsSpecifiedDomains", "region", "resourceConfigurationArn",
                "serviceName", "serviceNetworkArn", "serviceRegion", "vpcEndpointType", "vpcId",
                new("privateDnsEnabled") { Given = new("vpcEndpointType", "", "Gateway", "GatewayLoadBalancer") },
            ],
        },
        new("aws:ecr/lifecyclePolicy:LifecyclePolicy")
        {
            // A repository has one; deleted after the new one is written, it would take that away (pulumi-aws says so to the engine).
            DeletesFirst = true,
            Replaces = ["policy", "region", "repository"],
        },
        new("aws:ecr/repository:Repository")
        {
            Name = new("name", 256, NamePatterns.Repository(), "2 or more lower-case letters and digits, with ._/- between them"),
            Lasts = Lasting.Data,
            Replaces = ["encryptionConfigurations", "name", "region"],
        },
        new("aws:ecs/cluster:Cluster")
        {
            Name = Words("name", 255),
            Replaces = ["name", "region"],
        },
        new("aws:ecs/clusterCapacityProviders:ClusterCapacityProviders")
        {
            Replaces = ["clusterName", "region"],
        },
        new("aws:ecs/service:Service")
        {
            Name = Words("name", 255),
            Opens = Openings.While("networkConfiguration.assignPublicIp", "tasks with public addresses"),
            Replaces = ["cluster", "iamRole", "launchType", "name", "region", "schedulingStrategy"],
            Ignores = [new("triggers", Note: "while forceNewDeployment is off") { Given = new("forceNewDeployment", "", "false") }],
            Serves = true,
        },
        new("aws:ecs/taskDefinition:TaskDefinition")
        {
            Sizes = ["cpu", "memory"],
            Name = Words("family", 255),
            Shows = ["containerDefinitions"],
            Replaces =
            [
                "containerDefinitions", "cpu", "enableFaultInjection", "ephemeralStorage", "executionRoleArn", "family", "ipcMode",
                "memory", "networkMode", "pidMode", "placementConstraints", "proxyConfiguration", "region", "requiresCompatibilities",
                "runtimePlatform", "taskRoleArn", "volumes",
            ],
        },
        new("aws:efs/accessPoint:AccessPoint")
        {
            ArnService = "elasticfilesystem",
            Replaces = ["fileSystemId", "posixUser", "region", "rootDirectory"],
        },
        new("aws:efs/backupPolicy:BackupPolicy")
        {
            Replaces = ["fileSystemId", "region"],
        },
        new("aws:efs/fileSystem:FileSystem")
        {
            ArnService = "elasticfilesystem",
            Lasts = Lasting.Data,
            Replaces = ["availabilityZoneName", "creationToken", "encrypted", "kmsKeyId", "performanceMode", "region"],
        },
        new("aws:efs/fileSystemPolicy:FileSystemPolicy")
        {
            Replaces = ["fileSystemId", "region"],
        },
        new("aws:efs/mountTarget:MountTarget")
        {
            Replaces = ["fileSystemId", "ipAddress", "ipAddressType", "ipv6Address", "region", "subnetId"],
            Serves = true,
            Unique = ["fileSystemId", "subnetId"],
        },
        new("aws:elasticache/parameterGroup:ParameterGroup")
        {
            Replaces = ["description", "family", "name", "region"],
        },
        new("aws:elasticache/replicationGroup:ReplicationGroup")
        {
            Sizes = ["nodeType"],
            Name = Identifier("replicationGroupId", 40),
            Lasts = Lasting.Data,
            Replaces =
            [
                "atRestEncryptionEnabled", "dataTieringEnabled", "durability", "globalReplicationGroupId", "kmsKeyId", "networkType",
                "port", "region", "replicationGroupId", "securityGroupNames", "snapshotArns", "snapshotName", "subnetGroupName",
                new("engine") { From = ["valkey"] },
                new("engineVersion", When.Decreased),
                new("nodeGroupConfigurations", When.Sometimes, "a shard comes or goes, or its number of replicas, slots or zones change"),
                new("transitEncryptionEnabled", When.Sometimes, "the engine is older than Redis 7.0.5"),
            ],
            Interrupts =
            [
                new("engineVersion", Note: "while a replica takes over; without one, while the node starts"),
                new("nodeType", Note: "at the end of the move to other nodes"),
            ],
            AppliesAtOnce = "applyImmediately",
            Waits = ["automaticFailoverEnabled", "multiAzEnabled"],
            Serves = true,
        },
        new("aws:elasticache/subnetGroup:SubnetGroup")
        {
            Replaces = ["name", "region"],
        },
        new("aws:elasticache/user:User")
        {
            Keeps = ["authenticationMode", "passwords"],
            Replaces = ["region", "userId", "userName"],
        },
        new("aws:elasticache/userGroup:UserGroup")
        {
            Replaces = ["region", "userGroupId"],
        },
        new("aws:elasticache/userGroupAssociation:UserGroupAssociation")
        {
            Replaces = ["region", "userGroupId", "userId"],
        },
        new("aws:iam/accessKey:AccessKey")
        {
            Lasts = Lasting.Value,
            Replaces = ["pgpKey", "user"],
        },
        new("aws:iam/role:Role")
        {
            Name = Iam(64),
            Replaces = ["name", "namePrefix", "path"],
        },
        new("aws:iam/rolePolicy:RolePolicy")
        {
            Name = Iam(128),
            Replaces = ["name", "namePrefix", "role"],
        },
        new("aws:iam/rolePolicyAttachment:RolePolicyAttachment")
        {
            Replaces = ["policyArn", "role"],
        },
        new("aws:iam/user:User")
        {
            Name = Iam(64),
            Replaces = [],
        },
        new("aws:iam/userPolicy:UserPolicy")
        {
            Replaces = ["name", "namePrefix", "user"],
        },
        new("aws:kms/key:Key")
        {
            Lasts = Lasting.Value,
            Replaces = ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "region", "xksKeyId"],
        },
        new("aws:lambda/function:Function")
        {
            Name = Words("name", 64),
            Shows = ["environment"],
            Replaces = ["name", "packageType", "region", "tenancyConfig", new("durableConfig", When.Sometimes, "it appears or disappears")],
        },
        new("aws:lambda/invocation:Invocation")
        {
            Keeps = ["input"],
            RunsOnce = true,
            Replaces =
            [
                "functionName", "qualifier", "region", "triggers",
                new("input") { Given = new("lifecycleScope", "", "CREATE_ONLY") },
            ],
        },
        new("aws:lb/listener:Listener")
        {
            ArnService = "elasticloadbalancing",
            Replaces = ["loadBalancerArn", "region"],
            Serves = true,
        },
        new("aws:lb/listenerCertificate:ListenerCertificate")
        {
            Replaces = ["certificateArn", "listenerArn", "region"],
            Serves = true,
        },
        new("aws:lb/listenerRule:ListenerRule")
        {
            ArnService = "elasticloadbalancing",
            Replaces = ["listenerArn", "region"],
            Serves = true,
        },
        new("aws:lb/loadBalancer:LoadBalancer")
        {
            Name = new(
                "name",
                32,
                NamePatterns.LoadBalancer(),
                "letters, digits and hyphens that neither start nor end with a hyphen, nor start with internal-"),
            ArnService = "elasticloadbalancing",
            Opens = Openings.Unless("internal", "load balancer that faces the internet"),
            Lasts = Lasting.Address,
            Replaces =
            [
                "customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix", "region",
                new("subnets", When.Sometimes, "it loses or exchanges one") { Given = Network },
                new("subnetMappings", When.Sometimes, "one of those that were there changes; of a network load balancer, goes"),
                new("securityGroups", When.Sometimes, "it gets its first one or loses its last one") { Given = Network },
                new("secondaryIpsAutoAssignedPerSubnet", When.Decreased),
            ],
            Serves = true,
        },
        new("aws:lb/targetGroup:TargetGroup")
        {
            Name = new("name", 32, NamePatterns.TargetGroup(), "letters, digits and hyphens that neither start nor end with a hyphen"),
            ArnService = "elasticloadbalancing",
            Replaces =
            [
                "ipAddressType", "name", "namePrefix", "port", "protocol", "protocolVersion", "region", "targetControlPort",
                "targetType", "vpcId",
            ],
            Serves = true,
        },
        new("aws:lb/targetGroupAttachment:TargetGroupAttachment")
        {
            Replaces = ["availabilityZone", "port", "quicServerId", "region", "targetGroupArn", "targetId"],
            Serves = true,
        },
        new("aws:mq/broker:Broker")
        {
            Sizes = ["hostInstanceType"],
            Name = new("brokerName", 50, NamePatterns.Words(), "letters, digits and _-"),
            Nested = ["instances[].consoleUrl", "instances[].endpoints[]"],
            Keeps = ["users"],
            Lasts = Lasting.Data,
            Replaces =
            [
                "brokerName", "dataReplicationPrimaryBrokerArn", "deploymentMode", "encryptionOptions", "engineType",
                "ldapServerMetadata", "publiclyAccessible", "region", "subnetIds",
            ],
            Ignores = [new("users") { Given = new("engineType", "RabbitMQ") }, "storageType"],
            Refuses = [new("engineVersion", When.Decreased, "an older version")],
            Interrupts =
            [
                new("configuration", Note: "while its servers start, one after the other"),
                new("engineVersion", Note: "while its servers start; Amazon MQ lets nobody in during a move to another line"),
                new("hostInstanceType", Note: "while its servers start, one after the other"),
            ],
            AppliesAtOnce = "applyImmediately",
            Serves = true,
        },
        new("aws:mq/configuration:Configuration")
        {
            Replaces = ["engineType", "engineVersion", "name", "region"],
        },
        new("aws:msk/cluster:Cluster")
        {
            ArnService = "kafka",
            Sizes = ["brokerNodeGroupInfo.instanceType"],
            Name = new("clusterName", 64, NamePatterns.LoadBalancer(), "letters, digits and hyphens"),
            Lasts = Lasting.Data,
            Replaces =
            [
                "brokerNodeGroupInfo.azDistribution", "brokerNodeGroupInfo.clientSubnets", "brokerNodeGroupInfo.securityGroups",
                "clusterName", "encryptionInfo.encryptionAtRestKmsKeyArn", "encryptionInfo.encryptionInTransit.inCluster", "region",
                new("kafkaVersion", When.Decreased, "an older version"),
                new("storageMode", When.Sometimes, "it becomes LOCAL"),
            ],
            Refuses =
            [
                new("brokerNodeGroupInfo.storageInfo.ebsStorageInfo.volumeSize", When.Decreased, "a volume does not shrink"),
            ],
            Serves = true,
        },
        new("aws:msk/configuration:Configuration")
        {
            ArnService = "kafka",
            Name = new("name", 64, NamePatterns.LoadBalancer(), "letters, digits and hyphens"),
            Replaces = ["kafkaVersions", "name", "region"],
        },
        new("aws:msk/singleScramSecretAssociation:SingleScramSecretAssociation")
        {
            Replaces = ["clusterArn", "region", "secretArn"],
        },
        new("aws:msk/topic:Topic")
        {
            ArnService = "kafka",
            Lasts = Lasting.Data,
            Replaces = ["clusterArn", "name", "region", "replicationFactor"],
            Refuses = [new("partitionCount", When.Decreased, "a topic keeps its partitions")],
            Unique = ["clusterArn", "name"],
        },
        new("aws:opensearch/domain:Domain")
        {
            Sizes = ["clusterConfig.instanceType"],
            Name = new("domainName", 28, NamePatterns.Label(), "lower-case letters, digits and hyphens"),
            Keeps = ["advancedSecurityOptions"],
            Lasts = Lasting.Data,
            Replaces =
            [
                "domainName", "encryptAtRest.kmsKeyId", "ipAddressType", "region",
                new("encryptAtRest.enabled", When.Sometimes, "it is switched off"),
                new("nodeToNodeEncryption.enabled", When.Sometimes, "it is switched off"),
                new("advancedSecurityOptions.enabled", When.Sometimes, "it is switched off"),
            ],
            Refuses = [new("engineVersion", When.Decreased, "an older version")],
            Serves = true,
        },
        new("aws:opensearch/domainPolicy:DomainPolicy")
        {
            Replaces = ["domainName", "region"],
        },
        new("aws:rds/instance:Instance")
        {
            Sizes = ["instanceClass"],
            Name = Identifier("identifier", 63),
            Nested = ["masterUserSecrets[].secretArn", "masterUserSecrets[].kmsKeyId"],
            Opens = Openings.While("publiclyAccessible", "database with a public address"),
            Lasts = Lasting.Data,
            CopyOf = "replicateSourceDb",
            Replaces =
            [
                "availabilityZone", "backupTarget", "characterSetName", "customIamInstanceProfile", "dbName", "engine", "kmsKeyId",
                "ncharCharacterSetName", "region", "restoreToPointInTime", "s3Import.bucketName", "s3Import.bucketPrefix",
                "s3Import.ingestionRole", "s3Import.sourceEngine", "s3Import.sourceEngineVersion", "snapshotIdentifier",
                "storageEncrypted", "timezone", "username",
            ],
            Ignores = [new("allocatedStorage", When.Decreased, "while maxAllocatedStorage is larger")],
            Refuses =
            [
                new("engineVersion", When.Decreased, "an older version"),
                new(
                    "manageMasterUserPassword",
                    Note: "RDS may take no password over while a replica is there, which goes last: keep AwsDatabaseTweak.OwnPassword")
                {
                    To = ["True"],
                },
                new(
                    "parameterGroupName",
                    Note: "the parameters are another version's, to which a server is raised without its replicas: take them away before")
                {
                    Given = new("replicateSourceDb", InputIs.Given),
                },
            ],
            Interrupts =
            [
                new("caCertIdentifier", Note: "where the engine restarts to take it"),
                new("dbSubnetGroupName", Note: "while it moves to the other subnets"),
                new("engineVersion", Note: "while the engine is upgraded, its standby with it"),
                new("instanceClass", Note: "while the standby takes over; without one, while the machine is exchanged"),
                new("port", Note: "while it restarts"),
            ],
            AppliesAtOnce = "applyImmediately",
            Waits = ["allocatedStorage", "iops", "multiAz", "storageThroughput", "storageType"],
            Serves = true,
        },
        new("aws:rds/parameterGroup:ParameterGroup")
        {
            Name = Identifier("name", 255),
            Replaces = ["description", "family", "name", "namePrefix", "region"],
        },
        new("aws:rds/subnetGroup:SubnetGroup")
        {
            Name = new("name", 255, NamePatterns.SubnetGroup(), "lower-case letters, digits, spaces and ._-, and not default"),
            Replaces = ["name", "namePrefix", "region"],
        },
        new("aws:route53/record:Record")
        {
            Replaces = ["name", "zoneId"],
            Serves = true,
        },
        new("aws:route53/zone:Zone")
        {
            Lasts = Lasting.Address,
            Replaces = ["delegationSetId", "name"],
        },
        new("aws:s3/bucket:Bucket")
        {
            Name = new(
                "bucket",
                63,
                NamePatterns.Bucket(),
                "3 or more lower-case letters, digits, hyphens and dots that start and end with a letter or digit, are no IP address, "
                + "and have no reserved beginning (xn--, sthree-) or end (-s3alias)"),
            Lasts = Lasting.Data,
            Replaces =
            [
                "bucket", "bucketNamespace", "bucketPrefix", "objectLockConfiguration.objectLockEnabled", "objectLockEnabled", "region",
            ],
        },
        new("aws:s3/bucketCorsConfiguration:BucketCorsConfiguration")
        {
            Replaces = ["bucket", "region", new("expectedBucketOwner", When.Sometimes, "unless it becomes the own account")],
        },
        new("aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration")
        {
            Replaces = ["bucket", "expectedBucketOwner", "region"],
        },
        new("aws:s3/bucketPolicy:BucketPolicy")
        {
            Opens = Openings.Policy("policy", "bucket that anyone can read"),
            Replaces = ["bucket", "region"],
        },
        new("aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock")
        {
            Opens = Openings.UnlessAll(
                "bucket whose public access is not blocked",
                "blockPublicAcls",
                "blockPublicPolicy",
                "ignorePublicAcls",
                "restrictPublicBuckets"),
            Replaces = ["bucket", "region"],
        },
        new("aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration")
        {
            Replaces = ["bucket", "region", new("expectedBucketOwner", When.Sometimes, "unless it becomes the own account")],
        },
        new("aws:s3/bucketVersioning:BucketVersioning")
        {
            Replaces = ["bucket", "region", new("expectedBucketOwner", When.Sometimes, "unless it becomes the own account")],
        },
        new("aws:scheduler/schedule:Schedule")
        {
            Name = new("name", 64, NamePatterns.WordsWithDots(), "letters, digits and ._-"),
            Replaces = ["groupName", "name", "namePrefix", "region"],
        },
        new("aws:secretsmanager/secret:Secret")
        {
            Name = new("name", 512, NamePatterns.SecretName(), "letters, digits and /_+=.@-"),
            Lasts = Lasting.Value,
            Replaces = ["name", "namePrefix", "region"],
        },
        new("aws:secretsmanager/secretVersion:SecretVersion")
        {
            Replaces =
            [
                "region", "secretBinary", "secretId", "secretString", "secretStringWoVersion",
                new("secretStringWo", When.Sometimes, "it takes the place of secretString"),
            ],
        },
        new("aws:servicediscovery/privateDnsNamespace:PrivateDnsNamespace")
        {
            Replaces = ["name", "region", "vpc"],
        },
        new("aws:servicediscovery/service:Service")
        {
            Replaces =
            [
                "dnsConfig.dnsRecords[].type", "dnsConfig.namespaceId", "dnsConfig.routingPolicy", "healthCheckConfig.type",
                "healthCheckCustomConfig", "name", "namespaceId", "region", "type",
            ],
        },
        new("aws:sesv2/configurationSet:ConfigurationSet")
        {
            ArnService = "ses",
            Name = new("configurationSetName", 64, NamePatterns.Words(), "letters, digits and _-"),
            Replaces = ["configurationSetName", "region"],
            Serves = true,
        },
        new("aws:sesv2/emailIdentity:EmailIdentity")
        {
            ArnService = "ses",
            Nested = ["dkimSigningAttributes.tokens[3]"],
            Replaces = ["emailIdentity", "region"],
            Unique = ["emailIdentity", "region"],
            Serves = true,
        },
        new("aws:sesv2/emailIdentityMailFromAttributes:EmailIdentityMailFromAttributes")
        {
            Replaces = ["emailIdentity", "region"],
        },
        new("aws:sqs/queue:Queue")
        {
            Name = new("name", 80, NamePatterns.Queue(), "letters, digits and _-, with .fifo at the end where it keeps an order"),
            Lasts = Lasting.Data,
            Replaces = ["fifoQueue", "name", "namePrefix", "region"],
        },
        new("aws:sqs/queuePolicy:QueuePolicy")
        {
            Replaces = ["queueUrl", "region"],
        },
        new("aws:sqs/redriveAllowPolicy:RedriveAllowPolicy")
        {
            Replaces = ["queueUrl", "region"],
        },
        new("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")
        {
            ArnService = "ec2",
            Replaces =
            [
                "region", "securityGroupId",
                new("cidrIpv4", When.Sometimes, "the rule names its peers in another way than before"),
                new("cidrIpv6", When.Sometimes, "the rule names its peers in another way than before"),
                new("prefixListId", When.Sometimes, "the rule names its peers in another way than before"),
                new("referencedSecurityGroupId", When.Sometimes, "the rule names its peers in another way than before"),
            ],
        },
        new("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule")
        {
            ArnService = "ec2",
            Opens = Openings.Rule("ipProtocol", "cidrIpv4", "cidrIpv6"),
            Replaces =
            [
                "region", "securityGroupId",
                new("cidrIpv4", When.Sometimes, "the rule names its peers in another way than before"),
                new("cidrIpv6", When.Sometimes, "the rule names its peers in another way than before"),
                new("prefixListId", When.Sometimes, "the rule names its peers in another way than before"),
                new("referencedSecurityGroupId", When.Sometimes, "the rule names its peers in another way than before"),
            ],
        },
        new("aws:wafv2/webAcl:WebAcl")
        {
            Name = Words("name", 128),
            Marks = ["defaultAction.allow"],
            Replaces = ["name", "namePrefix", "region", "scope"],
        },
        new("aws:wafv2/webAclAssociation:WebAclAssociation") { Replaces = ["region", "resourceArn", "webAclArn"] },
    ]);

    /// <summary>The service in the ARN that an output holds.</summary>
    /// <param name="type">The type of the resource.</param>
    /// <param name="path">The output, whose name may tell that the ARN is that of something else.</param>
    public static string ServiceInArn(string type, string path)
    {
        if (path.EndsWith("secretArn", StringComparison.OrdinalIgnoreCase)) return "secretsmanager";
        if (path.EndsWith("roleArn", StringComparison.OrdinalIgnoreCase)) return "iam";
        return FactTables.Of(type)?.ArnService ?? type[("aws".Length + 1)..type.IndexOf('/', StringComparison.Ordinal)];
    }

    /// <summary>Whether the ARNs of a service name a region.</summary>
    public static bool HasRegionInArn(string service) => !WithoutRegion.Contains(service);

    /// <summary>Whether the ARNs of a service name an account.</summary>
    public static bool HasAccountInArn(string service) => !WithoutAccount.Contains(service);

    private static NameRule Words(string property, int length) => new(property, length, NamePatterns.Words(), "letters, digits and _-");

    private static NameRule Iam(int length) => new("name", length, NamePatterns.Iam(), "letters, digits and _+=,.@-");

    private static NameRule Identifier(string property, int length) => new(
        property,
        length,
        NamePatterns.Identifier(),
        "lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen");
}
