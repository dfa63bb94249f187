using System.Security.Cryptography;
using System.Text;

namespace Infra.Components.Clouds.Gcp;

/// <summary>Physical names that something else must know before the resource exists. Everything else is named by Pulumi.</summary>
internal static class GcpNames
{
    // Google Cloud documentation: Cloud Run service names.
    private const int ServiceLimit = 49;

    /// <summary>
    /// The name of a Cloud Run service. It is fixed because the load balancer, which is built before the services, refers to it. A stack's
    /// name that is too long is cut and told apart by a hash of the whole.
    /// </summary>
    public static string Service(string stack, string component)
    {
        var name = $"{stack}-{component}";
        if (name.Length <= ServiceLimit) return name;
        var hash = Fingerprint(name);
        return $"{stack[..(ServiceLimit - component.Length - hash.Length - 2)].TrimEnd('-')}-{hash}-{component}";
    }

    /// <summary>Eight hexadecimal digits that change whenever one of the parts does.</summary>
    public static string Fingerprint(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..8];
}
