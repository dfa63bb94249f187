namespace Infra.Components.Systems;

/// <summary>What a consumer does with the target of a link. Grants are the least that the intent needs.</summary>
public enum Intent
{
    /// <summary>Reads data.</summary>
    Read,

    /// <summary>Reads and writes data; on a database it also owns the schema.</summary>
    Write,

    /// <summary>Sends messages.</summary>
    Publish,

    /// <summary>Receives messages.</summary>
    Consume,

    /// <summary>Opens connections to a service.</summary>
    Connect,
}
