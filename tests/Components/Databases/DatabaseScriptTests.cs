using Infra.Components.Databases;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Databases;

/// <summary>What the clients of databases are told, by running the scripts as a cluster would with clients that write it down.</summary>
public sealed class DatabaseScriptTests
{
    private const string Job = "kubernetes:batch/v1:Job";

    public static TheoryData<Cloud> Clusters => [Cloud.Kubernetes, Cloud.Scaleway, Cloud.Ovh];

    [Theory]
    [MemberData(nameof(Clusters))]
    public void PostgreSQL_gets_the_statements_that_were_meant(Cloud cloud)
    {
        var grant = Grant(cloud, "shop", Intent.Write);
        var job = Plan(cloud, DatabaseEngine.PostgreSql).Only(Job, "orders-grants");

        Assert.Equal(DatabaseGrant.CommandOf([grant]), Kubelet.CommandOf(job));
        var call = Kubelet.Run(job, "psql");
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Assert.Equal(grant.Command[3].Split("<<'SQL'\n")[1].Split("\nSQL\n")[0], call.Input);
        Assert.Contains("PGDATABASE=app", call.Environment);
        Assert.Contains(call.Environment, variable => variable.StartsWith("PGPASSWORD=secret-", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void MySQL_gets_the_password_that_the_login_has(Cloud cloud)
    {
        if (Plan(cloud, DatabaseEngine.MySql).OfType(Job).SingleOrDefault(job => job.Name == "orders-grants") is not { } job)
        {
            // Scaleway has an API for logins of MySQL.
            Assert.Equal(Cloud.Scaleway, cloud);
            return;
        }

        var call = Kubelet.Run(job, "mysql");
        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Assert.Contains(
            "ALTER USER 'shop_login'@'%' IDENTIFIED BY 'secret-SHOP_LOGIN_PASSWORD' REQUIRE SSL;",
            call.Input,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Clusters))]
    public void One_job_sets_up_the_logins_of_all_consumers_each_with_a_password_of_its_own(Cloud cloud)
    {
        var plan = Fixtures.Of(cloud).PlanWithoutErrors(model =>
        {
            var orders = model.Add(new ManagedDatabase("orders"));
            model.Add(new ContainerService("shop")).Writes(orders);
            model.Add(new ContainerService("report")).Reads(orders);
        });

        var job = plan.OfType(Job).Single(job => job.Name.StartsWith("orders-grant", StringComparison.Ordinal));
        Assert.Equal(
            DatabaseGrant.CommandOf([Grant(cloud, "report", Intent.Read), Grant(cloud, "shop", Intent.Write)]),
            Kubelet.CommandOf(job));
        Assert.Equal(
            ["REPORT_LOGIN_PASSWORD", "SHOP_LOGIN_PASSWORD"],
            Kubelet.EnvironmentOf(job).Keys.Where(name => name.EndsWith("LOGIN_PASSWORD", StringComparison.Ordinal)).Order());
        Assert.All(
            ["shop", "report"],
            consumer => Assert.Contains(job.Urn, plan.Only("kubernetes:apps/v1:Deployment", consumer).DependsOn));
    }

    [Fact]
    public void The_database_of_a_MySQL_server_is_created_over_TLS()
    {
        var call = Kubelet.Run(Plan(Cloud.Kubernetes, DatabaseEngine.MySql).Only(Job, "orders-create"), "mysql");

        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Assert.Contains("--ssl-mode=VERIFY_IDENTITY", call.Arguments);
        Assert.Contains(call.Arguments, argument => argument.Contains("CREATE DATABASE IF NOT EXISTS", StringComparison.Ordinal));
    }

    [Fact]
    public void A_dump_goes_to_a_folder_of_its_time_in_the_bucket_that_the_stack_file_names()
    {
        var call = Kubelet.Run(Plan(Cloud.Kubernetes, DatabaseEngine.MySql).Only("kubernetes:batch/v1:CronJob", "orders-dump"), "mysqlsh");

        Assert.Equal((0, ""), (call.ExitCode, call.Errors));
        Assert.Equal("secret-backupPassword", call.Input);
        Assert.Contains("--user=secret-backupUsername", call.Arguments);
        Assert.Contains("--s3BucketName=backups", call.Arguments);
        Assert.Contains(
            call.Arguments,
            argument => argument.StartsWith("sample/sample-production/orders/2", StringComparison.Ordinal)
                && argument.EndsWith('Z'));
        Assert.DoesNotContain(call.Arguments, argument => argument.StartsWith("--s3EndpointOverride", StringComparison.Ordinal));
        Assert.Contains("AWS_ACCESS_KEY_ID=secret-ACCESS_KEY_ID", call.Environment);
        Assert.Contains("AWS_SECRET_ACCESS_KEY=secret-ACCESS_SECRET_KEY", call.Environment);
        Assert.DoesNotContain(call.Arguments, argument => argument.Contains("secret-backupPassword", StringComparison.Ordinal));
    }

    // Nobody knows which names a certificate of OVHcloud has.
    private static DatabaseGrant Grant(Cloud cloud, string consumer, Intent intent) =>
        new(DatabaseEngine.PostgreSql, "17", "app", consumer, intent) { VerifiesName = cloud != Cloud.Ovh };

    private static Plan Plan(Cloud cloud, DatabaseEngine engine) => Fixtures.Of(cloud).PlanWithoutErrors(model =>
        model.Add(new ContainerService("shop")).Writes(model.Add(new ManagedDatabase("orders", new() { Engine = engine }))));
}
