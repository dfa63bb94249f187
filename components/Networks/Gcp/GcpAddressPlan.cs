namespace Infra.Components.Networks.Gcp;

/// <summary>
/// Which part of a network's /16 serves what. The table is fixed: adding a tier takes a free part and moves no other. Free: x.y.66.0 to
/// x.y.127.255 and x.y.192.0/18.
/// </summary>
/// <param name="cidr">The network's block, as guarded by <see cref="PrivateNetworkArgs"/>.</param>
internal sealed class GcpAddressPlan(string cidr)
{
    /// <summary>The length of <see cref="ManagedServices"/>: Google takes a /24 for databases and a /29 per cache.</summary>
    public const int ManagedServicesPrefix = 18;

    private readonly string _block = string.Join('.', cidr.Split('.').Take(2));

    /// <summary>
    /// Containers and machines. A Cloud Run instance takes up to four addresses and gives them back hours later, hence 16,384.
    /// </summary>
    public string Workloads => $"{_block}.0.0/18";

    /// <summary>The proxies of internal load balancers: a /23 as Google recommends.</summary>
    public string Proxies => $"{_block}.64.0/23";

    /// <summary>The first address of Google's managed services.</summary>
    public string ManagedServices => $"{_block}.128.0";
}
