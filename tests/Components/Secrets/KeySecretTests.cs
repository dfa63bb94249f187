using System.Buffers.Text;
using System.Security.Cryptography;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Secrets;

/// <summary>Secrets that are private keys, and what texts have of them.</summary>
public sealed class KeySecretTests
{
    private const string Key = "tls:index/privateKey:PrivateKey";

    public static TheoryData<Cloud> Clouds => [.. Fixtures.Clouds];

    [Theory]
    [MemberData(nameof(Clouds))]
    public void A_key_is_made_once_and_its_halves_are_kept_where_the_container_reads_them(Cloud cloud)
    {
        var fixture = Fixtures.Of(cloud);
        var plan = fixture.PlanWithoutErrors(model =>
        {
            var push = model.Add(new Secret("push-key", new() { Form = SecretForm.P256Key }));
            var signing = model.Add(new Secret("signing-key", new() { Form = SecretForm.RsaKey }));
            model.Add(new ContainerService("shop", new()
            {
                Environment = new()
                {
                    ["PUSH_PRIVATE"] = $"{push:vapid-private}",
                    ["PUSH_PUBLIC"] = $"{push:vapid-public}",
                    ["SIGNING"] = signing,
                    ["SIGNING_PUBLIC"] = $"{signing:public}",
                },
            }));
        });

        Assert.Equal(("ECDSA", "P256"), (plan.Only(Key, "push-key").Input("algorithm"), plan.Only(Key, "push-key").Input("ecdsaCurve")));
        Assert.Equal(("RSA", "3072"), (plan.Only(Key, "signing-key").Input("algorithm"), plan.Only(Key, "signing-key").Input("rsaBits")));
        Assert.All(plan.OfType(Key).Where(key => key.Name is "push-key" or "signing-key"), key => Assert.True(key.Protect));
        Assert.All(fixture.VariablesOf(plan, "shop").Values, variable => Assert.True(variable.IsSecret));
    }

    [Fact]
    public void Another_day_is_another_key() => Assert.Equal(
        ["push-key", "push-key-2026-11-20"],
        AwsPlans.Of(model => model.Add(new Secret("push-key", new() { Form = SecretForm.P256Key, RotatedOn = new(2026, 11, 20) })))
            .OfType(Key)
            .Select(key => key.Name));

    [Fact]
    public void The_halves_for_Web_Push_are_those_of_the_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var (parameters, pem) = (key.ExportParameters(includePrivateParameters: true), key.ExportPkcs8PrivateKeyPem());

        var point = Base64Url.DecodeFromChars(Text.Write(pem, TextFormat.VapidPublic));

        Assert.Equal(parameters.D, Base64Url.DecodeFromChars(Text.Write(pem, TextFormat.VapidPrivate)));
        Assert.Equal([4, .. parameters.Q.X!, .. parameters.Q.Y!], point);
        Assert.Equal(key.ExportSubjectPublicKeyInfoPem(), Text.Write(pem, TextFormat.Public));
    }

    [Fact]
    public void The_public_half_of_an_RSA_key_verifies_what_the_key_signs()
    {
        using var key = RSA.Create(2048);
        using var half = RSA.Create();
        half.ImportFromPem(Text.Write(key.ExportPkcs8PrivateKeyPem(), TextFormat.Public));

        byte[] data = [1, 2, 3];
        var signature = key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        Assert.True(half.VerifyData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.DoesNotContain("PRIVATE", half.ExportSubjectPublicKeyInfoPem(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_key_has_no_halves()
    {
        var errors = AwsPlans.Try(model =>
        {
            var (password, signing) = (new Secret("password"), new Secret("signing-key", new() { Form = SecretForm.RsaKey }));
            model.Add(password);
            model.Add(signing);
            model.Add(new ContainerService("shop", new()
            {
                Environment = new() { ["A"] = $"{password:public}", ["B"] = $"{signing:vapid-public}", ["C"] = $"{signing:public}" },
            }));
        }).Errors().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(2, errors.Length);
        Assert.All(errors, error => Assert.StartsWith("secret-key-half", error, StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("generated as Characters; allowed: a generated secret", StringComparison.Ordinal));
        Assert.Contains(errors, error => error.Contains("of the form P256Key. Set Form", StringComparison.Ordinal));
    }
}
