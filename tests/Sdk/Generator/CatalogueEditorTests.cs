using Infra.Sdk.Cataloguing;
using Infra.Sdk.Generator.Model;
using Xunit;

namespace Infra.Tests.Sdk.Generator;

public sealed class CatalogueEditorTests
{
    private const string Surface = """
        provider acme 1.2.3 Pulumi.Acme
        resource acme:queue/queue:Queue Pulumi.Acme.Queue.Queue optional aliases=acme:index/queue:Queue
          out arn Arn Output<string>
          out key Key Output<string?> secret
          out policy Policy Output<Pulumi.Acme.Queue.Outputs.QueuePolicy?>
          out tier Tier Output<string>
        args Pulumi.Acme.Queue.QueueArgs
          in key Key Input<string> secret
          in! policy Policy Input<Pulumi.Acme.Queue.Inputs.QueuePolicyArgs>
          in tier Tier InputUnion<string,Pulumi.Acme.Queue.Tier>
        resource acme:queue/topic:Topic Pulumi.Acme.Queue.Topic
          out arn Arn Output<string>
        args Pulumi.Acme.Queue.TopicArgs
        args Pulumi.Acme.Queue.Inputs.QueuePolicyArgs
          in rules Rules InputList<Pulumi.Acme.Queue.Inputs.QueuePolicyRuleArgs>
        outtype Pulumi.Acme.Queue.Outputs.QueuePolicy
          out rules ImmutableArray<Pulumi.Acme.Queue.Outputs.QueuePolicyRule>
        args Pulumi.Acme.Queue.Inputs.QueuePolicyRuleArgs
          in allow AllowKind Input<bool>
        outtype Pulumi.Acme.Queue.Outputs.QueuePolicyRule
          out allow bool?
        enum Pulumi.Acme.Queue.Tier Slow=slow VeryFast=very fast
        """;

    private const string Empty = "provider acme 1.2.3 Pulumi.Acme\n";

    private const string WithQueue = """
        # Facts about Pulumi.Acme 1.2.3. The format, and how to add a type: sdk/README.md
        provider acme 1.2.3 Pulumi.Acme
        resource acme:queue/queue:Queue Queue.Queue optional aliases=acme:index/queue:Queue
          out arn string
          io key string? secret
          io policy Queue.QueuePolicy!?
          in tier string|Queue.Tier
          out tier string
        enum Queue.Tier
          Slow=slow
          VeryFast=very fast
        type Queue.QueuePolicy
          io rules [Queue.QueuePolicyRule]
        type Queue.QueuePolicyRule
          io allow=AllowKind bool?

        """;

    [Fact]
    public void A_resource_comes_with_everything_that_it_reaches() =>
        Assert.Equal(WithQueue, Add(Empty, Surface, "acme:queue/queue:Queue"));

    [Fact]
    public void Adding_again_changes_nothing() =>
        Assert.Equal(WithQueue, Add(WithQueue, Surface, "acme:queue/queue:Queue", "acme:queue/queue:Queue"));

    [Fact]
    public void What_is_there_already_stays_as_it_is()
    {
        var corrected = WithQueue.Replace("out arn string", "out arn string secret", StringComparison.Ordinal);

        var text = Add(corrected, Surface, "acme:queue/topic:Topic", "acme:queue/queue:Queue");

        Assert.Contains("out arn string secret", text, StringComparison.Ordinal);
        Assert.Contains("resource acme:queue/topic:Topic Queue.Topic\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_token_is_refused_with_the_ones_that_may_be_meant()
    {
        var refusal = Assert.Throws<CatalogueException>(() =>
            Add(Empty, Surface, "acme:queue/queue:Quue", "acme:queue/topic:Topic", "acme:mail/inbox:Inbox"));

        Assert.Equal(
            [
                "Pulumi.Acme has no resource type or function 'acme:queue/queue:Quue'. Did you mean acme:queue/queue:Queue?",
                "Pulumi.Acme has no resource type or function 'acme:mail/inbox:Inbox'.",
            ],
            refusal.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void A_surface_of_another_version_is_refused_where_it_would_be_mixed_in()
    {
        var other = Surface.Replace("1.2.3", "2.0.0", StringComparison.Ordinal);

        var refusal = Assert.Throws<CatalogueException>(() => Add(Empty, other, "acme:queue/topic:Topic"));

        Assert.Contains("The catalogue describes acme 1.2.3, the surface acme 2.0.0.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_update_describes_the_same_types_from_the_new_surface()
    {
        var newer = Surface.Replace("1.2.3", "2.0.0", StringComparison.Ordinal)
            .Replace("in! policy", "in policy", StringComparison.Ordinal);

        var text = CatalogueWriter.Write(CatalogueEditor.Update(Catalogue(WithQueue), SurfaceReader.Read(newer.Split('\n'))).Catalogue);

        Assert.Equal(
            WithQueue.Replace("1.2.3", "2.0.0", StringComparison.Ordinal)
                .Replace("QueuePolicy!?", "QueuePolicy?", StringComparison.Ordinal),
            text);
    }

    [Fact]
    public void An_update_from_a_surface_that_does_not_know_secrets_is_refused()
    {
        var facts = Surface.Split('\n').Skip(1);

        var refusal = Assert.Throws<CatalogueException>(() => CatalogueEditor.Update(Catalogue(WithQueue), SurfaceReader.Read(facts)));

        Assert.Contains("does not state which values are secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Omitted_types_and_the_properties_of_these_types_stay_out()
    {
        var text = Add(Empty + "omit Queue.QueuePolicyR\n", Surface, "acme:queue/queue:Queue");

        Assert.Contains("type Queue.QueuePolicy\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[Queue.QueuePolicyRule]", text, StringComparison.Ordinal);
        Assert.DoesNotContain("type Queue.QueuePolicyRule", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_type_that_the_surface_mentions_but_does_not_describe_is_refused()
    {
        var gap = Surface.Replace(
            "args Pulumi.Acme.Queue.Inputs.QueuePolicyArgs",
            "args Pulumi.Acme.Queue.Inputs.OtherArgs",
            StringComparison.Ordinal)
            .Replace(
                "outtype Pulumi.Acme.Queue.Outputs.QueuePolicy\n",
                "outtype Pulumi.Acme.Queue.Outputs.Other\n",
                StringComparison.Ordinal);

        var refusal = Assert.Throws<CatalogueException>(() => Add(Empty, gap, "acme:queue/queue:Queue"));

        Assert.Contains(
            "The surface mentions the type Queue.QueuePolicy, but describes neither",
            refusal.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_surface_that_cannot_be_read_is_named()
    {
        var refusal = Assert.Throws<FormatException>(() => SurfaceReader.Read(["provider acme 1.2.3 Pulumi.Acme", "  in size"]));

        Assert.Contains("line 2", refusal.Message, StringComparison.Ordinal);
    }

    private static string Add(string catalogue, string surface, params string[] tokens) =>
        CatalogueWriter.Write(CatalogueEditor.Add(Catalogue(catalogue), SurfaceReader.Read(surface.Split('\n')), tokens).Catalogue);

    private static Catalogue Catalogue(string text)
    {
        var (catalogue, errors) = CatalogueReader.Read(text);
        Assert.Empty(errors);
        return catalogue!;
    }
}
