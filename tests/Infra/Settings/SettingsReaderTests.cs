using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Settings;
using Xunit;
using static Infra.Tests.Settings.Configurations;

namespace Infra.Tests.Settings;

public sealed class SettingsReaderTests
{
    [Fact]
    public void A_complete_file_gives_its_settings()
    {
        var settings = Accepted(Complete);

        Assert.Equal(Stack, settings.Stack);
        Assert.Equal("shop", settings.System);
        Assert.Equal(EnvironmentKind.Production, settings.Environment);
        Assert.Equal(Cloud.Aws, settings.Cloud);
        Assert.Equal("paris", settings.Location.Name);
        Assert.Equal("platform@shop.example", settings.Owner);
        Assert.Equal(new AwsAccount("111122223333"), settings.Accounts.Aws);
        Assert.Null(settings.Accounts.Kubernetes);
        Assert.False(settings.Hypothetical);
    }

    [Theory]
    [InlineData("staging.shop.example", "staging.shop.example")]
    [InlineData("''", null)]
    [InlineData(null, null)]
    public void The_domain_is_named_once_or_not_at_all(string? value, string? expected) =>
        Assert.Equal(expected, Accepted(With("domain", value)).Domain);

    [Theory]
    [InlineData("false", false)]
    [InlineData("true", true)]
    [InlineData(null, true)]
    public void Protection_goes_only_where_the_file_says_so(string? value, bool expected) =>
        Assert.Equal(expected, Accepted(With("protected", value)).Protected);

    [Fact]
    public void Maps_are_read_with_the_types_of_their_values()
    {
        var settings = Accepted(With(
            "accounts",
            "{ aws: { accountId: 111122223333, roleArn: 'arn:aws:iam::111122223333:role/deploy' }, kubernetes: { context: shop } }")
            + "\n  infra:placement: { photos: kubernetes }"
            + "\n  infra:regions: { aws: eu-west-1 }"
            + "\n  infra:domains: { brands: brand.example }"
            + "\n  infra:images: { api: 'api:main' }"
            + "\n  infra:addons: { cert-manager: platform-production }"
            + "\n  infra:components: { api: { scaling: { minimum: 3 }, environment: { MODE: fast } } }");

        Assert.Equal(Cloud.Kubernetes, settings.Placement["photos"]);
        Assert.Equal("eu-west-1", settings.Regions[Cloud.Aws]);
        Assert.Equal("brand.example", settings.Domains["brands"]);
        Assert.Equal("api:main", settings.Images["api"]);
        Assert.Equal("platform-production", settings.Addons["cert-manager"]);
        Assert.Equal("""{"scaling":{"minimum":3},"environment":{"MODE":"fast"}}""", settings.Components["api"].ToJsonString());
        Assert.Equal(new AwsAccount("111122223333", "arn:aws:iam::111122223333:role/deploy"), settings.Accounts.Aws);
    }

    [Fact]
    public void A_cluster_says_what_it_can_do()
    {
        var cluster = Accepted(With("accounts",
            "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, gatewayClass: traefik, storageClass: fast, "
            + "fastStorageClass: nvme, snapshotClass: nightly, encryptedStorage: true, enforcesNetworkPolicies: false, "
            + "clusterIssuer: letsencrypt, imagePullSecret: pull, registry: registry.shop.example/shop, "
            + "egressAddresses: [203.0.113.7/32, 198.51.100.0/24] } }")).Accounts.Kubernetes!;

        Assert.Equal(
            ("shop", "traefik", "fast", "nvme", "nightly", true, false, "letsencrypt", "pull", "registry.shop.example/shop"),
            (
                cluster.Context,
                cluster.GatewayClass,
                cluster.StorageClass,
                cluster.FastStorageClass,
                cluster.SnapshotClass,
                cluster.EncryptedStorage,
                cluster.EnforcesNetworkPolicies,
                cluster.ClusterIssuer,
                cluster.ImagePullSecret,
                cluster.Registry));
        Assert.Equal(["203.0.113.7/32", "198.51.100.0/24"], cluster.EgressAddresses);
    }

