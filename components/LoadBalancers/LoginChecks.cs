using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Components.LoadBalancers;

/// <summary>What a cloud lacks whose load balancers ask nobody for a name and a password.</summary>
internal static class LoginChecks
{
    private static readonly Rule Asked = Rule.Error("load-balancer-login", "Routes that ask for a password do so");

    /// <summary>The gap.</summary>
    /// <param name="remark">Why, as a sentence.</param>
    public static Gap Gap(string remark) => new("basic authentication", remark) { Rule = Asked };

    /// <summary>Refuses routes that ask for one: without, they would be open to everyone.</summary>
    /// <param name="gap">The cloud's gap.</param>
    /// <param name="balancer">The load balancer.</param>
    /// <param name="checks">Where findings go.</param>
    public static void Check(Gap gap, LoadBalancer balancer, CloudChecks checks)
    {
        if (balancer.Args.FullRoutes.FirstOrDefault(route => route.Login is not null) is not { } route) return;
        checks.Lacks(
            gap,
            balancer,
            $"Routes.Login is given for {route.Host}{route.Path}. {gap.Remark}",
            "Let the application ask, or say who may come by AllowedSources");
    }

    /// <summary>Refuses a password whose hash nobody here can know.</summary>
    public static void CheckPasswords(LoadBalancer balancer, CloudChecks checks)
    {
        foreach (var password in balancer.Args.Passwords.Where(password => password.Args.Source is ExistingSecret))
        {
            checks.Guard(balancer, Asked).Refuse(
                "Routes.Login.Password",
                $"'{password.Name}', which exists already and whose value nobody here knows",
                "secrets that are generated, or given by the stack file",
                $"Remove 'existing' from infra:secrets.{password.Name}");
        }
    }
}
