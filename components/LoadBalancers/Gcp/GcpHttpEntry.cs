using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Pulumi;
using Compute = Pulumi.Gcp.Compute;

namespace Infra.Components.LoadBalancers.Gcp;

/// <summary>
/// How HTTP enters a global external Application Load Balancer: one anycast address, HTTPS with a certificate map, HTTP redirected to it.
/// </summary>
/// <param name="Name">What its resources are called.</param>
/// <param name="Apis">The APIs that must be enabled.</param>
/// <param name="Context">The stack's part.</param>
/// <param name="Tags">The tags.</param>
/// <param name="Child">Makes the options of a child.</param>
internal sealed record GcpHttpEntry(
    string Name,
    IReadOnlyList<Resource> Apis,
    GcpContext Context,
    IReadOnlyDictionary<string, string> Tags,
    ChildOptions Child)
{
    /// <summary>The scheme of everything behind it.</summary>
    public const string Scheme = "EXTERNAL_MANAGED";

    /// <summary>The status of a permanent redirect.</summary>
    public const string MovedPermanently = "MOVED_PERMANENTLY_DEFAULT";

    /// <summary>Reserves its address.</summary>
    public Compute.GlobalAddress Reserve() => new(Name, new()
    {
        Project = Context.Project,
        AddressType = "EXTERNAL",
        IpVersion = "IPV4",
        DeletionPolicy = Context.DeletionPolicy,
        Labels = Tags.Input(),
    }, Child(protect: Context.Protect, dependsOn: Apis));

    /// <summary>Opens it.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="routes">Where requests go.</param>
    /// <param name="certificates">The certificate map; null in a stack without a domain, where HTTP is all that it speaks.</param>
    /// <param name="idleSeconds">After how many seconds an idle connection is closed; null for Google's own default.</param>
    public void Open(Compute.GlobalAddress address, Compute.URLMap routes, Output<string>? certificates, int? idleSeconds)
    {
        if (certificates is null)
        {
            var plain = new Compute.TargetHttpProxyArgs { Project = Context.Project, UrlMap = routes.Id };
            if (idleSeconds is { } idle) plain.HttpKeepAliveTimeoutSec = idle;
            Enter("http-entry", "80", new Compute.TargetHttpProxy($"{Name}-http", plain, Child()).Id, address);
            return;
        }

        var policy = new Compute.SSLPolicy(
            $"{Name}-tls",
            new() { Project = Context.Project, Profile = "MODERN", MinTlsVersion = "TLS_1_2" },
            Child(dependsOn: Apis));
        var encrypted = new Compute.TargetHttpsProxyArgs
        {
            Project = Context.Project,
            UrlMap = routes.Id,
            CertificateMap = certificates,
            SslPolicy = policy.Id,
        };
        if (idleSeconds is { } seconds) encrypted.HttpKeepAliveTimeoutSec = seconds;
        Enter("https-entry", "443", new Compute.TargetHttpsProxy($"{Name}-https", encrypted, Child()).Id, address);

        var toHttps = new Compute.URLMap($"{Name}-redirect", new()
        {
            Project = Context.Project,
            DefaultUrlRedirect = new Compute.Inputs.URLMapDefaultUrlRedirectArgs
            {
                HttpsRedirect = true,
                RedirectResponseCode = MovedPermanently,
                StripQuery = false,
            },
        }, Child(dependsOn: Apis));
        var http = new Compute.TargetHttpProxy($"{Name}-http", new() { Project = Context.Project, UrlMap = toHttps.Id }, Child());
        Enter("http-entry", "80", http.Id, address);
    }

    private void Enter(string role, string port, Output<string> proxy, Compute.GlobalAddress address) =>
        _ = new Compute.GlobalForwardingRule($"{Name}-{role}", new()
        {
            Project = Context.Project,
            LoadBalancingScheme = Scheme,
            IpAddress = address.Id,
            IpProtocol = "TCP",
            PortRange = port,
            Target = proxy,
            Labels = Tags.Input(),
        }, Child());
}
