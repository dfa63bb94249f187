using Infra.Plans;
using Infra.Tests.Testing;

namespace Infra.Tests.Mail;

public sealed class MailSenderOnAws() : MailSenderContract(new AwsFixture())
{
    protected override IEnumerable<string> Logins(Plan plan, string consumer) =>
        plan.Of(consumer).Where(resource => resource.TypeName == "AccessKey").Select(resource => resource.Name);
}

public sealed class MailSenderOnScaleway() : MailSenderContract(new ScalewayFixture())
{
    protected override string UsualPort => "2465";

    protected override string StartTlsPort => "2587";

    protected override IEnumerable<string> Logins(Plan plan, string consumer) =>
        plan.Of(consumer).Where(resource => resource.TypeName == "ApiKey").Select(resource => resource.Name);
}

public sealed class MailSenderOnGoogleCloud() : MailSenderContract(new GcpFixture())
{
    protected override bool HasLogins => false;
}

public sealed class MailSenderOnOvh() : MailSenderContract(new OvhFixture())
{
    protected override bool HasLogins => false;
}

public sealed class MailSenderOnKubernetes() : MailSenderContract(new KubernetesFixture())
{
    protected override bool HasLogins => false;
}
