using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Infra.Components.Placements;

namespace Infra.Settings;

/// <summary>The part on <c>infra:accounts</c>.</summary>
internal sealed partial class SettingsReader
{
    // The largest network that anyone was given; wider ones are a way to write everyone (IANA: IPv4 Address Space Registry).
    private const int WidestNetwork = 8;

    private const string DayAllowed = "a day, such as 2027-06-30";
    private const string AccountsPath = $"{SettingKeys.Namespace}:{SettingKeys.Accounts}";

    private Accounts ReadAccounts()
    {
        var accounts = new Accounts();
        foreach (var (name, value) in Map(SettingKeys.Accounts) ?? [])
        {
            var path = $"{AccountsPath}.{name}";
            switch (name)
            {
                case "aws":
                    accounts = accounts with
                    {
                        Aws = MapIn(value, path, "a map with accountId and, if a role deploys, roleArn") is { } aws
                            ? ReadAws(aws, path)
                            : null,
                    };
                    break;
                case "gcp":
                    accounts = accounts with
                    {
                        Gcp = MapIn(value, path, "a map with project and, if a service account deploys, serviceAccount") is { } gcp
                            ? ReadGcp(gcp, path)
                            : null,
                    };
                    break;
                case "scaleway":
                    accounts = accounts with
                    {
                        Scaleway = MapIn(
                            value,
                            path,
                            "a map with projectId and, where the credentials' own does not do, organizationId") is { } scaleway
                            ? ReadScaleway(scaleway, path)
                            : null,
                    };
                    break;
                case "kubernetes":
                    accounts = accounts with
                    {
                        Kubernetes = MapIn(value, path, "a map with context and what the cluster can do") is { } cluster
                            ? ReadKubernetes(cluster, path)
                            : null,
                    };
                    break;
                case "ovh":
                    accounts = accounts with
                    {
                        Ovh = MapIn(value, path, "a map with projectId and, outside Europe, endpoint") is { } ovh
                            ? ReadOvh(ovh, path)
                            : null,
                    };
                    break;
                default:
                    Unknown(path, name, ["aws", "gcp", "scaleway", "ovh", "kubernetes"]);
                    break;
            }
        }

        return accounts;
    }

    private AwsAccount ReadAws(JsonObject map, string path)
    {
        const string Digits = "the account's 12 digits, in quotes";
        CheckKeys(map, path, "accountId", "roleArn");
        var accountId = Required(map, path, "accountId", Digits);
        if (accountId is not null && !AwsAccountId().IsMatch(accountId)) Refuse($"{path}.accountId", Received.Quoted(accountId), Digits);

        var roleArn = Optional(map, path, "roleArn", "the ARN of a role");
        if (roleArn is not null)
        {
            if (AwsRole().Match(roleArn) is not { Success: true } role)
                Refuse($"{path}.roleArn", Received.Quoted(roleArn), "the ARN of a role, such as arn:aws:iam::111122223333:role/deploy");
            else if (accountId is not null && role.Groups["account"].Value != accountId)
                Refuse($"{path}.roleArn", Received.Quoted(roleArn), $"a role of account {accountId}, which accountId names");
        }

        return new AwsAccount(accountId ?? "", roleArn);
    }

    private GcpAccount ReadGcp(JsonObject map, string path)
    {
        const string ProjectId = "the project's id: 6 to 30 lower-case letters, digits and hyphens that start with a letter";
        const string Address = "the address of a service account, such as deploy@familink.iam.gserviceaccount.com";
        CheckKeys(map, path, "project", "serviceAccount");
        var project = Required(map, path, "project", ProjectId);
        if (project is not null && !GcpProject().IsMatch(project)) Refuse($"{path}.project", Received.Quoted(project), ProjectId);
        var serviceAccount = Optional(map, path, "serviceAccount", Address);
        if (serviceAccount is not null && !GcpServiceAccount().IsMatch(serviceAccount))
            Refuse($"{path}.serviceAccount", Received.Quoted(serviceAccount), Address);
        return new GcpAccount(project ?? "", serviceAccount);
    }

    private ScalewayAccount ReadScaleway(JsonObject map, string path)
    {
        CheckKeys(
            map,
            path,
            "projectId",
            "organizationId",
            "apiAddresses",
            "keysExpireOn",
            "clusterIssuer",
            "queuesActive",
            "edgeServicesActive");
        var account = new ScalewayAccount(Identifier("projectId", required: true) ?? "", Identifier("organizationId", required: false));
        return account with
        {
            ApiAddresses = Networks(map, path, "apiAddresses"),
            KeysExpireOn = Day(map, path, "keysExpireOn"),
            ClusterIssuer = Optional(map, path, "clusterIssuer", "the name of a ClusterIssuer"),
            QueuesActive = Switch(map, path, "queuesActive", account.QueuesActive),
            EdgeServicesActive = Switch(map, path, "edgeServicesActive", account.EdgeServicesActive),
        };

        string? Identifier(string key, bool required)
        {
            const string Uuid = "an identifier such as 11111111-2222-3333-4444-555555555555";
            var text = required ? Required(map, path, key, Uuid) : Optional(map, path, key, Uuid);
            if (text is not null && !ScalewayIdentifier().IsMatch(text)) Refuse($"{path}.{key}", Received.Quoted(text), Uuid);
            return text;
        }
    }

