using Infra.Components.Checks;
using Infra.Components.Secrets;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Rehearsals;
using Infra.Tests.Testing;
using System.Text.Json.Nodes;
using Xunit;

namespace Infra.Tests.Checks;

public sealed class PlainSecretTests
{
    // Written in parts, so that whoever looks for secrets in the sources finds none.
    public static TheoryData<string, string> Secrets => new()
    {
        { "AWS_ACCESS_KEY_ID", "AKIA" + "QYLPMN5HHHFPZAM2" },
        { "ANYTHING", "ghp_" + "x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps2Ua4e" },
        { "ANYTHING", "glpat-" + "x8Kq2Lm9Vz4Rt7Yw1Bn6" },
        { "STRIPE", "sk_live_" + "x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3F" },
        { "HOOK", "xoxb-" + "2345678901-2345678901234-x8Kq2Lm9Vz4Rt7Yw" },
        { "HOOK", "https://hooks.slack.com/services/" + "T01ABCDEF/B01ABCDEF/x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3F" },
        { "CERTIFICATE", "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIE" },
        { "CERTIFICATE", "-----BEGIN " + "PRIVATE KEY-----\\nMIIE" },
        { "SERVICE_ROLE_KEY", "eyJhbGciOiJIUzI1NiJ9" + ".eyJyb2xlIjoiYW5vbiJ9.x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps2" },
        { "DATABASE_URL", "postgres://shop:" + "hunter2@db.example.org/shop" },
        { "CELERY_BROKER", "redis://:" + "hunter2@cache:6379/0" },
        { "JDBC_URL", "jdbc:postgresql://db.example.org/shop?user=shop&password=" + "hunter2" },
        { "ConnectionStrings__Catalog", "Server=db;User Id=sa;Password=" + "Pass@word" },
        { "GOOGLE_API_KEY", "AIza" + "SyB3x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps" },
        { "SECRET_KEY_BASE", "1f0c9ab2d7e84c5f" + "a3b6d9e2c7f10845" },
        { "Jwt__Key", "q8Zr3Lw7Xp" + "2Vn6Ky4Tb9Mf1Hs" },
        { "N8N_ENCRYPTION_KEY", "x8Kq2Lm9Vz4Rt7Y" + "w1Bn6Cd3Fg5Hj0Ps2" },
        { "SMTP_PASSWORD", "Tr0ub4dor" + "And3Kl" },
        { "oauthClientSecret", "GOCSPX" + "x8Kq2Lm9Vz4Rt7Yw1Bn6" },
    };

    public static TheoryData<string, string> Others => new()
    {
        { "USE_TOKEN", "true" },
        { "TLS_KEY", "/etc/tls/private/server.key" },
        { "PRIVATE_KEY", "file:///run/secrets/key" },
        { "KEY_ID", "main" },
        { "SIGNING_KEY", "KEY_ID=main" },
        { "CLIENT_SECRET", "0e2a4f6c-8b1d-4e3f-9a5b-7c6d5e4f3a2b" },
        { "TENANT_ID", "0e2a4f6c-8b1d-4e3f-9a5b-7c6d5e4f3a2b" },
        { "COMMIT", "6376da6faca225cc04507dcfc04160bfc64f423455" },
        { "IMAGE", "registry.example.org/shop@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef" },
        { "VAPID_PUBLIC_KEY", "BJk3x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps2Ua4eW7" },
        { "RECAPTCHA_SITE_KEY", "6Lcx8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps2Ua4eW" },
        { "STRIPE_PUBLISHABLE_KEY", "pk_live_x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3F" },
        { "NEXT_PUBLIC_MAPS_KEY", "AIza" + "SyB3x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps" },
        { "SUPABASE_ANON_KEY", "eyJhbGciOiJIUzI1NiJ9" + ".eyJyb2xlIjoiYW5vbiJ9.x8Kq2Lm9Vz4Rt7Yw1Bn6Cd3Fg5Hj0Ps2" },
        { "JWT_TOKEN_SIGNING_KEY", "thingsboardDefaultSigningKey" },
        { "JDBC_URL", "jdbc:postgresql://db.example.org/shop?sslmode=verify-full&password={orders.PASSWORD:url}" },
        { "ConnectionStrings__Catalog", "Server=db;Database=catalog;Password=" },
        { "ROUTING_KEY", "orders.created.v2" },
        { "CACHE_KEY", "shop-eu-west-3-production-2026" },
        { "KMS_KEY", "arn:aws:kms:eu-west-3:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab" },
        { "TOKEN_ENDPOINT", "https://login.example.org/oauth2/token" },
        { "POSTGRES_PASSWORD", "" },
        { "DB_PASSWORD", "password" },
        { "DATABASE_URL", "postgres://db.example.org:5432/shop" },
        { "DATABASE_URL", "postgres://${USER}:${PASSWORD}@db.example.org/shop" },
        { "DATABASE_URL", "postgres://shop:<password>@db.example.org/shop" },
        { "MAIL_FROM", "Shop <shop@example.org>" },
        { "ALLOWED", "https://a.example.org:8443,https://b@c.example.org" },
        { "DOCUMENTED", "AKIAIOSFODNN7EXAMPLE" },
        { "AUTHENTICATION_TOKEN", "{auth.VALUE}" },
        { "SORT_KEY", "created_at" },
        { "JAVA_OPTS", "-Xmx512m -Dkey=value" },
    };

