using Infra.Components.Clouds.Gcp;
using Infra.Components.Jobs;
using Infra.Components.Placements;
using Infra.Tests.Testing;
using Xunit;

namespace Infra.Tests.Jobs;

public sealed class GcpScheduledJobTests
{
    private static readonly ScheduledJobArgs Nightly = new() { Schedule = "0 3 * * *", Retries = 2 };

    [Fact]
    public void The_schedule_starts_the_job_by_an_account_of_its_own_that_may_do_nothing_else()
    {
        var plan = GcpPlans.Good(model => model.Add(new ScheduledJob("report", Nightly)));

        var schedule = plan.Only("gcp:cloudscheduler/job:Job");
        Assert.Equal("{report-schedule:Account.email}", schedule.Input("httpTarget.oauthToken.serviceAccountEmail"));
        Assert.EndsWith("/jobs/{report:gcp:cloudrunv2/job:Job.name}:run", schedule.Input("httpTarget.uri"), StringComparison.Ordinal);
        Assert.Equal("POST", schedule.Input("httpTarget.httpMethod"));

        var right = plan.Only("gcp:cloudrunv2/jobIamMember:JobIamMember");
        Assert.Equal(
            ("{report:gcp:cloudrunv2/job:Job.name}", "roles/run.invoker", "serviceAccount:{report-schedule:Account.email}"),
            (right.Input("name"), right.Input("role"), right.Input("member")));
        Assert.Contains(right.Urn, schedule.DependsOn);
        Assert.DoesNotContain(
            plan.Resources,
            resource => resource != right && (resource.Input("member") ?? "").Contains("report-schedule", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failed_attempt_is_repeated_and_a_schedule_that_ran_before_goes_on_when_it_is_no_longer_suspended()
    {
        var plan = GcpPlans.Good(model => model.Add(new ScheduledJob("report", Nightly)));

        Assert.Equal("2", plan.Only("gcp:cloudrunv2/job:Job", "report").Input("template.template.maxRetries"));
        Assert.Equal("False", plan.Only("gcp:cloudscheduler/job:Job").Input("paused"));
    }

    [Fact]
    public void The_API_of_schedules_is_enabled_where_there_is_one()
    {
        Assert.Contains(Apis(new ScheduledJob("report", Nightly)), api => api == "cloudscheduler.googleapis.com");
        Assert.DoesNotContain(Apis(new Job("report")), api => api == "cloudscheduler.googleapis.com");

        static IEnumerable<string?> Apis(Components.Systems.Component job) => GcpPlans.Good(model => model.Add(job))
            .OfType("gcp:projects/service:Service")
            .Select(api => api.Input("service"));
    }

    [Fact]
    public void A_schedule_stands_in_its_region_or_on_its_continent()
    {
        Assert.Equal("europe-west3", GcpSchedulerRegions.For("europe-west3"));
        Assert.Equal("europe-west1", GcpSchedulerRegions.For("europe-west9"));
        Assert.Equal("us-central1", GcpSchedulerRegions.For("us-south1"));
        Assert.Equal("europe-west1", GcpSchedulerRegions.For("africa-south1"));
        Assert.Equal("europe-west1", GcpSchedulerRegions.For(""));
        Assert.Equal(
            ["madrid", "milan", "paris"],
            Location.All
                .Where(location => location.Gcp is { } region && GcpSchedulerRegions.For(region) != region)
                .Select(location => location.Name)
                .Order(StringComparer.Ordinal));
    }
}
