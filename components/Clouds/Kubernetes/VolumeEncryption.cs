using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Clouds.Kubernetes;

/// <summary>Whether what is kept on volumes of a given cluster is encrypted at rest, which nobody but the stack file can say.</summary>
internal static class VolumeEncryption
{
    /// <summary>What to do about messages that may lie unencrypted.</summary>
    public const string BeforeSending = "Encrypt such messages before they are sent";

    private static readonly Rule Encrypted = new(
        "storage-encryption", "Stores are encrypted at rest", Severity.Error, Severity.Warning, Severity.Info, CanBeWaived: true);

    /// <summary>What a given cluster does not keep by itself.</summary>
    public static Gap Gap { get; } = new("encryption at rest", "Encrypted at rest where the storage class encrypts.") { Rule = Encrypted };

    /// <summary>Reports a store that may lie unencrypted.</summary>
    /// <param name="store">The store.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Component store, CloudChecks checks)
    {
        if (GivenClusterContext.AccountOf(checks.Settings).EncryptedStorage) return;

        // What is about people or would harm when it leaks is not deployed on the hope that a disk is encrypted.
        var refused = store.Arguments.DataClass is DataClass.Confidential or DataClass.Personal;
        checks.Lacks(
            Gap,
            store,
            "Nothing says that its volumes are encrypted at rest, and its data is "
            + $"{store.Arguments.DataClass.ToString().ToLowerInvariant()}.",
            "Name a storage class that encrypts in infra:accounts.kubernetes.storageClass, and set encryptedStorage: true",
            atMost: refused && !checks.Settings.Hypothetical ? Severity.Error : Severity.Warning);
    }

    /// <summary>What a cloud does not keep that does not say whether it encrypts the volumes of its own clusters.</summary>
    /// <param name="rule">The cloud's rule of a kind.</param>
    public static Gap OfOwn(Rule rule) =>
        new("encryption at rest", "Nothing says that its volumes are encrypted at rest.") { Rule = rule };

    /// <summary>Reports what lies on volumes of a cloud's own cluster, where the cloud does not say that it encrypts them.</summary>
    /// <param name="gap">What the cloud lacks.</param>
    /// <param name="cloud">The cloud, as it calls itself.</param>
    /// <param name="store">What keeps it.</param>
    /// <param name="advice">What to do about it.</param>
    /// <param name="checks">Where findings go.</param>
    public static void CheckOwn(Gap gap, string cloud, Component store, string advice, CloudChecks checks)
    {
        var data = store.Arguments.DataClass;
        checks.Lacks(
            gap,
            store,
            $"Its data is {data.ToString().ToLowerInvariant()}, and {cloud} does not say that it encrypts the volumes of its clusters.",
            advice,
            data is DataClass.Confidential or DataClass.Personal ? Severity.Error : Severity.Info);
    }
}
