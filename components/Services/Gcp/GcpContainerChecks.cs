using System.Globalization;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Clouds.Gcp;
using Infra.Components.Registries.Gcp;
using Infra.Components.Secrets;
using Infra.Components.Systems;

namespace Infra.Components.Services.Gcp;

/// <summary>What Cloud Run refuses of services and jobs alike.</summary>
internal static class GcpContainerChecks
{
    private static readonly Rule Architecture = Rule.Error("gcp-architecture", "Images are built for the processors that Cloud Run has");
    private static readonly Rule Variables = Rule.Error("gcp-environment", "The environment sets no variable that Cloud Run sets itself");
    private static readonly Rule Files = Rule.Error("gcp-files", "Cloud Run can mount the container's files");
    private static readonly Rule Images = Rule.Warning("gcp-image", "Images lie where Cloud Run can pull them without credentials");

    // The platform's own variables (Google Cloud documentation: Cloud Run container runtime contract).
    private static readonly string[] ReservedVariables = ["K_CONFIGURATION", "K_REVISION", "K_SERVICE"];

    private static readonly Rule Users = Rule.Warning("gcp-user", "Containers run as the users of their images");

    /// <summary>The users that Cloud Run does not change.</summary>
    public static Gap User { get; } = new("a user of choice", "Containers run as the users of their images.") { Rule = Users };

    /// <summary>The processors that Cloud Run lacks.</summary>
    public static Gap Arm64 { get; } = new("arm64", "x86-64 only.") { Rule = Architecture };

    /// <summary>Reports it.</summary>
    public static void Check(Consumer consumer, CloudChecks checks)
    {
        ReadOnlyRoots.Check(consumer, checks);
        var container = consumer.Container;
        if (container.Architecture != CpuArchitecture.Amd64)
        {
            checks.Lacks(
                Arm64,
                consumer,
                $"Architecture is {container.Architecture}; allowed: Amd64, because Cloud Run runs no other.",
                "Build the image for x86-64");
        }

        if (container.User is { } user)
        {
            checks.Lacks(
                User,
                consumer,
                string.Create(CultureInfo.InvariantCulture, $"User is {user}; Cloud Run runs every container as its image's user."),
                "Build an image whose USER that is");
        }

        MountedDirectory.Check(consumer, checks, Files);
        CheckExisting(consumer, checks);
        foreach (var (path, text) in container.Files)
        {
            checks.Guard(consumer, Files).Require(
                text.LiteralBytes <= GcpSecret.MostBytes,
                nameof(ContainerArgs.Files),
                $"'{path}' with {text.LiteralBytes} bytes",
                $"files of {GcpSecret.MostBytes} bytes at most, which a secret of Secret Manager holds",
                "Move what is large into the image or a bucket");
        }

        foreach (var variable in consumer.Variables.Select(variable => variable.Name).Intersect(ReservedVariables))
        {
            checks.Guard(consumer, Variables).Refuse(
                nameof(ContainerArgs.Environment),
                $"'{variable}'",
                $"names other than {string.Join(", ", ReservedVariables)}, which Cloud Run sets",
                $"Remove '{variable}'");
        }

        if (checks.Settings.Images.TryGetValue(consumer.Name, out var image) && GcpImages.ForeignRegistry(image) is { } host)
        {
            checks.Report(
                Images,
                consumer,
                $"infra:images.{consumer.Name} is '{image}', which Artifact Registry fetches from {host} for Cloud Run without "
                + "credentials. Anyone must be able to pull it; copy a private image to the stack's own registry.");
        }
    }

    // A path has one secret, and nobody but the store knows what is in one that exists already.
    private static void CheckExisting(Consumer consumer, CloudChecks checks)
    {
        var files = consumer.Container.Files;
        foreach (var (path, text) in files)
        {
            if (text.Values.FirstOrDefault() is not { Key.Target: Secret { Args.Source: ExistingSecret } secret }) continue;
            var directory = MountedDirectory.Of(path, files.Keys);
            checks.Guard(consumer, Files).Require(
                files.Keys.Count(other => Systems.Files.IsBelow(other, directory)) == 1,
                nameof(ContainerArgs.Files),
                $"'{path}' beside other files in {directory}",
                $"a directory of its own, because '{secret.Name}' exists already and Cloud Run mounts one secret at a path",
                "Move it, or give the value in the stack's file");
        }
    }
}
