using System.Globalization;
using Infra.Components.Clouds;
using Infra.Components.Systems;
using Pulumi;
using Pulumi.Random;
using Pulumi.Tls;

namespace Infra.Components.Secrets;

/// <summary>
/// A value that is made once and kept in the stack's state. The first one stays there, protected, whatever comes after it: it keeps the
/// secret from going by mistake, and comes back where the day of a rotation is taken away again. Each rotation is a value of its own,
/// called after its day. A secret that moves to another cloud takes its values along.
/// </summary>
internal static class GeneratedValue
{
    // Another length or alphabet would make another value: only a rotation may.
    private static readonly string[] MadeWith =
        ["length", "lower", "minLower", "minNumeric", "minSpecial", "minUpper", "numeric", "overrideSpecial", "special", "upper"];

    // More than enough until 2030 and beyond (NIST SP 800-57, part 1: 128 bits of strength).
    private const int RsaBits = 3072;

    /// <summary>Makes it.</summary>
    /// <param name="secret">The secret.</param>
    /// <param name="context">The stack's part on the cloud.</param>
    /// <param name="child">Makes the options of the component's children.</param>
    public static Output<string> Create(Secret secret, CloudContext context, ChildOptions child)
    {
        var first = Make(secret.Name, context.Protect);
        return secret.Args.RotatedOn is { } day
            ? Make($"{secret.Name}-{day.ToString(SecretArgs.DayFormat, CultureInfo.InvariantCulture)}", protect: false)
            : first;

        Output<string> Make(string name, bool protect)
        {
            var isKey = secret.Args.Form != SecretForm.Characters;
            var options = child(protect, ignoreChanges: isKey ? null : MadeWith);
            foreach (var cloud in CloudNames.All.Where(cloud => cloud != context.Cloud))
                options.Aliases.Add(new Alias { Urn = UrnOn(cloud, name, isKey) });
            if (isKey) return new PrivateKey(name, KeyArguments(secret.Args.Form), context.Values.Tls(options)).PrivateKeyPemPkcs8;
            return new RandomPassword(name, Arguments(secret.Args), context.Values.Random(options)).Result;
        }

        string UrnOn(Cloud cloud, string name, bool isKey) =>
            $"urn:pulumi:{Deployment.Instance.StackName}::{Deployment.Instance.ProjectName}::"
            + $"{TypeTokens.Of(secret.Kind, cloud)}"
            + $"${(isKey ? "tls:index/privateKey:PrivateKey" : "random:index/randomPassword:RandomPassword")}::{name}";
    }

    private static PrivateKeyArgs KeyArguments(SecretForm form) => form == SecretForm.RsaKey
        ? new() { Algorithm = "RSA", RsaBits = RsaBits }
        : new() { Algorithm = "ECDSA", EcdsaCurve = "P256" };

    private static RandomPasswordArgs Arguments(SecretArgs args) => args.Alphabet switch
    {
        SecretAlphabet.Alphanumeric => new() { Length = args.Length, Special = false },
        SecretAlphabet.Hexadecimal => new()
        {
            Length = args.Length,
            Lower = false,
            Upper = false,
            OverrideSpecial = "abcdef",
        },
        SecretAlphabet.Base64Url => new() { Length = args.Length, OverrideSpecial = "-_" },
        SecretAlphabet.Symbols => new()
        {
            Length = args.Length,
            MinLower = 1,
            MinNumeric = 1,
            MinSpecial = 1,
            MinUpper = 1,
            OverrideSpecial = "!#%*+-.:=?@^_~",
        },
        _ => throw new ArgumentOutOfRangeException(nameof(args), args.Alphabet, "not an alphabet"),
    };
}
