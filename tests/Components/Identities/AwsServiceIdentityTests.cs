using Infra.Components.Checks;
using Infra.Components.Databases;
using Infra.Components.Jobs;
using Infra.Components.Services;
using Infra.Components.Systems;
using Infra.Plans;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Identities;

public sealed class AwsServiceIdentityTests
{
    [Fact]
    public void Only_tasks_of_the_stacks_own_account_take_its_roles()
    {
        foreach (var role in new[] { "shop-execution", "orders-grants" })
        {
            var trust = Plan().Only("aws:iam/role:Role", role).JsonInput("assumeRolePolicy")!.Value;
            Assert.Equal("ecs-tasks.amazonaws.com", trust.At("Statement[0].Principal.Service"));
            Assert.Equal(
                TestSettings.AccountId,
                trust.GetProperty("Statement")[0]
                    .GetProperty("Condition")
                    .GetProperty("StringEquals")
                    .GetProperty("aws:SourceAccount")
                    .GetString());
        }
    }

    [Fact]
    public void The_role_that_starts_containers_reads_exactly_their_secrets()
    {
        var plan = Plan();

        Assert.Contains(
            "Allow secretsmanager:GetSecretValue on {shop:Secret.arn}",
            plan.Only("aws:iam/rolePolicy:RolePolicy", "shop-execution").Statements());
        Assert.DoesNotContain(
            plan.Only("aws:iam/rolePolicy:RolePolicy", "stranger-execution").Statements(),
            statement => statement.Contains("secretsmanager", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(EnvironmentKind.Production, "30")]
    [InlineData(EnvironmentKind.Preview, "0")]
    public void A_deleted_secret_comes_back_in_production_and_is_gone_at_once_elsewhere(EnvironmentKind environment, string days)
    {
        var secrets = AwsPlans.Of(Declare, environment).OfType("aws:secretsmanager/secret:Secret");

        Assert.All(secrets, secret => Assert.Equal((days, null), (secret.Input("recoveryWindowInDays"), secret.Input("name"))));
    }

    [Fact]
    public void Containers_that_may_do_nothing_have_no_role() => Assert.DoesNotContain(
        Plan().OfType("aws:iam/role:Role"),
        role => role.Name is "shop" or "stranger" or "schema");

    [Fact]
    public void The_job_runner_passes_roles_of_jobs_only_and_runs_their_families_only()
    {
        var plan = Plan();

        var statements = plan.Only("aws:iam/rolePolicy:RolePolicy", "runtime-jobs").Statements();
        Assert.Contains("Allow ecs:RunTask on arn:aws:ecs:eu-west-3:111122223333:task-definition/sample-production_job_*:*", statements);
        Assert.Contains("Allow iam:PassRole on arn:aws:iam::111122223333:role/sample-production/jobs/*", statements);
        Assert.Equal("/sample-production/jobs/", plan.Only("aws:iam/role:Role", "schema-execution").Input("path"));
        Assert.Equal("/sample-production/jobs/", plan.Only("aws:iam/role:Role", "orders-grants").Input("path"));
        Assert.Equal("/sample-production/", plan.Only("aws:iam/role:Role", "shop-execution").Input("path"));
        Assert.All(
            plan.OfType("aws:ecs/taskDefinition:TaskDefinition"),
            task => Assert.Equal(
                task.Name is "schema" or "orders-grants",
                task.Input("family")!.StartsWith("sample-production_job_", StringComparison.Ordinal)));
    }

    private static Plan Plan() => AwsPlans.Of(Declare);

    private static void Declare(Model model)
    {
        var orders = model.Add(new ManagedDatabase("orders"));
        model.Add(new ContainerService("shop", new() { Port = 8080 })).Writes(orders);
        model.Add(new ContainerService("stranger"));
        model.Add(new Job("schema")).Writes(orders);
    }
}
