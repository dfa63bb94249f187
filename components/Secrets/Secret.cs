using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Secrets;

/// <summary>The characters of which a generated value is made.</summary>
public enum SecretAlphabet
{
    /// <summary>Letters and digits: 5.95 bits each. No url, shell or file needs them escaped.</summary>
    Alphanumeric,

    /// <summary>Digits and the letters a to f: 4 bits each, two characters for a byte.</summary>
    Hexadecimal,

    /// <summary>Letters, digits, hyphens and underscores: 6 bits each (RFC 4648, section 5).</summary>
    Base64Url,

    /// <summary>
    /// Letters, digits and <c>!#%*+-.:=?@^_~</c>, with a small letter, a capital, a digit and one of these at least, as rules for passwords
    /// want them. In a url they are escaped: <c>{secret:url}</c>.
    /// </summary>
    Symbols,
}

/// <summary>What a generated value is.</summary>
public enum SecretForm
{
    /// <summary>So many characters of an alphabet.</summary>
    Characters,

    /// <summary>
    /// A private key on the curve P-256, as PEM (PKCS #8), for signatures by ES256 and for Web Push. A text has its halves:
    /// <c>{key:public}</c>, <c>{key:vapid-private}</c>, <c>{key:vapid-public}</c>.
    /// </summary>
    P256Key,

    /// <summary>
    /// A private key of RSA with 3072 bits, as PEM (PKCS #8), for signatures by RS256. A text has its public half: <c>{key:public}</c>.
    /// </summary>
    RsaKey,
}

/// <summary>
/// One secret value: a key that an application signs with, a password of a mail server, a token of somebody's API. Where it comes from is
/// decided per stack: generated and kept, given by the stack file, or kept in the cloud's store already. A text that holds it links its
/// reader to it: <c>["SMTP_PASSWORD"] = smtpPassword</c>, <c>$"smtp://shop:{smtpPassword:url}@mail.example.org"</c>.
/// </summary>
public sealed class Secret(string name, SecretArgs? args = null) : Component<SecretArgs>(name, args ?? new())
{
    /// <inheritdoc/>
    public override ComponentKind Kind => SecretKind.Instance;

    /// <summary>Its value, in a text of more.</summary>
    public static implicit operator TargetKey(Secret secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        return secret[SecretKind.Value];
    }

    /// <summary>Its value.</summary>
    public static implicit operator Text(Secret secret) => (TargetKey)secret;
}

/// <summary>The arguments of a secret. Those of a generated value matter only where the stack file says nothing else.</summary>
public sealed record SecretArgs : Arguments
{
    /// <summary>The shortest generated value: 64 random bits of hexadecimal digits, which nobody can try out over a network.</summary>
    public const int Shortest = 16;

    /// <summary>The longest generated value: a small part of what every cloud takes as a variable (Cloud Run: 32 KiB).</summary>
    public const int Longest = 1024;

    /// <summary>How the day of a rotation is written.</summary>
    internal const string DayFormat = "yyyy-MM-dd";

    /// <summary>
    /// What a generated value is: characters, or the private key of a pair. Another form is another value: production refuses it once there
    /// is one. Default: characters.
    /// </summary>
    public SecretForm Form { get; init; } = SecretForm.Characters;

    /// <summary>
    /// The number of characters of a generated value, 16 to 1024. It matters when a value is made: what is there keeps its length until
    /// <see cref="RotatedOn"/> changes. Default: 32.
    /// </summary>
    public int Length { get; init; } = 32;

    /// <summary>
    /// The characters of a generated value. They matter when a value is made: what is there stays until <see cref="RotatedOn"/> changes.
    /// Default: letters and digits.
    /// </summary>
    public SecretAlphabet Alphabet { get; init; } = SecretAlphabet.Alphanumeric;

    /// <summary>
    /// The day of the last rotation: another day makes a new value, and starts its readers anew. No day that has not come. Default: null,
    /// for the first value.
    /// </summary>
    public DateOnly? RotatedOn { get; init; }

    /// <summary>
    /// Whether the stack file must say where it comes from, because nobody can generate it, such as the key of somebody's API. Default:
    /// false.
    /// </summary>
    public bool MustBeGiven { get; init; }

    /// <summary>Where the stack file says that it comes from; null for a generated one.</summary>
    internal SecretSource? Source { get; init; }

    /// <inheritdoc/>
    public override IEnumerable<Decision> Decisions => Source switch
    {
        GivenSecret => [new("value", "given by the stack file")],
        ExistingSecret existing => [new("value", $"existing: {existing}")],
        _ when MustBeGiven => [new("value", "must be given")],
        _ =>
        [
            new("value", Form switch
            {
                SecretForm.P256Key => "generated: a private key on P-256",
                SecretForm.RsaKey => "generated: a private key of RSA",
                _ => string.Create(CultureInfo.InvariantCulture, $"generated: {Length} characters, {Decision.Word(Alphabet)}"),
            }),
            new("rotated", RotatedOn?.ToString(DayFormat, CultureInfo.InvariantCulture) ?? "never"),
        ],
    };

    /// <inheritdoc/>
    public override void Check(Guard guard) => guard.InRange(nameof(Length), Length, Shortest, Longest, "characters");

    /// <inheritdoc/>
    internal override Arguments From(SecretSource source) => this with { Source = source };
}

/// <summary>What every cloud gives for a secret. None of it is secret.</summary>
public interface ISecret
{
    /// <summary>Where its value comes from: <c>generated</c>, <c>given</c> or <c>existing</c>.</summary>
    Output<string> Source { get; }

    /// <summary>What the cloud's store calls it, by which its own tools show it to whoever may read it.</summary>
    Output<string> Reference { get; }
}
