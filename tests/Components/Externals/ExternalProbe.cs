using Infra.Components.Externals;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;

namespace Infra.Tests.Externals;

internal sealed class ExternalProbe : KindProbe
{
    public override ComponentKind Kind => ExternalKind.Instance;

    public override IReadOnlyDictionary<string, object> OtherValues { get; } = new Dictionary<string, object>
    {
        ["Host"] = "elsewhere.example.org",
        ["Scheme"] = "smtps",
        ["Path"] = "/v2",
        ["CertificateAuthority"] = "-----BEGIN CERTIFICATE-----\nMII\n-----END CERTIFICATE-----\n",
        ["Addresses"] = new List<string> { "192.168.7.0/24" },
    };

    public override Component Create(Model model, string name) => new External(name, new() { Host = "api.example.org" });

    public override void Surround(Model model, Component component) => model.Add(new ContainerService("caller")).Calls(component);
}
