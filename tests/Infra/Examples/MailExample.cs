using Infra.Components.Dns;
using Infra.Components.Mail;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Mail.</summary>
internal sealed class MailExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var mail = model.Add(new MailSender("mail", new() { Zone = model.Add(new DnsZone("zone")) }));
        model.Add(new ContainerService("shop", new() { Port = 8080 }))
            .Calls(mail, variables: new()
            {
                ["SMTP_ADDRESS"] = "{HOST}",
                ["SMTP_PORT"] = "{PORT}",
                ["SMTP_LOGIN"] = "{USERNAME}",
                ["SMTP_PASSWORD"] = "{PASSWORD}",
                ["SMTP_FROM_ADDRESS"] = "{FROM}",
            });
        // example: end
    }
}
