using Infra.Components.Clouds.Gcp;
using Infra.Components.Runtimes.Gcp;
using Infra.Components.Systems;
using Pulumi;
using CloudRun = Pulumi.Gcp.CloudRunV2;

namespace Infra.Components.Databases.Gcp;

/// <summary>
/// Runs a <see cref="DatabaseGrant"/> as a Cloud Run job: the update waits until the login exists. It runs again when the grant or a
/// password changes.
/// </summary>
internal static class GcpDatabaseGrant
{
    /// <summary>Runs it.</summary>
    /// <param name="name">The job's name.</param>
    /// <param name="grantee">Who gets the login.</param>
    /// <param name="database">The database.</param>
    /// <param name="grant">What it is granted.</param>
    /// <param name="login">The login's password.</param>
    public static CloudRun.Job Run(string name, GcpGrantee grantee, GcpManagedDatabase database, DatabaseGrant grant, GcpSecret login)
    {
        var granter = database.Granter;
        var reader = login.AllowReading($"{name}-reader", granter.Member, grantee.Child());
        var image = grant.Image.OnDockerHub;
        GcpVariable[] variables =
        [
            new(DatabaseGrant.Host, database.Host),
            new(DatabaseGrant.Port, database.Port),
            new(DatabaseGrant.AdminUsername, granter.Username),
            new(DatabaseGrant.AdminPassword, granter.Password),
            new(DatabaseGrant.LoginPassword, login),
        ];
        return GcpJobRunner.Run(
            name,
            grantee.Context,
            new()
            {
                Image = Output.Create(image),
                EntryPoint = grant.Command,
                Variables = variables,
                Size = Size.Nano,
                Account = granter.Email,
                Network = database.Network,
                NetworkTag = database.GrantsTag,
                Timeout = TimeSpan.FromMinutes(5),
                Retries = 3,
                Labels = grantee.Context.Tags(grantee.Name),
            },
            grantee.Child(dependsOn: [reader, .. granter.Ready])).Job;
    }
}