    [Fact]
    public void A_cluster_of_which_only_the_context_is_known_has_the_documented_defaults()
    {
        var cluster = Accepted(
            With("accounts", "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop } }")).Accounts.Kubernetes;

        Assert.Equal(new KubernetesAccount("shop") with { EgressAddresses = cluster!.EgressAddresses }, cluster);
        Assert.Empty(cluster.EgressAddresses);
    }

    [Fact]
    public void Accounts_say_who_uses_the_clusters_api_and_when_keys_expire()
    {
        var accounts = Accepted(With("accounts",
            "{ aws: { accountId: '111122223333' }, scaleway: { projectId: 11111111-2222-3333-4444-555555555555, apiAddresses: "
            + "[203.0.113.16/28], keysExpireOn: '2027-06-30', queuesActive: true, "
            + "edgeServicesActive: true }, "
            + "ovh: { projectId: 0123456789abcdef0123456789abcdef, apiAddresses: [203.0.113.7/32] } }")).Accounts;

        Assert.Equal(new DateOnly(2027, 6, 30), accounts.Scaleway!.KeysExpireOn);
        Assert.True(accounts.Scaleway.QueuesActive);
        Assert.True(accounts.Scaleway.EdgeServicesActive);
        Assert.Equal(["203.0.113.16/28"], accounts.Scaleway.ApiAddresses);
        Assert.Equal(["203.0.113.7/32"], accounts.Ovh!.ApiAddresses);
    }

    [Fact]
    public void A_cluster_says_where_backups_go_and_who_serves_its_zones()
    {
        var cluster = Accepted(With("accounts",
            "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, gatewayNamespace: edge, backups: { url: "
            + "'s3://backups/shop', secret: backups, endpoint: 'https://s3.fr-par.scw.cloud' }, dns: { provider: scaleway, secret: "
            + "dns, variables: [SCW_ACCESS_KEY, SCW_SECRET_KEY] } } }")).Accounts.Kubernetes!;

        Assert.Equal("edge", cluster.GatewayNamespace);
        Assert.Equal(new BackupStore("s3://backups/shop", "backups") { Endpoint = "https://s3.fr-par.scw.cloud" }, cluster.Backups);
        Assert.Equal(("scaleway", "dns"), (cluster.Dns!.Provider, cluster.Dns.Secret));
        Assert.Equal(["SCW_ACCESS_KEY", "SCW_SECRET_KEY"], cluster.Dns.Variables);
    }

