using Infra.Components.Checks;
using Infra.Components.Placements;
using Infra.Components.Systems;

namespace Infra.Components.Clouds;

/// <summary>
/// Checks a blueprint against the clouds on which it stands: what they provide, what they refuse, and what does not stand where it must.
/// </summary>
internal static class SystemChecks
{
    private static readonly Rule Taken = Rule.Error("component-name-taken", "No component is called as what a stack has by itself");
    private static readonly Rule Place = Rule.Error("location", "The stack's place is a region of every cloud on which something stands");
    /// <summary>The stack file says to which account it deploys.</summary>
    internal static readonly Rule Account = Rule.Error("account-missing", "The stack file says to which account of each cloud it deploys");
    private static readonly Rule Provided = Rule.Error("component-unsupported", "Components stand on clouds that provide their kind");
    private static readonly Rule Ignored = Rule.Info("foundation-unsupported", "What is declared for every cloud exists on each of them");
    private static readonly Rule Together = Rule.Error("reference-cloud", "Components stand on the cloud of those that they refer to");
    private static readonly Rule Reachable =
        Rule.Error("link-unreachable", "Consumers stand on the cloud of what cannot be reached from another one");
    private static readonly Rule TweakRead = Rule.Error("tweak-unread", "Tweaks are read where they are set");
    private static readonly Rule TweakOnce = Rule.Error("tweak-twice", "A component has one tweak of a class");

    /// <summary>Reports everything.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="clouds">Every cloud.</param>
    /// <param name="findings">Where findings go.</param>
    public static void Check(Blueprint blueprint, IReadOnlyList<ICloud> clouds, Findings findings)
    {
        foreach (var cloud in clouds.Where(cloud => blueprint.Clouds.Contains(cloud.Cloud)))
            findings.Attempt(null, () => Check(cloud, new CloudChecks(cloud, clouds, blueprint, findings)));
    }

    private static void Check(ICloud cloud, CloudChecks checks)
    {
        CheckLocation(cloud.Cloud, checks);
        CheckAccount(cloud, checks);
        var standings = checks.Blueprint.On(cloud.Cloud);
        foreach (var standing in standings.Where(standing => cloud.Find(standing.Kind) is null)) Unsupported(standing.Component, checks);
        foreach (var foundation in checks.Model.Components.Where(component => component.Kind.IsFoundation))
        {
            if (cloud.Find(foundation.Kind) is null) Unneeded(foundation, checks);
            CheckTweaks(foundation, cloud, checks);
        }

        foreach (var standing in standings)
        {
            CheckTweaks(standing.Component, cloud, checks);
            CheckReferences(standing.Component, cloud, checks);
        }

        CheckReach(cloud, checks);
        CheckNames(cloud, checks);
        if (!cloud.CheckPlace(checks)) return;
        foreach (var provision in cloud.Provisions) checks.Findings.Attempt(null, () => provision.CheckAll(checks));
        foreach (var standing in standings)
            checks.Findings.Attempt(standing.Name, () => cloud.Find(standing.Kind)?.Check(standing.Component, checks));
    }

    // What nobody declares has a name all the same: outputs, tags and selectors would take the one for the other.
    private static void CheckNames(ICloud cloud, CloudChecks checks)
    {
        foreach (var provision in cloud.Provisions)
        {
            var names = provision.NamesOfItsOwn(checks).ToHashSet();
            foreach (var component in checks.Model.Components.Where(component => names.Contains(component.Name)))
            {
                checks.Report(
                    Taken,
                    component,
                    $"The name '{component.Name}' is that of the {provision.Kind} which the stack has on {checks.Cloud.Name()} by itself; "
                    + "allowed: other names. Rename it.");
            }
        }
    }

    private static void CheckLocation(Cloud cloud, CloudChecks checks)
    {
        if (checks.Region.Length > 0) return;
        var known = string.Join(
            ", ",
            Location.All.Where(location => location.RegionOn(cloud) is not null).Select(location => location.Name));
        checks.Report(
            Place,
            null,
            $"'{checks.Settings.Location.Name}' has no region of {cloud.Name()}; allowed: {known}. "
            + $"Change infra:location, or set infra:regions.{cloud.Name()}.");
    }

    private static void CheckAccount(ICloud cloud, CloudChecks checks)
    {
        if (checks.Settings.Hypothetical || cloud.HasAccount(checks.Settings.Accounts)) return;
        checks.Report(Account, null, AccountMissing(cloud, "but components of this stack stand on"));
    }

