using Pulumi;

namespace Infra.Components.Clouds.Gcp;

/// <summary>A variable of a container's environment: a plain value or a secret.</summary>
internal sealed record GcpVariable
{
    /// <summary>A plain value.</summary>
    public GcpVariable(string name, Output<string> value)
    {
        Name = name;
        Value = value;
    }

    /// <summary>A secret.</summary>
    public GcpVariable(string name, GcpSecret secret)
        : this(name, secret.Stored)
    {
    }

    /// <summary>A secret that somebody else keeps.</summary>
    public GcpVariable(string name, GcpStoredValue secret)
    {
        Name = name;
        Secret = secret;
    }

    /// <summary>The variable's name.</summary>
    public string Name { get; }

    /// <summary>The plain value; null for a secret.</summary>
    public Output<string>? Value { get; }

    /// <summary>The secret; null for a plain value.</summary>
    public GcpStoredValue? Secret { get; }

    /// <summary>What tells one state of the variable from another without revealing a secret.</summary>
    public Output<string> State => Value ?? Secret!.VersionName;
}
