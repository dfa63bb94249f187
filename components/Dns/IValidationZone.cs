using Pulumi;

namespace Infra.Components.Dns;

/// <summary>A zone into which certificates write the records that prove who owns their names, on whatever cloud the zone stands.</summary>
internal interface IValidationZone
{
    /// <summary>Writes a record, as a child of the certificate.</summary>
    /// <param name="name">The name of the record's resource.</param>
    /// <param name="host">The record's full name.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value.</param>
    /// <param name="certificate">The certificate.</param>
    /// <returns>The full name, once the record is served.</returns>
    Output<string> WriteValidation(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        ComponentResource certificate);
}
