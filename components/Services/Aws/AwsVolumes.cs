using System.Globalization;
using Infra.Components.Clouds.Aws;
using Infra.Components.Identities.Aws;
using Infra.Components.Networks.Aws;
using Infra.Components.Runtimes.Aws;
using Pulumi;
using Ec2 = Pulumi.Aws.Ec2;
using Efs = Pulumi.Aws.Efs;
using EfsInputs = Pulumi.Aws.Efs.Inputs;
using Iam = Pulumi.Aws.Iam;

namespace Infra.Components.Services.Aws;

/// <summary>
/// The volumes of a service: one file system of Amazon EFS, with a directory for each of them. Only the service's role enters it, each
/// directory by an access point that makes the service's user of whoever writes, and over TLS; so a volume that is taken away keeps its
/// files as long as another one is there.
/// </summary>
internal static class AwsVolumes
{
    // What clients of NFS connect to (AWS documentation: Amazon EFS, VPC security groups).
    private const int Port = 2049;

    /// <summary>Creates them.</summary>
    /// <param name="args">The service's arguments, with the user that they belong to.</param>
    /// <param name="grantee">The service: it waits for what lets it in.</param>
    /// <param name="identity">Who it is to AWS.</param>
    /// <param name="network">The network.</param>
    public static IReadOnlyList<AwsTaskVolume> Of(
        ContainerServiceArgs args,
        AwsGrantee grantee,
        AwsServiceIdentity identity,
        AwsPrivateNetwork network)
    {
        if (args.Volumes.Count == 0) return [];
        var (name, tags) = ($"{grantee.Name}-volumes", grantee.Tags);
        var files = new Efs.FileSystem(
            name,
            new() { Encrypted = true, ThroughputMode = "elastic", Tags = tags.Named(name) },
            grantee.Child(protect: grantee.Context.Protect));
        grantee.Grants.AddRange(Enter(name, files, grantee, identity, network));
        grantee.Grants.Add(new Efs.FileSystemPolicy(name, new() { FileSystemId = files.Id, Policy = OverTls(files) }, grantee.Child()));
        var isBackedUp = args.Volumes.Any(volume => volume.BackupDays > 0);
        _ = new Efs.BackupPolicy(
            name,
            new()
            {
                FileSystemId = files.Id,
                BackupPolicyDetails = new EfsInputs.BackupPolicyBackupPolicyArgs { Status = isBackedUp ? "ENABLED" : "DISABLED" },
            },
            grantee.Child());

        var points = args.Volumes.ToDictionary(volume => volume, volume => Point(volume, files, args, grantee));
        grantee.Grants.Add(new Iam.RolePolicy(
            name,
            new() { Role = identity.Role.Name, Policy = Statement.Document(points.Values.Select(point => ByUse(point, files, args.User))) },
            grantee.Child()));
        return [.. points.Select(point => new AwsTaskVolume(
            point.Key.Name, point.Key.Path, new(files.Id, point.Value.Id)))];
    }

    // A file system has an address in each zone, which one group guards.
    private static IEnumerable<Resource> Enter(
        string name,
        Efs.FileSystem files,
        AwsGrantee grantee,
        AwsServiceIdentity identity,
        AwsPrivateNetwork network)
    {
        var guard = new Ec2.SecurityGroup(
            name,
            new() { VpcId = network.NetworkId, Description = $"Volumes of {grantee.Name}", Tags = grantee.Tags.Named(name) },
            grantee.Child());
        yield return AwsGroupRules.In(
            name, guard.Id, identity.Group.Id, Port, Port, $"From {grantee.Name}", grantee.Tags.AsInput(), grantee.Child());
        for (var zone = 0; zone < network.PrivateSubnets.Count; zone++)
        {
            yield return new Efs.MountTarget(
                string.Create(CultureInfo.InvariantCulture, $"{name}-{zone + 1}"),
                new() { FileSystemId = files.Id, SubnetId = network.PrivateSubnets[zone], SecurityGroups = [guard.Id] },
                grantee.Child(deleteBeforeReplace: true));
        }
    }

    private static Efs.AccessPoint Point(Volume volume, Efs.FileSystem files, ContainerServiceArgs args, AwsGrantee grantee)
    {
        var (user, group) = (args.User!.Value, args.Group ?? args.User.Value);
        return new(
            $"{grantee.Name}-{volume.Name}",
            new()
            {
                FileSystemId = files.Id,
                PosixUser = new EfsInputs.AccessPointPosixUserArgs { Uid = user, Gid = group },
                RootDirectory = new EfsInputs.AccessPointRootDirectoryArgs
                {
                    Path = $"/{volume.Name}",
                    CreationInfo = new EfsInputs.AccessPointRootDirectoryCreationInfoArgs
                    {
                        OwnerUid = user,
                        OwnerGid = group,
                        Permissions = "0750",
                    },
                },
                Tags = grantee.Tags.Named($"{grantee.Name}-{volume.Name}"),
            },
            grantee.Child());
    }

    // With a policy of its own a file system lets in nobody whom no right lets in, and this one lets nobody in by plain text.
    private static Output<string> OverTls(Efs.FileSystem files) => Statement.Document(new Statement
    {
        DenyEveryone = true,
        Actions = ["*"],
        Resources = [files.Arn],
        Conditions = [new("Bool", "aws:SecureTransport", "false")],
    });

    private static Statement ByUse(Efs.AccessPoint point, Efs.FileSystem files, int? user) => new()
    {
        Actions =
        [
            "elasticfilesystem:ClientMount",
            .. user == 0 ? ["elasticfilesystem:ClientRootAccess"] : Array.Empty<string>(),
            "elasticfilesystem:ClientWrite",
        ],
        Resources = [files.Arn],
        Conditions = [new("StringEquals", "elasticfilesystem:AccessPointArn", point.Arn)],
    };
}
