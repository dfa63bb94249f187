using Infra.Components.Externals;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Externals.</summary>
internal sealed class ExternalsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var mail = model.Add(new External("mail", new() { Host = "smtp.relay.example", Port = 2465, Scheme = "smtps" }));
        var cellar = model.Add(new External("cellar", new()
        {
            Host = "10.200.0.7",
            Port = 1433,
            Scheme = "sqlserver",
            Addresses = ["10.200.0.7/32"],
        }));
        model.Add(new ContainerService("shop", new() { Port = 8080 }))
            .Calls(mail, variables: new() { ["SMTP_ADDRESS"] = "{HOST}", ["SMTP_PORT"] = "{PORT}" })
            .Calls(cellar);
        // example: end
    }
}