    /// <summary>What the stack file must say of the account of a cloud.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="why">Why it must, before the cloud's name.</param>
    internal static string AccountMissing(ICloud cloud, string why)
    {
        var name = cloud.Cloud.Name();
        return $"infra:accounts.{name}.{cloud.Account.Key} is missing, {why} {name}; allowed: {cloud.Account.Meaning}. Set it in the "
            + $"stack's file, or place nothing on {name}.";
    }

    private static void Unsupported(Component component, CloudChecks checks)
    {
        var alternatives = checks.Alternatives(component.Kind);
        checks.Report(
            Provided,
            component,
            $"{checks.Cloud.Name()} has no {component.Kind}; clouds that have: {(alternatives.Length == 0 ? "none" : alternatives)}. "
            + (alternatives.Length == 0
                ? $"Remove '{component.Name}'."
                : $"Set infra:placement.{component.Name} to one of them, or remove '{component.Name}'."));
    }

    private static void Unneeded(Component component, CloudChecks checks) => checks.Report(
        Ignored,
        component,
        $"{checks.Cloud.Name()} has no {component.Kind}, so that none is built there; clouds that have: "
        + $"{checks.Alternatives(component.Kind)}.");

    // What the model does not hold, and what stands on every cloud, is reported elsewhere.
    private static void CheckReferences(Component component, ICloud cloud, CloudChecks checks)
    {
        foreach (var reference in component.References.Distinct())
        {
            var copies = checks.Blueprint.CopiesOf(reference).ToList();
            if (copies.Count == 0
                || copies.Exists(copy => copy.Cloud == cloud.Cloud)
                || cloud.Find(component.Kind)?.StandsWith(component, reference) != true)
            {
                continue;
            }

            checks.Report(
                Together,
                component,
                $"It stands on {cloud.Cloud.Name()} and refers to '{reference.Name}' on {copies[0].Cloud.Name()}; allowed: "
                + $"{cloud.Cloud.Name()}. Place both on the same cloud with infra:placement.");
        }
    }

    private static void CheckReach(ICloud cloud, CloudChecks checks)
    {
        foreach (var link in checks.Blueprint.LinksInto(cloud.Cloud))
        {
            var (consumer, target) = (link.Consumer, link.Target);
            if (cloud.Find(target.Kind) is null || cloud.ReachOf(target.Component) != Reach.None) continue;
            if (target.Kind.IntentsOn(target.Component).Count == 0) continue;
            checks.Report(
                Reachable,
                consumer.Component,
                $"It stands on {consumer.Cloud.Name()} and uses '{target.Name}' on {cloud.Cloud.Name()}, and no other cloud reaches a "
                + $"{target.Kind}; allowed: {cloud.Cloud.Name()}. Place both on the same cloud with infra:placement, or let something "
                + $"beside '{target.Name}' pass on what '{consumer.Name}' needs, by a call or a queue.");
        }
    }

    // Tweaks of other clouds are ignored, but for those that this one reads, too.
    private static void CheckTweaks(Component component, ICloud cloud, CloudChecks checks)
    {
        foreach (var tweaks in component.Arguments.Tweaks.GroupBy(tweak => tweak.GetType()))
        {
            var (name, count) = (tweaks.Key.Name, tweaks.Count());
            var readers = cloud.Provisions
                .Where(provision => provision.Tweaks.Contains(tweaks.Key))
                .Select(provision => provision.Kind)
                .ToList();
            if (readers.Count == 0)
            {
                if (tweaks.First().Cloud != cloud.Cloud) continue;
                var read = cloud.Provisions
                    .SelectMany(provision => provision.Tweaks)
                    .Select(type => type.Name)
                    .Distinct()
                    .Order(StringComparer.Ordinal);
                checks.Report(
                    TweakRead,
                    component,
                    $"Nothing on {cloud.Cloud.Name()} reads {name}; allowed: {string.Join(", ", read)}. Remove the tweak.");
                continue;
            }

            if (!readers.Contains(component.Kind))
            {
                checks.Report(
                    TweakRead,
                    component,
                    $"{name} is read by {string.Join(", ", readers)}; this is a {component.Kind}. Move the tweak or remove it.");
            }

            if (count > 1) checks.Report(TweakOnce, component, $"It has {count} tweaks of class {name}; allowed: one. Merge them.");
        }
    }
}
