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
    private static readonly Rule VariableRule = Rule.Error(
        "gcp-environment",
        "The environment sets no variable that Cloud Run sets itself");

    private static readonly Rule FileRule = Rule.Error("gcp-files", "Cloud Run can mount the container's files");
    private static readonly Rule Images = Rule.Warning("gcp-image", "Images lie where Cloud Run can pull them without credentials");

    // The platform's own variables (Google Cloud documentation: Cloud Run container runtime contract).
    private static readonly string[] ReservedVariables = ["K_CONFIGURATION", "K_REVISION", "K_SERVICE"];

    private static readonly Rule Users = Rule.Warning("gcp-user", "Containers run as the users of their images");

    /// <summary>The users that Cloud Run does not change.</summary>
    public static Gap User { get; } = new("a user of choice", "Containers run as the users of their images.") { Rule = Users };

    /// <summary>The processors that Cloud Run lacks.</summary>
    public static Gap Arm64 { get; } = new("arm64", "x86-64 only.") { Rule = Architecture };

    private static readonly Rule StepRule = Rule.Error("gcp-steps", "Nothing runs on Cloud Run before a container, to its end");

    /// <summary>The steps that Cloud Run lacks.</summary>
    public static Gap Steps { get; } = new("steps", "Nothing runs to its end before a container.") { Rule = StepRule };

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

        // Who loads a dump may be any user.
        if (container.User is { } user && container.Fetched is null)
        {
            checks.Lacks(
                User,
                consumer,
                string.Create(CultureInfo.InvariantCulture, $"User is {user}; Cloud Run runs every container as its image's user."),
                "Build an image whose USER that is");
        }

        // What a step fetches elsewhere is mounted here.
        if (container.Steps.Count > 0 && container.Fetched is null)
        {
            checks.Lacks(
                Steps,
                consumer,
                $"Steps are {string.Join(", ", container.Steps.Select(step => step.Name))}; on Cloud Run no container runs to its end "
                + "before another one.",
                "Declare a Job, which runs once before the services that use what it writes to");
        }

        CheckGiven(consumer, consumer.Variables.Select(variable => variable.Name), container.Files, checks);
        foreach (var sidecar in container.Sidecars) CheckGiven(consumer, sidecar.Environment.Keys, sidecar.Files, checks);

        foreach (var (key, image) in checks.Settings.ImagesOf(consumer))
        {
            if (GcpImages.ForeignRegistry(image, checks.Settings) is not { } host) continue;
            if (checks.Settings.Registries.ContainsKey(host)) continue;
            checks.Report(
                Images,
                consumer,
                $"infra:images.{key} is '{image}', which Artifact Registry fetches from {host} for Cloud Run without "
                + $"credentials. Anyone must be able to pull it; of a private image, set infra:registries.{host}, or copy it to the "
                + "stack's own registry.");
        }
    }

    // What one of its containers is given.
    private static void CheckGiven(Consumer consumer, IEnumerable<string> variables, Files files, CloudChecks checks)
    {
        MountedDirectory.Check(consumer, files.Keys, checks, FileRule);
        CheckExisting(consumer, files, checks);
        foreach (var (path, text) in files)
        {
            checks.Guard(consumer, FileRule).Require(
                text.LiteralBytes <= GcpSecret.MostBytes,
                nameof(ContainerArgs.Files),
                $"'{path}' with {text.LiteralBytes} bytes",
                $"files of {GcpSecret.MostBytes} bytes at most, which a secret of Secret Manager holds",
                "Move what is large into the image or a bucket");
        }

        foreach (var variable in variables.Intersect(ReservedVariables))
        {
            checks.Guard(consumer, VariableRule).Refuse(
                nameof(ContainerArgs.Environment),
                $"'{variable}'",
                $"names other than {string.Join(", ", ReservedVariables)}, which Cloud Run sets",
                $"Remove '{variable}'");
        }
    }

    // A path has one secret, and nobody but the store knows what is in one that exists already.
    private static void CheckExisting(Consumer consumer, Files files, CloudChecks checks)
    {
        foreach (var (path, text) in files)
        {
            if (text.Values.FirstOrDefault() is not { Key.Target: Secret { Args.Source: ExistingSecret } secret }) continue;
            var directory = MountedDirectory.Of(path, files.Keys);
            checks.Guard(consumer, FileRule).Require(
                files.Keys.Count(other => Files.IsBelow(other, directory)) == 1,
                nameof(ContainerArgs.Files),
                $"'{path}' beside other files in {directory}",
                $"a directory of its own, because '{secret.Name}' exists already and Cloud Run mounts one secret at a path",
                "Move it, or give the value in the stack's file");
        }
    }
}