    [Fact]
    public void A_further_domain_that_is_none_is_refused_by_its_name() => Assert.StartsWith(
        "infra:domains.brands is 'brand'; allowed: a lower-case domain name without a final dot",
        Refusal(With("domains", "{ brands: brand }")),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("system", "shpo", "'shpo'; allowed: shop, warehouse. Did you mean 'shop'?")]
    [InlineData("environment", "prod", "'prod'; allowed: production, staging, preview.")]
    [InlineData("environment", "Staging", "'Staging'; allowed: production, staging, preview. Did you mean 'staging'?")]
    [InlineData("cloud", "asw", "'asw'; allowed: aws, gcp, scaleway, ovh, kubernetes. Did you mean 'aws'?")]
    [InlineData("location", "pariss", "Did you mean 'paris'?")]
    [InlineData("protected", "off", "'off'; allowed: true or false.")]
    [InlineData("protected", "[false]", "a list; allowed: true or false.")]
    [InlineData("domain", "localhost", "'localhost'; allowed: a lower-case domain name without a final dot, such as example.org.")]
    [InlineData("domain", "shop.example.", "'shop.example.'; allowed: a lower-case domain name")]
    [InlineData("domain", "[shop.example]", "a list; allowed: a lower-case domain name")]
    [InlineData("owner", "''", "empty; allowed: whom to ask")]
    [InlineData("owner", "", "empty; allowed: whom to ask")]
    [InlineData("cloud", "[aws]", "a list; allowed: aws, gcp")]
    [InlineData("cloud", "{ name: aws }", "a map; allowed: aws, gcp")]
    [InlineData("placement", "aws", "'aws'; allowed: a map.")]
    [InlineData("images", "[api]", "a list; allowed: a map.")]
    [InlineData("components", "17", "'17'; allowed: a map.")]
    public void A_value_that_is_not_allowed_is_refused_with_what_was_received_and_what_is_allowed(string key, string value, string message)
    {
        var refusal = Refusal(With(key, value));

        Assert.StartsWith($"infra:{key} is ", refusal, StringComparison.Ordinal);
        Assert.Contains(message, refusal, StringComparison.Ordinal);
        Assert.EndsWith("Correct the value.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "placement",
        "{ photos: asure }",
        "infra:placement.photos is 'asure'; allowed: aws, gcp, scaleway, ovh, kubernetes. Correct")]
    [InlineData(
        "regions",
        "{ aw: eu-west-1 }",
        "infra:regions.aw is not a key of it; allowed: aws, gcp, scaleway, ovh, kubernetes. Did you mean 'aws'?")]
    [InlineData("regions", "{ aws: [eu-west-1] }", "infra:regions.aws is a list")]
    [InlineData("images", "{ api: { tag: main } }", "infra:images.api is a map; allowed: a reference to an image")]
    [InlineData("images", "{ api: }", "infra:images.api is empty")]
    [InlineData("components", "{ api: 3 }", "infra:components.api is 3; allowed: a map of arguments")]
    [InlineData("addons", "{ cert-manager: true }", "infra:addons.cert-manager is true; allowed: the name of the stack")]
    [InlineData("accounts", "{ aws: { accountId: '12345' } }", "infra:accounts.aws.accountId is '12345'; allowed: the account's 12 digits")]
    [InlineData("accounts", "{ aws: { accountId: '1111-2222-3333' } }", "infra:accounts.aws.accountId is '1111-2222-3333'")]
    [InlineData("accounts", "{ aws: {} }", "infra:accounts.aws.accountId is missing")]
    [InlineData(
        "accounts",
        "{ aws: { acountId: '111122223333', accountId: '111122223333' } }",
        "infra:accounts.aws.acountId is not a key of it; allowed: accountId, roleArn. Did you mean 'accountId'?")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333', roleArn: deploy } }",
        "infra:accounts.aws.roleArn is 'deploy'; allowed: the ARN of a role")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333', roleArn: 'arn:aws:iam::999922223333:role/deploy' } }",
        "allowed: a role of account 111122223333")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, azure: {} }",
        "infra:accounts.azure is not a key of it; allowed: aws, gcp, scaleway, ovh, kubernetes.")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, scaleway: {} }",
        "infra:accounts.scaleway.projectId is missing; allowed: an identifier such as")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, scaleway: { projectId: shop } }",
        "infra:accounts.scaleway.projectId is 'shop'; allowed: an identifier such as")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, scaleway: { projectId: 11111111-2222-3333-4444-555555555555, apiAddresses: [0.0.0.0/0] } }",
        "infra:accounts.scaleway.apiAddresses[0] is '0.0.0.0/0'")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, scaleway: { projectId: 11111111-2222-3333-4444-555555555555, keysExpireOn: 30/06/2027 } }",
        "infra:accounts.scaleway.keysExpireOn is '30/06/2027'; allowed: a day, such as 2027-06-30")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, ovh: { projectId: 0123456789abcdef0123456789abcdef, apiAddresses: [0.0.0.0/0] } }",
        "infra:accounts.ovh.apiAddresses[0] is '0.0.0.0/0'")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, ovh: { projectId: familink } }",
        "infra:accounts.ovh.projectId is 'familink'; allowed: the project's 32 hexadecimal digits")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, ovh: { projectId: 0123456789abcdef0123456789abcdef, endpoint: ovh-fr } }",
        "infra:accounts.ovh.endpoint is 'ovh-fr'; allowed: ovh-eu, ovh-ca, ovh-us")]
    [InlineData("accounts", "{ aws: '111122223333' }", "infra:accounts.aws is '111122223333'; allowed: a map with accountId")]
    [InlineData("accounts", "{ aws: { accountId: '111122223333' }, kubernetes: {} }", "infra:accounts.kubernetes.context is missing")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, encryptedStorage: yes } }",
        "encryptedStorage is 'yes'; allowed: true or false")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, loadBalancers: none } }",
        "loadBalancers is 'none'; allowed: true or false")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, egressAddresses: 203.0.113.7/32 } }",
        "egressAddresses is '203.0.113.7/32'; allowed: a list")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, egressAddresses: [203.0.113.7] } }",
        "egressAddresses[0] is '203.0.113.7'; allowed: an IPv4 network")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, egressAddresses: ['2001:db8::/32'] } }",
        "egressAddresses[0] is '2001:db8::/32'")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, egressAddresses: [0.0.0.0/0] } }",
        "egressAddresses[0] is '0.0.0.0/0'; allowed: known addresses")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, egressAddresses: [10.0.0.0/8, 128.0.0.0/1] } }",
        "egressAddresses[1] is '128.0.0.0/1'; allowed: known addresses, such as 203.0.113.7/32, and at most a /8")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, backups: { url: backups, secret: backups } } }",
        "kubernetes.backups.url is 'backups'; allowed: a bucket and a path")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, backups: backups } }",
        "kubernetes.backups is 'backups'; allowed: a map with url")]
    [InlineData(
        "accounts",
        "{ aws: { accountId: '111122223333' }, kubernetes: { context: shop, dns: { provider: scaleway, secret: dns } } }",
        "kubernetes.dns.variables is empty; allowed: a list")]
    public void A_wrong_entry_is_named_with_its_whole_path(string key, string value, string message) =>
        Assert.Contains(message, Refusal(With(key, value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("system")]
    [InlineData("environment")]
    [InlineData("cloud")]
    [InlineData("location")]
    [InlineData("owner")]
    public void A_required_key_that_is_missing_is_named_with_what_to_write(string key)
    {
        var refusal = Refusal(With(key, null));

        Assert.StartsWith($"infra:{key} is missing; allowed: ", refusal, StringComparison.Ordinal);
        Assert.Contains($"pulumi config set infra:{key}", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("infra:clod: aws", "infra:clod is not a key of this project", "Did you mean 'infra:cloud'?")]
    [InlineData("infra:sizes: {}", "infra:sizes is not a key of this project", "allowed: infra:system, infra:environment")]
    [InlineData("inra:cloud: aws", "inra:cloud is in no namespace that is read", "Did you mean 'infra:cloud'?")]
    [InlineData("aws:region: eu-west-1", "aws:region would have no effect", "infra:location or infra:regions")]
    [InlineData("aws:profile: shop", "aws:profile would have no effect", "an account is set by infra:accounts")]
    public void A_key_without_effect_is_refused(string line, string problem, string change)
    {
        var refusal = Refusal($"{Complete}\n  {line}");

        Assert.StartsWith(problem, refusal, StringComparison.Ordinal);
        Assert.Contains(change, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Keys_of_Pulumi_itself_are_left_alone() =>
        Assert.Equal("shop", Accepted(Complete + "\n  pulumi:disable-default-providers: ['*']").System);

    [Fact]
    public void A_key_without_a_namespace_is_the_projects_as_it_is_for_Pulumi() =>
        Assert.Equal(Cloud.Aws, Accepted(Complete.Replace("infra:cloud", "cloud", StringComparison.Ordinal)).Cloud);

    [Fact]
    public void Every_problem_is_reported_at_once()
    {
        var (settings, findings) = Read(
            """
            config:
              infra:system: shpo
              infra:enviroment: production
              infra:cloud: azure
              infra:placement: { api: gpc }
              aws:region: eu-west-3
            """,
            stack: new string('s', 41));

        Assert.Null(settings);
        Assert.All(findings.All, finding => Assert.Equal(Severity.Error, finding.Severity));
        Assert.Equal(
            [
                "settings-missing", "settings-missing", "settings-missing", "settings-stack",
                "settings-unknown", "settings-unknown", "settings-value", "settings-value", "settings-value",
            ],
            findings.All.Select(finding => finding.Rule.Id).Order());
    }

    [Fact]
    public void A_stacks_name_fits_physical_names()
    {
        Assert.NotNull(Read(Complete, stack: new string('s', 40)).Settings);
        Assert.Contains("has 41 characters; allowed: at most 40", Refusal(Complete, stack: new string('s', 41)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shop/production")]
    [InlineData("Shop")]
    [InlineData("shop_production")]
    [InlineData("shop.production")]
    [InlineData("2shops")]
    [InlineData("-shop")]
    [InlineData("shop-")]
    [InlineData("shop--production")]
    [InlineData("shop\n")]
    [InlineData("")]
    public void A_stacks_name_that_clouds_refuse_in_names_is_refused_as_such(string stack) => Assert.EndsWith(
        " is not allowed; allowed: lower-case letters, digits and single hyphens that start with a letter and do not end with a hyphen, "
        + "because it is part of the names of what is deployed. Rename the stack.",
        Refusal(Complete, stack),
        StringComparison.Ordinal);

    [Fact]
    public void Two_systems_of_one_name_are_told_apart_by_nobody()
    {
        var findings = new Findings();

        Assert.Null(SettingsReader.Read(Stack, StackFile.Parse(Complete, "a file", findings)!, ["shop", "shop"], findings));

        Assert.Equal(
            "infra:system is 'shop', which 2 classes in stacks/ are called; allowed: a name that one class has; rename the others. "
            + "Correct the value.",
            Assert.Single(findings.All).Message);
    }

    [Theory]
    [InlineData("{ aws: { accountId: \"111122223333\\n\" } }", "accountId is '111122223333\\n'")]
    [InlineData("{ aws: { accountId: \"111122223333\", roleArn: \"arn:aws:iam::111122223333:role/deploy\\n\" } }", "roleArn is 'arn:")]
    [InlineData("{ gcp: { project: \"sample-project\\n\" } }", "project is 'sample-project\\n'")]
    [InlineData("{ ovh: { projectId: \"0123456789abcdef0123456789abcdef\\n\" } }", "projectId is '0123")]
    public void A_line_break_at_the_end_is_no_part_of_what_is_allowed(string accounts, string message) => Assert.Contains(
        Read(With("accounts", accounts)).Findings.All,
        finding => finding.Message.Contains(message, StringComparison.Ordinal));

    [Theory]
    [InlineData("cloud", "{ secure: v1:c2VjcmV0 }", "infra:cloud is [secret], or holds one; allowed: plain values")]
    [InlineData(
        "components",
        "{ api: { environment: { TOKEN: { secure: v1:c2VjcmV0 } } } }",
        "infra:components.api.environment.TOKEN is [secret]")]
    [InlineData("accounts", "{ aws: { accountId: { secure: v1:c2VjcmV0 } } }", "infra:accounts.aws.accountId is [secret]")]
    [InlineData("accounts", "{ secure: v1:c2VjcmV0 }", "infra:accounts is [secret]")]
    [InlineData("placement", "{ api: { secure: v1:c2VjcmV0 } }", "infra:placement.api is [secret]")]
    public void An_encrypted_value_is_refused_and_not_shown(string key, string value, string message)
    {
        var refusal = Refusal(With(key, value));

        Assert.StartsWith(message, refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void An_encrypted_key_of_a_provider_is_not_shown_either() =>
        Assert.DoesNotContain("c2VjcmV0", Refusal(Complete + "\n  aws:secretKey: { secure: v1:c2VjcmV0 }"), StringComparison.Ordinal);

    [Fact]
    public void A_hypothetical_cloud_replaces_the_stacks_own_and_needs_no_account()
    {
        var (settings, findings) = Read(Complete, cloud: Cloud.Kubernetes);

        Assert.Empty(findings.All);
        Assert.Equal(Cloud.Kubernetes, settings!.Cloud);
        Assert.True(settings.Hypothetical);
    }

    [Fact]
    public void The_stacks_own_cloud_is_not_hypothetical() => Assert.False(Read(Complete, cloud: Cloud.Aws).Settings!.Hypothetical);

    [Fact]
    public void A_nearest_name_is_offered_only_where_it_is_near()
    {
        Assert.Equal("kubernetes", Spelling.Nearest("kubernets", ["aws", "kubernetes"]));
        Assert.Equal("aws", Spelling.Nearest("AWS", ["aws", "ovh"]));
        Assert.Null(Spelling.Nearest("azure", ["aws", "ovh"]));
        Assert.Null(Spelling.Nearest("anything", []));
    }
}
