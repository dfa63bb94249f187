using System.Security.Cryptography;
using System.Text;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Gcp;

/// <summary>Physical names that something else must know before the resource exists. Everything else is named by Pulumi.</summary>
internal static class GcpNames
{
    /// <summary>What a service account's name of 30 characters leaves beside Pulumi's digits (Google Cloud documentation: IAM).</summary>
    public const int LongestAccount = 22;

    // Google Cloud documentation: Cloud Run service names.
    private const int ServiceLimit = 49;

    /// <summary>
    /// The name of a Cloud Run service. It is fixed because the load balancer, which is built before the services, refers to it. A name
    /// that is too long loses the end of the stack's, and then of the component's, and is told apart by a hash of the whole.
    /// </summary>
    public static string Service(string stack, string component)
    {
        var name = $"{stack}-{component}";
        if (name.Length <= ServiceLimit) return name;
        var hash = Fingerprint(name);
        var room = ServiceLimit - component.Length - hash.Length - 2;
        return room > 0 ? $"{stack[..room].TrimEnd('-')}-{hash}-{component}" : ShortName.Of(name, ServiceLimit);
    }

    /// <summary>Eight hexadecimal digits that change whenever one of the parts does.</summary>
    public static string Fingerprint(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', parts))))[..8];
}
