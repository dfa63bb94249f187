using System.Text.RegularExpressions;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Aws;
using Infra.Components.Jobs.Aws;
using Infra.Components.Networks;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;

namespace Infra.Components.Search.Aws;

/// <summary>Search engines on AWS: domains of Amazon OpenSearch Service.</summary>
internal sealed partial class AwsSearchEngines()
    : Provision<SearchEngine, AwsContext>(SearchEngineKind.Instance, new(Backing.Native, "Amazon OpenSearch Service"))
{
    private static readonly Rule Arguments = Rule.Error("aws-search-engine-arguments", "Amazon OpenSearch Service accepts the arguments");
    private static readonly Rule Zones = Rule.Error("aws-search-engine-zones", "Three servers of a search engine stand in three zones");

    private static readonly Rule ServiceRole = Rule.Info(
        "aws-search-engine-service-role",
        "The account lets Amazon OpenSearch Service into networks");

    private static readonly Rule Credits = Rule.Info("aws-search-engine-credits", "A search engine's processor needs no credits");

    private static readonly Gap Bursts = new("steady processor", "Nano and small ones run on the credits of t3.") { Rule = Credits };

    /// <inheritdoc/>
    public override IReadOnlyList<Gap> Gaps { get; } =
    [
        Bursts,
        new("rotation of the administrator", "Its administrator keeps the password that it was made with."),
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Type> Tweaks { get; } = [typeof(AwsSearchEngineTweak)];

    /// <inheritdoc/>
    protected override IEnumerable<ComponentKind> Beside(SearchEngine component) => [PrivateNetworkKind.Instance];

    /// <inheritdoc/>
    protected override void Check(SearchEngine component, CloudChecks checks)
    {
        var args = component.Args;
        var tweak = args.Tweak<AwsSearchEngineTweak>() ?? new();
        var guard = checks.Guard(component, Arguments);

        // The range that every cloud takes has a type for each of its volumes.
        var type = tweak.InstanceType ?? AwsSearchEngineProducts.TypeOf(args);
        if (tweak.InstanceType is { } asked)
        {
            guard.Matches("AwsSearchEngineTweak.InstanceType", asked, InstanceType(), "an instance type such as r7g.large.search");
            if (!AwsSearchEngineProducts.All.Contains(asked))
            {
                UnprovenProducts.ReportUnknown(
                    component,
                    $"instance type {asked}",
                    checks.Region,
                    "Name another one by AwsSearchEngineTweak.InstanceType",
                    checks);
            }
        }

        if (type is not null && AwsSearchEngineProducts.RunsOnCredits(type))
        {
            checks.Lacks(
                Bursts,
                component,
                $"Size is {args.Size}, which is a {type}: its processor slows down when its credits are used up.",
                "Raise Size to Medium where it works all day");
        }

        if (args.HighAvailability && checks.Model.Find<PrivateNetwork>() is { Args.Zones: < 3 } network)
        {
            checks.Report(
                Zones,
                component,
                $"HighAvailability is true, and the network's Zones is {network.Args.Zones}: Amazon OpenSearch Service spreads three "
                + "servers over three zones and no fewer; allowed: 3. Change Zones, or set HighAvailability to false.");
        }

        checks.Report(
            ServiceRole,
            component,
            "Amazon OpenSearch Service enters a network by the role AWSServiceRoleForAmazonOpenSearchService, which an account has once. "
            + "Where it never had a domain in a network, make it before the first update: aws iam create-service-linked-role "
            + "--aws-service-name opensearchservice.amazonaws.com.");

        AwsRestAdministration.CheckImage(component, "AwsSearchEngineTweak.ClientImage", tweak.ClientImage, Arguments, checks);
        AwsGroupRules.CheckConsumers(component, checks);
    }

    /// <inheritdoc/>
    protected override PlacedComponent Build(SearchEngine component, AwsContext context) =>
        new AwsSearchEngine(component, context.Get<AwsPrivateNetwork>(), context.Find<AwsRuntime>(), context);

    [GeneratedRegex(@"^[a-z][a-z0-9]*\.(small|medium|large|([1-9][0-9]?)?xlarge)\.search\z")]
    private static partial Regex InstanceType();
}