    [Theory]
    [MemberData(nameof(Secrets))]
    public void What_looks_like_a_secret_is_seen(string name, string text) => Assert.NotNull(PlainSecret.In(name, text));

    [Theory]
    [MemberData(nameof(Others))]
    public void What_does_not_alarms_nobody(string name, string text) => Assert.Null(PlainSecret.In(name, text));

    [Theory]
    [InlineData(EnvironmentKind.Production, Severity.Warning)]
    [InlineData(EnvironmentKind.Staging, Severity.Info)]
    public void A_variable_that_looks_like_a_secret_is_told_without_its_value(EnvironmentKind environment, Severity severity)
    {
        const string Value = "q8Zr3Lw7Xp2Vn6Ky4Tb9Mf1Hs";
        var system = TestSystems.Declare(model =>
        {
            var other = model.Add(new Secret("other"));
            model.Add(new ContainerService("declared", new() { Environment = new() { ["API_KEY"] = Value, ["GOOD_KEY"] = other } }));
            model.Add(new ContainerService("linked")).Reads(other, variables: new() { ["API_TOKEN"] = Value });
            model.Add(new ContainerService("laid"));
            IReadOnlyList<string> words = ["--url", "redis://:" + "hunter2@cache:6379"];
            model.Add(new ContainerService("started", new() { Command = words }));
            model.Add(new ContainerService("begun", new() { EntryPoint = words }));
            model.Add(new ContainerService("asked", new() { HealthCheck = new() { Command = words } }));
        });
        var laid = new JsonObject { ["environment"] = new JsonObject { ["MAIL_PASSWORD"] = Value } };
        var settings = TestSettings.For(Cloud.Kubernetes, environment, system) with
        {
            Components = new Dictionary<string, JsonObject> { ["laid"] = laid },
        };

        var findings = Rehearsal.Run(system, settings).WithoutErrors().Findings.Where(finding => finding.Rule.Id == "text-secret").ToList();

        Assert.Equal(["asked", "begun", "declared", "laid", "linked", "started"], findings.Select(finding => finding.Component).Order());
        Assert.All(findings, finding =>
        {
            Assert.Equal(severity, finding.Severity);
            Assert.True(finding.Rule.CanBeWaived);
            Assert.DoesNotContain(Value, finding.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_text_that_is_composed_of_keys_alarms_nobody()
    {
        var plan = AwsPlans.Try(model =>
        {
            var orders = model.Add(new Components.Databases.ManagedDatabase("orders"));
            var password = model.Add(new Secret("mail-password"));
            model.Add(new ContainerService("shop", new() { Environment = new() { ["MAIL"] = $"smtp://shop:{password:url}@mail" } }))
                .Writes(orders, variables: new() { ["DATABASE_URL"] = "postgres://{USERNAME}:{PASSWORD:url}@{HOST}/{DATABASE}" });
        }).WithoutErrors();

        Assert.DoesNotContain(plan.Findings, finding => finding.Rule.Id == "text-secret");
    }
}
