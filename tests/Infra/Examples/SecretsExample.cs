using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;

namespace Infra.Tests.Examples;

/// <summary>The example on the page of components/Secrets.</summary>
internal sealed class SecretsExample : SystemDeclaration
{
    public override string Name => "example";

    public override void Declare(Model model)
    {
        // example: begin
        var sessionKey = model.Add(new Secret("session-key", new() { Length = 64, Alphabet = SecretAlphabet.Hexadecimal }));
        var smtpPassword = model.Add(new Secret("smtp-password"));
        model.Add(new ContainerService("shop", new()
        {
            Port = 8080,
            Environment = new()
            {
                ["SESSION_KEY"] = sessionKey,
                ["SMTP_URL"] = $"smtp://shop:{smtpPassword:url}@mail.example.org:587",
            },
        }));
        // example: end
    }
}
