using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// Runs <see cref="DatabaseGrant"/>s as a Cloud Run job: the update waits until the logins exist. It runs again when a grant or a password
/// changes.
/// </summary>
internal static class GcpDatabaseGrant
{
    /// <summary>Runs it.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="logins">The logins.</param>
    /// <param name="database">The database.</param>
    /// <param name="labels">The labels of the job.</param>
    /// <param name="options">The options of the job, without what it waits for.</param>
    /// <param name="context">What every component needs.</param>
    public static CloudRun.Job Run(
        string name,
        IReadOnlyList<GcpLogin> logins,
        GcpDatabase database,
        IReadOnlyDictionary<string, string> labels,
        CustomResourceOptions options,
        GcpContext context)
    {
        var granter = database.Granter;
        var image = logins[0].Grant.Image.OnDockerHub;
        foreach (var resource in logins.Select(login => login.Reader).Concat(granter.Ready)) options.DependsOn.Add(resource);
        GcpVariable[] variables =
        [
            new(DatabaseGrant.Host, database.Writer.Host),
            new(DatabaseGrant.Port, database.Writer.Port),
            new(DatabaseGrant.AdminUsername, granter.Username),
            new(DatabaseGrant.AdminPassword, granter.Password),
            .. logins.Select(login => new GcpVariable(login.Grant.PasswordVariable, login.Password)),
        ];
        return GcpJobRunner.Run(
            name,
            context,
            new()
            {
                Image = Output.Create(image),
                EntryPoint = DatabaseGrant.CommandOf([.. logins.Select(login => login.Grant)]),
                Variables = variables,
                Size = Size.Nano,
                Account = granter.Email,
                Network = database.Network,
                NetworkTag = database.GrantsTag,
                Timeout = TimeSpan.FromMinutes(5),
                Retries = 3,
                Labels = labels,
            },
            options).Job;
    }
}

/// <summary>A login that is to be set up.</summary>
/// <param name="Grant">What it is granted.</param>
/// <param name="Password">Its password.</param>
/// <param name="Reader">What lets the granter read the password.</param>
internal sealed record GcpLogin(DatabaseGrant Grant, GcpSecret Password, Resource Reader);