    private OvhAccount ReadOvh(JsonObject map, string path)
    {
        const string Digits = "the project's 32 hexadecimal digits";
        CheckKeys(map, path, "projectId", "endpoint", "apiAddresses", "clusterIssuer");
        var projectId = Required(map, path, "projectId", Digits);
        if (projectId is not null && !OvhProjectId().IsMatch(projectId)) Refuse($"{path}.projectId", Received.Quoted(projectId), Digits);

        string[] endpoints = [OvhAccount.Europe, OvhAccount.Canada, OvhAccount.UnitedStates];
        var endpoint = Optional(map, path, "endpoint", string.Join(", ", endpoints));
        if (endpoint is not null && !endpoints.Contains(endpoint))
            Refuse($"{path}.endpoint", Received.Quoted(endpoint), string.Join(", ", endpoints));
        return new OvhAccount(projectId ?? "", endpoint ?? OvhAccount.Europe)
        {
            ApiAddresses = Networks(map, path, "apiAddresses"),
            ClusterIssuer = Optional(map, path, "clusterIssuer", "the name of a ClusterIssuer"),
        };
    }

    private KubernetesAccount ReadKubernetes(JsonObject map, string path)
    {
        CheckKeys(
            map,
            path,
            "context",
            "gatewayClass",
            "gatewayNamespace",
            "storageClass",
            "fastStorageClass",
            "snapshotClass",
            "encryptedStorage",
            "enforcesNetworkPolicies",
            "loadBalancers",
            "clusterIssuer",
            "imagePullSecret",
            "registry",
            "backups",
            "dns",
            "egressAddresses");
        var account = new KubernetesAccount(Required(map, path, "context", "a context of the kubeconfig") ?? "");
        return account with
        {
            GatewayClass = Optional(map, path, "gatewayClass", "the name of a GatewayClass") ?? account.GatewayClass,
            GatewayNamespace = Optional(map, path, "gatewayNamespace", "the name of a Namespace") ?? account.GatewayNamespace,
            StorageClass = Optional(map, path, "storageClass", "the name of a StorageClass"),
            FastStorageClass = Optional(map, path, "fastStorageClass", "the name of a StorageClass"),
            SnapshotClass = Optional(map, path, "snapshotClass", "the name of a VolumeSnapshotClass"),
            EncryptedStorage = Switch(map, path, "encryptedStorage", account.EncryptedStorage),
            LoadBalancers = Switch(map, path, "loadBalancers", account.LoadBalancers),
            EnforcesNetworkPolicies = Switch(map, path, "enforcesNetworkPolicies", account.EnforcesNetworkPolicies),
            ClusterIssuer = Optional(map, path, "clusterIssuer", "the name of a ClusterIssuer"),
            ImagePullSecret = Optional(map, path, "imagePullSecret", "the name of a Secret"),
            Registry = Optional(map, path, "registry", "a registry with its path, such as registry.example.org/familink"),
            Backups = Part(map, path, "backups", "a map with url, secret and, outside Amazon S3, endpoint", ReadBackups),
            Dns = Part(map, path, "dns", "a map with provider, secret and variables", ReadDns),
            EgressAddresses = Networks(map, path, "egressAddresses"),
        };
    }

    private BackupStore ReadBackups(JsonObject map, string path)
    {
        const string Bucket = "a bucket and a path in it, such as s3://backups/familink";
        CheckKeys(map, path, "url", "secret", "endpoint");
        var url = Required(map, path, "url", Bucket);
        if (url is not null && !BucketUrl().IsMatch(url)) Refuse($"{path}.url", Received.Quoted(url), Bucket);
        return new BackupStore(url ?? "", Required(map, path, "secret", "the name of a Secret in the stack's namespace") ?? "")
        {
            Endpoint = Optional(map, path, "endpoint", "the url of the store's API"),
        };
    }

    private DnsService ReadDns(JsonObject map, string path)
    {
        CheckKeys(map, path, "provider", "secret", "variables");
        return new DnsService(
            Required(map, path, "provider", "external-dns' name of a DNS service, such as scaleway") ?? "",
            Required(map, path, "secret", "the name of a Secret in the namespace of external-dns") ?? "",
            Texts(map, path, "variables", "a list of the secret's keys, which are the provider's environment variables"));
    }

