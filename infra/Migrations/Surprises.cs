using System.Text.Json;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Composition;
using Infra.Components.Dns;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Facts;
using Infra.Plans;

namespace Infra.Migrations;

/// <summary>
/// What a stack meets on the new cloud that it does not meet on the old one. All of it comes from the checks, gaps and facts by which plans
/// are made.
/// </summary>
internal static class Surprises
{
    private static readonly Rule Differs = Rule.Info("migrate-gap", "What a kind promises is kept on both clouds");
    private static readonly Rule Operated = Rule.Info("migrate-operated", "What a cloud operated is operated by the new one, too");
    private static readonly Rule Weighted = Rule.Info("migrate-weights", "Traffic moves by shares");
    private static readonly Rule Proved = Rule.Warning("migrate-certificate", "Certificates are issued before traffic moves");
    private static readonly Rule Carried = Rule.Warning("migrate-data", "Data moves with what holds it");
    private static readonly Rule Counted = Rule.Info("migrate-figures", "How long data takes is known");
    private static readonly Rule Ends = Rule.Warning("migrate-endless", "Data is copied faster than it is written");
    private static readonly Rule Stays = Rule.Info("migrate-zone", "Zones keep the cloud that infra:placement names");
    private static readonly Rule Leaves = Rule.Error("migrate-egress", "The addresses are known from which consumers reach other clouds");

