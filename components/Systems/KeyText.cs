using System.Buffers.Text;
using System.Security.Cryptography;

namespace Infra.Components.Systems;

/// <summary>
/// The halves of a private key as programs want them. A text that is no key stays as it is: before an update nobody has one, and that those
/// are asked for of keys alone is checked before.
/// </summary>
internal static class KeyText
{
    // A point that is not compressed (SEC 1, section 2.3.3), as browsers take it.
    private const byte Uncompressed = 4;

    private static readonly Func<AsymmetricAlgorithm>[] Algorithms = [ECDsa.Create, RSA.Create];

    /// <summary>The public half, as PEM.</summary>
    public static string Public(string privateKey) => Of(privateKey, key => key.ExportSubjectPublicKeyInfoPem());

    /// <summary>The number of a key on P-256, in url-safe base64.</summary>
    public static string VapidPrivate(string privateKey) => OnCurve(privateKey, key => key.D!);

    /// <summary>The point of a key on P-256, in url-safe base64.</summary>
    public static string VapidPublic(string privateKey) => OnCurve(privateKey, key => [Uncompressed, .. key.Q.X!, .. key.Q.Y!]);

    private static string OnCurve(string privateKey, Func<ECParameters, byte[]> half) => Of(
        privateKey,
        key => key is ECDsa curve ? Base64Url.EncodeToString(half(curve.ExportParameters(includePrivateParameters: true))) : privateKey);

    private static string Of(string privateKey, Func<AsymmetricAlgorithm, string> written)
    {
        foreach (var algorithm in Algorithms)
        {
            using var key = algorithm();
            try
            {
                key.ImportFromPem(privateKey);
            }
            catch (Exception exception) when (exception is CryptographicException or ArgumentException)
            {
                continue;
            }

            return written(key);
        }

        return privateKey;
    }
}
