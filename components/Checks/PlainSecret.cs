using System.Text.RegularExpressions;

namespace Infra.Components.Checks;

/// <summary>
/// Tells what looks like a secret from what does not: by the form of a token that a product gives out, or by a name that promises a secret
/// and a value as random as one. It is a guess that alarms seldom: identifiers, paths, words and placeholders are none.
/// </summary>
internal static partial class PlainSecret
{
    // Shorter values are words, numbers and versions as often as secrets.
    private const int ShortestToken = 16;
    private const int ShortestPassword = 12;

    // Bits by character: words of a language and identifiers stay below, random letters and digits above.
    private const double LeastEntropy = 3.0;

    private static readonly (Regex Form, string What)[] Forms =
    [
        (PrivateKey(), "a private key"),
        (AwsKey(), "an access key of AWS"),
        (GitHubToken(), "a token of GitHub"),
        (GitLabToken(), "a token of GitLab"),
        (StripeKey(), "a key of Stripe"),
        (SlackToken(), "a token of Slack"),
        (SlackHook(), "a webhook of Slack"),
        (SendGridKey(), "a key of SendGrid"),
        (ModelKey(), "a key of an API"),
        (NpmToken(), "a token of npm"),
    ];

    // Browsers are given some of these, under names that say so.
    private static readonly (Regex Form, string What)[] FormsOfPrivate =
    [
        (GoogleKey(), "a key of a Google API"),
        (SignedToken(), "a signed token (JWT)"),
    ];

    /// <summary>What a text looks like, such as <c>a private key</c>; null where it looks like no secret.</summary>
    /// <param name="name">What holds it, such as the name of a variable.</param>
    /// <param name="text">The text; what is composed into it stands in braces.</param>
    public static string? In(string name, string text)
    {
        var isPublic = Public().IsMatch(name);
        foreach (var (form, what) in isPublic ? Forms : Forms.Concat(FormsOfPrivate))
        {
            // Products' own documentation shows keys that open nothing.
            if (form.Match(text) is { Success: true } match && !match.Value.Contains("EXAMPLE", StringComparison.OrdinalIgnoreCase))
                return what;
        }

        if (Login().Matches(text).Any(IsFilled)) return "a url with a password";
        if (Parameter().Matches(text).Any(IsFilled)) return "a connection with a password";
        if (isPublic || !PromisesSecret().IsMatch(name)) return null;
        var shortest = PromisesPassword().IsMatch(name) ? ShortestPassword : ShortestToken;
        return text.Length >= shortest && IsRandom(text) ? "a random value under a secret's name" : null;
    }

    private static bool IsFilled(Match login) => !Placeholder().IsMatch(login.Groups["password"].Value);

    private static bool IsRandom(string text)
    {
        if (text.Any(char.IsWhiteSpace) || NotRandom().IsMatch(text)) return false;
        // Names and identifiers are words in a row: what is random has a long piece of its own.
        var longest = text.Split('-', '_', '.', ':', '/', ',').MaxBy(piece => piece.Length)!;
        return longest.Length >= ShortestPassword
            && longest.Any(char.IsAsciiDigit)
            && longest.Any(char.IsAsciiLetter)
            && Entropy(longest) >= LeastEntropy;
    }

    private static double Entropy(string text) => text
        .GroupBy(letter => letter)
        .Select(group => group.Count() / (double)text.Length)
        .Sum(share => -share * Math.Log2(share));

    [GeneratedRegex(@"-----BEGIN ([A-Z0-9]+ )*PRIVATE KEY( BLOCK)?-----")]
    private static partial Regex PrivateKey();

    [GeneratedRegex(@"\b(AKIA|ASIA)[A-Z0-9]{16}\b")]
    private static partial Regex AwsKey();

    [GeneratedRegex(@"\b(gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})")]
    private static partial Regex GitHubToken();

    [GeneratedRegex(@"\bgl(pat|ptt|rt|dt)-[A-Za-z0-9_-]{20,}")]
    private static partial Regex GitLabToken();

    [GeneratedRegex(@"\b((sk|rk)_(live|test)|whsec)_[A-Za-z0-9]{16,}")]
    private static partial Regex StripeKey();

    [GeneratedRegex(@"\bxox[abeoprs]-[A-Za-z0-9-]{10,}")]
    private static partial Regex SlackToken();

    [GeneratedRegex(@"hooks\.slack\.com/services/T[A-Za-z0-9]+/B[A-Za-z0-9]+/[A-Za-z0-9]{16,}")]
    private static partial Regex SlackHook();

    [GeneratedRegex(@"\bAIza[0-9A-Za-z_-]{35}")]
    private static partial Regex GoogleKey();

    [GeneratedRegex(@"\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}")]
    private static partial Regex SendGridKey();

    [GeneratedRegex(@"\bsk-(proj-|ant-)?[A-Za-z0-9_-]{32,}")]
    private static partial Regex ModelKey();

    [GeneratedRegex(@"\bnpm_[A-Za-z0-9]{36}")]
    private static partial Regex NpmToken();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{16,}")]
    private static partial Regex SignedToken();

    [GeneratedRegex(@"\b[a-zA-Z][a-zA-Z0-9+.-]*://[^\s/:@?#]*:(?<password>[^\s/@]*)@")]
    private static partial Regex Login();

    // Of urls, and of connection strings.
    [GeneratedRegex(@"[?&;](password|passwd|pwd)=(?<password>[^&;\s]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Parameter();

    [GeneratedRegex(@"^(|[$%({<].*|\*+|[xX]+|\.+)\z")]
    private static partial Regex Placeholder();

    [GeneratedRegex(
        @"(^|[_.-])(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD|SECRET|TOKEN|KEY|KEY_BASE|APIKEY|CREDENTIALS|SALT|PEPPER)\z"
        + @"|(^|[_.-])(password|passwd|passphrase|secret|token|key|apikey)\z"
        + @"|(Password|Secret|Token|Key)\z")]
    private static partial Regex PromisesSecret();

    [GeneratedRegex(@"(PASSWORD|PASSWD|PASSPHRASE|PASS|PWD)\z", RegexOptions.IgnoreCase)]
    private static partial Regex PromisesPassword();

    [GeneratedRegex(@"PUBLIC|PUBLISHABLE|SITE_?KEY|ANON_KEY", RegexOptions.IgnoreCase)]
    private static partial Regex Public();

    // Paths, urls, references, settings of the form name=value, templates, UUIDs and digests of images.
    [GeneratedRegex(
        @"^[./~]|://|^[A-Za-z_]+=[^=]|@sha256:|^arn:|[{}$<>]"
        + @"|^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\z")]
    private static partial Regex NotRandom();
}