    private T? Part<T>(JsonObject map, string path, string key, string allowed, Func<JsonObject, string, T> read)
        where T : class =>
        map.TryGetPropertyValue(key, out var value) && value is not null && MapIn(value, $"{path}.{key}", allowed) is { } part
            ? read(part, $"{path}.{key}")
            : null;

    private List<string> Texts(JsonObject map, string path, string key, string allowed)
    {
        if (!map.TryGetPropertyValue(key, out var value) || value is not JsonArray list)
        {
            if (!ConfigurationTree.IsSecret(value)) Refuse($"{path}.{key}", Received.Of(value), allowed);
            return [];
        }

        return [.. list.Select((item, index) => TextIn(item, $"{path}.{key}[{index}]", "a text")).OfType<string>()];
    }

    private void CheckKeys(JsonObject map, string path, params string[] allowed)
    {
        foreach (var key in map.Select(entry => entry.Key).Where(key => !allowed.Contains(key))) Unknown($"{path}.{key}", key, allowed);
    }

    private string? Required(JsonObject map, string path, string key, string allowed)
    {
        if (map.ContainsKey(key)) return TextIn(map[key], $"{path}.{key}", allowed);
        _findings.Report(SettingRules.Missing, null, $"{path}.{key} is missing; allowed: {allowed}. Set it in the stack's file.");
        return null;
    }

    private string? Optional(JsonObject map, string path, string key, string allowed) =>
        map.TryGetPropertyValue(key, out var value) && value is not null ? TextIn(value, $"{path}.{key}", allowed) : null;

    private bool Switch(JsonObject map, string path, string key, bool otherwise)
    {
        if (!map.TryGetPropertyValue(key, out var value) || ConfigurationTree.IsSecret(value)) return otherwise;
        if (value?.GetValueKind() is JsonValueKind.True or JsonValueKind.False) return value.GetValue<bool>();
        Refuse($"{path}.{key}", Received.Of(value), "true or false, without quotes");
        return otherwise;
    }

    private DateOnly? Day(JsonObject map, string path, string key) =>
        Optional(map, path, key, DayAllowed) is { } text ? DayOf(text, $"{path}.{key}") : null;

    private DateOnly? DayOf(string text, string path)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        Refuse(path, Received.Quoted(text), DayAllowed);
        return null;
    }

    private List<string> Networks(JsonObject map, string path, string key)
    {
        const string Allowed = "a list of IPv4 networks, such as 203.0.113.7/32";
        if (!map.TryGetPropertyValue(key, out var value) || ConfigurationTree.IsSecret(value)) return [];
        if (value is not JsonArray list)
        {
            Refuse($"{path}.{key}", Received.Of(value), Allowed);
            return [];
        }

        var networks = new List<string>();
        for (var index = 0; index < list.Count; index++)
        {
            var at = $"{path}.{key}[{index}]";
            if (TextIn(list[index], at, "an IPv4 network, such as 203.0.113.7/32") is not { } text) continue;
            if (!IPNetwork.TryParse(text, out var network)
                || network.BaseAddress.AddressFamily != AddressFamily.InterNetwork
                || network.ToString() != text)
            {
                Refuse(at, Received.Quoted(text), "an IPv4 network, such as 203.0.113.7/32");
            }
            else if (network.PrefixLength < WidestNetwork)
            {
                Refuse(
                    at,
                    Received.Quoted(text),
                    network.PrefixLength == 0
                        ? "known addresses, such as 203.0.113.7/32; this one is everyone's"
                        : $"known addresses, such as 203.0.113.7/32, and at most a /{WidestNetwork}; two of a /1 are everyone's");
            }
            else
            {
                networks.Add(text);
            }
        }

        return networks;
    }

    [GeneratedRegex(@"^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[A-Za-z0-9._-]+)*/?\z")]
    private static partial Regex BucketUrl();

    [GeneratedRegex(@"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\z")]
    private static partial Regex ScalewayIdentifier();

    [GeneratedRegex(@"^[0-9a-f]{32}\z")]
    private static partial Regex OvhProjectId();

    [GeneratedRegex(@"^[0-9]{12}\z")]
    private static partial Regex AwsAccountId();

    [GeneratedRegex(@"^[a-z][a-z0-9-]{4,28}[a-z0-9]\z")]
    private static partial Regex GcpProject();

    [GeneratedRegex(@"^[a-z0-9-]+@([a-z0-9-]+\.)+gserviceaccount\.com\z")]
    private static partial Regex GcpServiceAccount();

    [GeneratedRegex(@"^arn:aws[a-z-]*:iam::(?<account>[0-9]{12}):role/[\w+=,.@/-]+\z")]
    private static partial Regex AwsRole();
}