    /// <summary>Reports all of them.</summary>
    /// <param name="graph">What moves.</param>
    /// <param name="target">The plan on the new cloud.</param>
    /// <param name="source">What the checks say of the stack as it is.</param>
    /// <param name="data">What moves of the data.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Report(
        MoveGraph graph,
        Plan target,
        IReadOnlyList<Finding> source,
        IReadOnlyList<MovedData> data,
        Findings findings)
    {
        var settings = graph.Blueprint.Settings;
        var (from, to) = (CloudIndex.Of(graph.From), CloudIndex.Of(graph.To));
        if (!to.HasAccount(settings.Accounts))
            findings.Report(SystemChecks.Account, null, SystemChecks.AccountMissing(to, "but the stack is to move to"));
        foreach (var finding in source.Where(finding => finding.Severity == Severity.Error)) findings.Add(finding);
        foreach (var finding in target.Findings.Except(source)) findings.Add(finding);
        ReportEgress(graph, findings);
        ReportCertificates(graph, target, findings);
        foreach (var moved in data) ReportData(moved, findings);
        foreach (var component in graph.Everything) MigrationChecks.ReportLeft(component, graph.To, findings);
        ReportWeights(graph, findings);
        ReportZones(graph, findings);
        ReportProvisions(graph, from, to, findings);
    }

    /// <summary>Whether traffic to a zone's names can be shared between two clouds by weight.</summary>
    public static bool HasWeights(DnsZone zone, Blueprint blueprint) =>
        !zone.Args.External
        && CloudIndex.Of(blueprint.CloudOf(zone)).Find(DnsRecordKind.Instance) is { } records
        && records.Gaps.All(gap => gap.Promise != RecordGaps.WeightPromise);

    /// <summary>By what each component is provided on both clouds.</summary>
    public static IReadOnlyList<ProductChange> Products(MoveGraph graph, Plan target)
    {
        var (oldCloud, newCloud) = (CloudIndex.Of(graph.From), CloudIndex.Of(graph.To));
        var planned = target.Components.Where(component => component.Cloud == graph.To).ToLookup(component => component.Name);
        return
        [
            .. from component in graph.Everything
               let before = oldCloud.Find(component.Kind)?.Offer
               let after = newCloud.Find(component.Kind)?.Offer
               let built = planned[component.Name].FirstOrDefault(other => other.Kind == component.Kind)
               select new ProductChange(
                   component.Name,
                   component.Kind.Name,
                   (before?.Backing ?? Backing.None).Name(),
                   before?.Product ?? "nothing",
                   (built?.Backing ?? after?.Backing ?? Backing.None).Name(),
                   built?.RunsOn ?? after?.Product ?? "nothing",
                   built?.Product),
        ];
    }

    /// <summary>What of the new copies cannot be changed once they hold data: arguments, and inputs that are given.</summary>
    public static IReadOnlyList<FixedSetting> Fixed(MoveGraph graph, Plan target)
    {
        var resources = target.Resources.Where(resource => resource.Cloud == graph.To).ToLookup(resource => resource.Component);
        var settings = new List<FixedSetting>();
        foreach (var component in graph.Everything.Where(component => component.Kind.Lasts is not null))
        {
            var arguments = component.Kind.LastingArguments
                .Concat(component.Kind.FirstArguments)
                .Concat(component.Kind.RisingArguments.Select(argument => $"{argument} (may rise)"))
                .Distinct()
                .ToList();
            if (arguments.Count > 0) settings.Add(new(component.Name, "arguments", arguments));
            foreach (var type in resources[component.Name].GroupBy(resource => resource.Type))
            {
                if (FactTables.Of(type.Key) is not { } facts) continue;
                var lasting = type.Where(resource => facts.LastingWith(resource.Inputs) == Lasting.Data).ToList();
                var inputs = facts.Replaces
                    .Where(change => lasting.Exists(resource => IsGiven(resource.Inputs, change.Path)))
                    .Select(change => change.Note.Length == 0 ? change.Path : $"{change.Path} ({change.Note})")
                    .Distinct()
                    .ToList();
                if (inputs.Count > 0) settings.Add(new(component.Name, type.Key, inputs));
            }
        }

        return settings;
    }

    private static bool IsGiven(JsonElement inputs, string path)
    {
        foreach (var step in path.Split('.'))
        {
            var name = step.Split('[')[0];
            if (inputs.ValueKind == JsonValueKind.Array) inputs = inputs.GetArrayLength() > 0 ? inputs[0] : default;
            if (inputs.ValueKind != JsonValueKind.Object || !inputs.TryGetProperty(name, out inputs)) return false;
        }

        return inputs.ValueKind != JsonValueKind.Null;
    }

    // Relays admit known addresses only, and a given cluster says nothing of its own.
    private static void ReportEgress(MoveGraph graph, Findings findings)
    {
        if (Cloud.Kubernetes != graph.From && Cloud.Kubernetes != graph.To) return;
        if (graph.Blueprint.Settings.Accounts.Kubernetes is not { EgressAddresses.Count: 0 }) return;
        if (!graph.Moving.OfType<Consumer>().Any(consumer => consumer.Links.Any(link => graph.Moving.Contains(link.Target)))) return;
        findings.Report(
            Leaves,
            null,
            "infra:accounts.kubernetes.egressAddresses is missing, and what crosses between the clouds while the stack moves is let in by "
            + "address only; allowed: the addresses from which the cluster's pods reach the outside, as IPv4 CIDRs. Set it in the stack's "
            + "file.");
    }

    // A name that still leads to the old cloud proves nothing on the new one.
    private static void ReportCertificates(MoveGraph graph, Plan target, Findings findings)
    {
        foreach (var issuer in target.Resources.Where(resource => resource.Cloud == graph.To && IsProvedOverHttp(resource)))
        {
            if (issuer.Component is not { } name) continue;
            findings.Report(
                Proved,
                name,
                $"{graph.To.Name()} proves its names over HTTP, at the load balancer to which they lead: until traffic moves there, none "
                + "is issued, and HTTPS does not answer for the minutes after; allowed: an issuer that proves by DNS. Set "
                + $"infra:accounts.{graph.To.Name()}.clusterIssuer to one, or plan these minutes.");
        }
    }

    private static bool IsProvedOverHttp(PlannedResource resource) =>
        resource.Type.StartsWith("kubernetes:cert-manager.io/", StringComparison.Ordinal)
        && resource.TypeName is "Issuer" or "ClusterIssuer"
        && resource.Inputs.ToString().Contains("\"http01\"", StringComparison.Ordinal);

    private static void ReportData(MovedData data, Findings findings)
    {
        if (data.Way is null)
        {
            findings.Report(
                Carried,
                data.Component,
                $"It holds {data.Holds}, and nothing carries them between the two clouds: the new copy begins empty. Accept that, or copy "
                + "them while its writers are stopped, before it is activated.");
        }

        if (data.CopySeconds is not null && data.FinalSeconds is not null) return;
        if (data.Formulas.Count == 0)
        {
            findings.Report(
                Counted,
                data.Component,
                $"How many objects it holds is not known, so that nobody can say how long they take; allowed: a number. Set "
                + $"infra:figures.{data.Component}.objects in the stack's file, or give --figure {data.Component}.objects=<number>.");
            return;
        }

        findings.Report(
            Ends,
            data.Component,
            "By its figures, more is written than copied in the same time, so that copying never ends; allowed: a rate above what is "
            + "written. Correct the figures, copy more at once, or write less meanwhile.");
    }

    private static void ReportWeights(MoveGraph graph, Findings findings)
    {
        var zones = graph.Balancers
            .SelectMany(balancer => balancer.Args.AllCertificates)
            .Select(certificate => certificate.Args.Zone)
            .Distinct();
        foreach (var zone in zones.Where(zone => zone.Args.HasDomain && !HasWeights(zone, graph.Blueprint)))
        {
            findings.Report(
                Weighted,
                zone.Name,
                $"{(zone.Args.External ? "Whoever serves it" : graph.Blueprint.CloudOf(zone).Name())} gives names no weights here: "
                + "traffic of a host moves at once, for all users.");
        }
    }

    private static void ReportZones(MoveGraph graph, Findings findings)
    {
        foreach (var zone in graph.Blueprint.Standings.Select(standing => standing.Component).OfType<DnsZone>().Distinct())
        {
            if (graph.Blueprint.Settings.Placement.ContainsKey(zone.Name) || zone.Args.External) continue;
            var cloud = graph.Blueprint.CloudOf(zone).Name();
            var records = graph.Blueprint.Standings
                .Select(standing => standing.Component)
                .OfType<DnsRecord>()
                .Where(record => record.Args.Zone == zone)
                .Select(record => record.Name)
                .Distinct();
            findings.Report(
                Stays,
                zone.Name,
                $"It stays on {cloud} while the stack moves, and afterwards until its domain is delegated elsewhere. Set infra:placement: "
                + $"{{ {string.Join(", ", records.Prepend(zone.Name).Select(name => $"{name}: {cloud}"))} }} before the first wave: it "
                + "changes nothing.");
        }
    }

    // A gap with a rule is a finding of the plan where the stack asks for what is missing, and nothing to know where it does not.
    private static void ReportProvisions(MoveGraph graph, ICloud from, ICloud to, Findings findings)
    {
        foreach (var kind in graph.Everything.GroupBy(component => component.Kind))
        {
            var (before, after) = (from.Find(kind.Key), to.Find(kind.Key));
            if (before is null || after is null) continue;
            var components = kind.Select(component => component.Name).ToList();
            if (before.Offer.Backing == Backing.Native && after.Offer.Backing == Backing.InCluster)
            {
                findings.Report(
                    Operated,
                    Only(components),
                    $"{Named(components)}{before.Offer.Product} is operated by {graph.From.Name()}; on {graph.To.Name()} it is "
                    + $"{after.Offer.Product}, in a cluster, and yours to watch and upgrade.");
            }

            var known = before.Gaps.Select(gap => gap.Promise).ToHashSet();
            foreach (var gap in after.Gaps.Where(gap => gap.Rule is null && !known.Contains(gap.Promise)))
                findings.Report(Differs, Only(components), $"{Named(components)}{graph.To.Name()}: {gap.Remark}");
        }
    }

    private static string? Only(List<string> components) => components.Count == 1 ? components[0] : null;

    private static string Named(List<string> components) => components.Count == 1 ? "" : $"{string.Join(", ", components)}: ";
}
