using System.Text.RegularExpressions;
using Infra.Components.Clouds.Aws;
using Infra.Components.Placements;
using Infra.Components.Runtimes.Aws;
using Infra.Components.Systems;
using Pulumi;

namespace Infra.Components.Registries.Aws;

/// <summary>An image as a container on AWS refers to it, and what fetching it needs.</summary>
/// <param name="Reference">The full reference.</param>
/// <param name="RepositoryArn">The repository, where it lies in Amazon ECR; null elsewhere.</param>
internal sealed partial record AwsImage(Output<string> Reference, Output<string>? RepositoryArn)
{
    /// <summary>How ECS logs in at its registry; null where it need not, or has a role for it.</summary>
    public AwsSecret? Login { get; init; }

    /// <summary>The image that the stack file names for a service or job.</summary>
    public static AwsImage Of(Consumer consumer, AwsContext context) =>
        Of(context.Blueprint.Settings.Images[consumer.Name], context);

    /// <summary>The image of one of its steps or sidecars.</summary>
    public static AwsImage Of(Consumer consumer, string container, AwsContext context) =>
        Of(context.Blueprint.Settings.ImageOf(consumer, container), context);

    /// <summary>An image of the stack file, with the login at its registry.</summary>
    public static AwsImage Of(string image, AwsContext context) => Of(image, context.Find<AwsContainerRegistry>()) with
    {
        Login = IsPublic(image) ? context.Get<AwsRuntime>().LoginAt(ImageName.RegistryOf(image)!) : null,
    };

    /// <summary>An image of the stack file: in the stack's own registry when it names none.</summary>
    public static AwsImage Of(string image, AwsContainerRegistry? registry)
    {
        if (!ImageName.HasRegistry(image) && registry is not null)
        {
            var repository = registry.Of(RepositoryOf(image));
            return new(Output.Format($"{repository.RepositoryUrl}{image[RepositoryOf(image).Length..]}"), repository.Arn);
        }

        var match = EcrReference().Match(image);
        if (!match.Success) return new(Output.Create(image), null);
        var (region, account, path) = (match.Groups["region"], match.Groups["account"], RepositoryOf(match.Groups["path"].Value));
        return new(Output.Create(image), Output.Create($"arn:aws:ecr:{region}:{account}:repository/{path}"));
    }

    /// <summary>The repository of a reference without a registry: what stands before the tag or digest.</summary>
    public static string RepositoryOf(string image) => image.Split('@', ':')[0];

    /// <summary>Whether fetching it needs the internet: everything but Amazon ECR's private repositories does.</summary>
    public static bool IsPublic(string image) => ImageName.HasRegistry(image) && !EcrReference().IsMatch(image);

    /// <summary>What the role that fetches some images may do.</summary>
    public static IEnumerable<Statement> Pull(params IReadOnlyList<AwsImage> images)
    {
        var logins = images.Select(image => image.Login?.Secret.Arn).OfType<Output<string>>().Distinct().ToList();
        if (logins.Count > 0) yield return new() { Actions = ["secretsmanager:GetSecretValue"], Resources = logins };
        var repositories = images.Select(image => image.RepositoryArn).OfType<Output<string>>().ToList();
        if (repositories.Count == 0) yield break;
        yield return new() { Actions = ["ecr:GetAuthorizationToken"], Resources = [Output.Create("*")] };
        yield return new()
        {
            Actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            Resources = repositories,
        };
    }

    [GeneratedRegex(@"^(?<account>\d{12})\.dkr\.ecr\.(?<region>[a-z0-9-]+)\.amazonaws\.com/(?<path>.+)\z")]
    private static partial Regex EcrReference();
}
