using System.Globalization;
using Pulumi;
using Pulumi.Gcp.CertificateManager;

namespace Infra.Components.Certificates.Gcp;

/// <summary>
/// Waits until Google has issued certificates, as no resource does. Whoever uses their map uses it only then: a load balancer keeps the map
/// that it has until the new one can serve.
/// </summary>
internal static class IssuanceWatch
{
    // Google Cloud documentation, Certificate Manager: within minutes of the records, seldom more.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Reminder = TimeSpan.FromMinutes(5);

    /// <summary>A certificate that is not issued yet, and what stands in its way.</summary>
    internal sealed record Pending(string Names, string Reason);

    /// <summary>A certificate of the project: its full name, the names that it is for, its state, and what stands in its way.</summary>
    internal sealed record Listed(string Name, string Names, string State, IEnumerable<string> Reasons);

    /// <summary>A value that is there once certificates are issued. Previews do not wait.</summary>
    /// <param name="value">The value.</param>
    /// <param name="certificates">The certificates' identifiers.</param>
    /// <param name="provider">The provider of the project that keeps them.</param>
    public static Output<string> After(Output<string> value, IEnumerable<Output<string>> certificates, ProviderResource provider) =>
        Output.Tuple(value, Output.All(certificates)).Apply(async known =>
        {
            if (!Deployment.Instance.IsDryRun)
            {
                await WaitAsync(
                    () => PendingAsync(known.Item2, filter => ListAsync(filter, provider)),
                    Task.Delay,
                    message => Log.Info(message)).ConfigureAwait(false);
            }

            return known.Item1;
        });

    /// <summary>Which certificates are not issued yet.</summary>
    /// <param name="certificates">The certificates' identifiers.</param>
    /// <param name="ask">Lists the certificates that a filter means: the first page of them, which is all that the provider gives.</param>
    internal static async Task<IReadOnlyList<Pending>> PendingAsync(
        IEnumerable<string> certificates,
        Func<string, Task<IEnumerable<Listed>>> ask)
    {
        var pending = new List<Pending>();
        foreach (var name in certificates)
        {
            // One by one, so that it does not matter how many the project has. Within a project, the last part of a name tells them apart.
            var found = await ask($"name:{name}").ConfigureAwait(false);
            var certificate = found.FirstOrDefault(listed => Last(listed.Name) == Last(name));
            if (certificate is null) pending.Add(new(name, "not listed"));
            else if (certificate.State != "ACTIVE")
                pending.Add(new(certificate.Names, string.Join(", ", certificate.Reasons.Prepend(certificate.State))));
        }

        return pending;
    }

    /// <summary>Asks until nothing is pending, says now and then what is, or gives up with what stands in the way.</summary>
    internal static async Task WaitAsync(
        Func<Task<IReadOnlyList<Pending>>> ask,
        Func<TimeSpan, Task> pause,
        Action<string> say)
    {
        for (var waited = TimeSpan.Zero; ; waited += Interval)
        {
            var pending = await ask().ConfigureAwait(false);
            if (pending.Count == 0) return;
            var waiting = string.Join(", ", pending.Select(each => $"the certificate of {each.Names} ({each.Reason})"));
            if (waited >= Longest)
            {
                throw new RunException(
                    $"Google has not issued {waiting} within {Longest.TotalMinutes} minutes; allowed: names whose zone is delegated to its "
                    + "name servers. Delegate the zone, then run the update again: it goes on from here.");
            }

            if (waited.Ticks % Reminder.Ticks == 0)
            {
                say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Waiting for {waiting}, {waited.TotalMinutes} of at most {Longest.TotalMinutes} minutes so far."));
            }

            await pause(Interval).ConfigureAwait(false);
        }
    }

    private static async Task<IEnumerable<Listed>> ListAsync(string filter, ProviderResource provider)
    {
        var listed = await GetCertificates
            .InvokeAsync(new() { Region = "global", Filter = filter }, new InvokeOptions { Provider = provider })
            .ConfigureAwait(false);
        return
            from certificate in listed.Certificates
            from managed in certificate.Manageds
            let reasons = managed.AuthorizationAttemptInfos.Select(attempt => attempt.FailureReason)
                .Concat(managed.ProvisioningIssues.Select(issue => issue.Reason))
                .Where(reason => !string.IsNullOrEmpty(reason))
            select new Listed(certificate.Name, string.Join(", ", managed.Domains), managed.State, reasons);
    }

    private static string Last(string name) => name[(name.LastIndexOf('/') + 1)..];
}
