using System.Globalization;
using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.Secrets;

/// <summary>How a cloud's store names what it keeps.</summary>
/// <param name="Store">The store, such as <c>Secret Manager</c>.</param>
/// <param name="Name">The form of a name.</param>
/// <param name="NameAllowed">That form in words.</param>
internal sealed record SecretReference(string Store, Regex Name, string NameAllowed)
{
    /// <summary>The form of a key; null where the store has none.</summary>
    public Regex? Key { get; init; }

    /// <summary>What a key is, in words.</summary>
    public string KeyAllowed { get; init; } = "";

    /// <summary>Whether a key must be named.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>The form of a version; null where the store has none.</summary>
    public Regex? Version { get; init; }

    /// <summary>What a version is, in words.</summary>
    public string VersionAllowed { get; init; } = "";

    /// <summary>Whether a version must be named.</summary>
    public bool NeedsVersion { get; init; }
}

/// <summary>What holds of secrets on every cloud, beside the form of its store's references.</summary>
internal static class SecretChecks
{
    /// <summary>A secret that must be given and is not.</summary>
    public static readonly Rule Missing = Rule.Error("secret-missing", "Secrets that nobody can generate are given");

    private static readonly Rule NotYet = Rule.Error("secret-rotated-on", "Secrets were rotated on days that have come");
    private static readonly Rule Unused = Rule.Info("secret-rotation-unused", "Days of rotations are those of generated secrets");
    private static readonly Rule Form = Rule.Error("secret-reference", "Secrets that exist are referred to as their store names them");
    private static readonly Rule Elsewhere = Rule.Error("secret-elsewhere", "Secrets that exist are read on the cloud that keeps them");
    private static readonly Rule Composed = Rule.Error("secret-composed", "Secrets that exist are used as they are");

    private static readonly Rule Halves = Rule.Error("secret-key-half", "Halves of keys are read of secrets that are generated as keys");

    /// <summary>The key of the stack file that says where a secret comes from.</summary>
    public static string KeyOf(string secret) => $"infra:secrets.{secret}";

    /// <summary>The command that gives a secret: it asks for the value, so that no shell remembers it.</summary>
    public static string CommandFor(string secret, string stack) =>
        $"pulumi config set --secret --path '{KeyOf(secret)}' --stack {stack}";

    /// <summary>Reports everything.</summary>
    public static void Check(Secret secret, CloudChecks checks, SecretReference reference)
    {
        var args = secret.Args;
        if (args is { MustBeGiven: true, Source: null })
        {
            checks.Report(
                Missing,
                secret,
                $"{KeyOf(secret.Name)} is missing, and it must be given; allowed: a value, or a reference to one that {reference.Store} "
                + $"keeps. Set it with \"{CommandFor(secret.Name, checks.Settings.Stack)}\", or write "
                + $"{KeyOf(secret.Name)}: {{ existing: … }} into the stack's file.");
        }

        CheckHalves(secret, checks);
        if (args.RotatedOn is { } day) CheckDay(day, secret, checks);
        if (args.Source is not ExistingSecret existing) return;
        CheckForm(existing, secret, checks, reference);
        foreach (var link in checks.LinksTo(secret))
        {
            if (link.CrossesClouds)
            {
                checks.Report(
                    Elsewhere,
                    secret,
                    $"'{link.Consumer.Name}' on {link.Consumer.Cloud.Name()} uses it, and it is kept by {reference.Store} on "
                    + $"{checks.Cloud.Name()}, which alone knows its value; allowed: readers on {checks.Cloud.Name()}, or a given value. "
                    + $"Give it with \"{CommandFor(secret.Name, checks.Settings.Stack)}\", or place '{secret.Name}' and its readers on one "
                    + "cloud.");
            }

            if (Composes((Consumer)link.Consumer.Component, secret))
            {
                checks.Report(
                    Composed,
                    secret,
                    $"'{link.Consumer.Name}' composes it with other text or writes it in another form, and {reference.Store} alone knows "
                    + "its value; allowed: the value as it is. Keep the composed text in a secret of its own, give the value with "
                    + $"\"{CommandFor(secret.Name, checks.Settings.Stack)}\", or let the image put it together.");
            }
        }
    }

    private static void CheckHalves(Secret secret, CloudChecks checks)
    {
        foreach (var link in checks.LinksTo(secret))
        {
            foreach (var format in FormatsOf((Consumer)link.Consumer.Component, secret).Where(Text.IsOfKeys).Distinct())
            {
                var forms = format == TextFormat.Public ? $"{SecretForm.P256Key} or {SecretForm.RsaKey}" : $"{SecretForm.P256Key}";
                var form = secret.Args.Source is null ? secret.Args.Form : SecretForm.Characters;
                if (form == SecretForm.P256Key || (form == SecretForm.RsaKey && format == TextFormat.Public)) continue;
                checks.Report(
                    Halves,
                    secret,
                    $"'{link.Consumer.Name}' writes it as '{Text.SpellingOf(format)}', and it is "
                    + (secret.Args.Source is null ? $"generated as {secret.Args.Form}" : "not generated")
                    + $"; allowed: a generated secret of the form {forms}. Set Form, or write the half of a key that is given as text.");
            }
        }
    }

    private static IEnumerable<TextFormat> FormatsOf(Consumer consumer, Secret secret) => consumer.Variables
        .Select(variable => variable.Text)
        .Concat(consumer.Container.Texts)
        .SelectMany(text => text.Values)
        .Where(value => value.Key.Target == secret)
        .Select(value => value.Format);

    private static bool Composes(Consumer consumer, Secret secret) => consumer.Variables
        .Select(variable => variable.Text)
        .Concat(consumer.Container.Texts)
        .Any(text => text.Parts is not [TextPart.Value { Format: TextFormat.Plain }]
            && text.Values.Any(value => value.Key.Target == secret));

    private static void CheckDay(DateOnly day, Secret secret, CloudChecks checks)
    {
        var written = day.ToString(SecretArgs.DayFormat, CultureInfo.InvariantCulture);
        var today = checks.Settings.Today;
        // A plan without a day judges none.
        if (today != default && day > today)
        {
            checks.Report(
                NotYet,
                secret,
                $"RotatedOn is {written}; allowed: days until {today.ToString(SecretArgs.DayFormat, CultureInfo.InvariantCulture)}, "
                + "because the value is made by the update that finds the day. Write the day on which it is rotated.");
        }

        if (secret.Args.Source is null) return;
        checks.Report(
            Unused,
            secret,
            $"RotatedOn is {written} and changes nothing, because {KeyOf(secret.Name)} says where the value comes from; allowed: a day for "
            + "a generated value. Rotate it where it comes from.");
    }

    private static void CheckForm(ExistingSecret existing, Secret secret, CloudChecks checks, SecretReference reference)
    {
        var guard = checks.Guard(secret, Form);
        guard.Matches($"{KeyOf(secret.Name)}.existing", existing.Name, reference.Name, reference.NameAllowed);
        Part("key", existing.Key, reference.Key, reference.KeyAllowed, reference.NeedsKey);
        Part("version", existing.Version, reference.Version, reference.VersionAllowed, reference.NeedsVersion);

        void Part(string part, string? value, Regex? form, string allowed, bool isNeeded)
        {
            var argument = $"{KeyOf(secret.Name)}.{part}";
            if (form is null) guard.Require(value is null, argument, value, $"none, because {reference.Store} has none", "Remove it");
            else if (value is not null || isNeeded) guard.Matches(argument, value, form, allowed);
        }
    }
}
