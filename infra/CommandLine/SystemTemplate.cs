using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.CommandLine;

/// <summary>What a new system begins with: a class that plans on every cloud, and its stack files. README.md shows the same.</summary>
internal static class SystemTemplate
{
    // No image has it: nobody deploys what the template says by mistake.
    private const string NoDigest = "sha256:0000000000000000000000000000000000000000000000000000000000000000";

    /// <summary>The class.</summary>
    /// <param name="className">Its name, such as <c>PhotoShop</c>.</param>
    /// <param name="system">The system's name, such as <c>photo-shop</c>.</param>
    public static string Class(string className, string system) =>
        $$"""
        namespace Infra.Stacks;

        public sealed class {{className}} : SystemDeclaration
        {
            public override string Name => "{{system}}";

            public override void Declare(Model model)
            {
                var database = model.Add(new ManagedDatabase("database", new() { Engine = DatabaseEngine.PostgreSql, Size = Size.Medium }));
                var zone = model.Add(new DnsZone("zone"));
                var web = model.Add(new ContainerService("web", new() { Port = 8080 })).Writes(database);
                var certificate = model.Add(new Certificate("certificate", new() { Hosts = ["@"], Zone = zone }));
                model.Add(new LoadBalancer("edge", new() { Certificate = certificate, Routes = [new(web, "@")] }));
            }
        }

        """;

    /// <summary>The stack file of an environment.</summary>
    /// <param name="system">The system's name.</param>
    /// <param name="environment">Production or staging.</param>
    public static string Stack(string system, EnvironmentKind environment)
    {
        var isProduction = environment == EnvironmentKind.Production;
        var name = EnvironmentProfile.Of(environment).Name;
        var domain = $"{(isProduction ? "" : "staging.")}{system}.example";
        var image = $"registry.{system}.example/web{(isProduction ? $"@{NoDigest}" : ":1")}";
        return
            $$"""
            config:
              infra:system: {{system}}
              infra:environment: {{name}}     # decides high availability, backups, protection and the largest sizes
              infra:cloud: aws
              infra:location: paris
              infra:owner: platform@{{system}}.example
              infra:domain: {{domain}}        # hosts of routes, certificates and records are relative to it
              infra:accounts: { aws: { accountId: "111122223333" } }
              infra:images: { web: {{image}} }

            """;
    }
}
