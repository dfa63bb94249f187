using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Dns;

/// <summary>
/// A zone on whatever cloud. It keeps what proves who owns its names: one proof for a name and an issuer, whichever certificates need it,
/// so that one which goes, or is renamed, takes no other's proof along.
/// </summary>
/// <param name="placement">Where it stands, by what, and whose it is.</param>
internal abstract class ServedZone(PlacedComponentArgs placement) : PlacedComponent(placement)
{
    private readonly HashSet<string> _kept = [];
    private readonly Dictionary<string, object> _proofs = [];

    /// <summary>What proves a name: the first certificate that needs it has it made, and the others are given the same.</summary>
    /// <param name="issuer">The cloud whose certificates it is for.</param>
    /// <param name="domain">The name.</param>
    /// <param name="make">Makes it, as children of the zone.</param>
    public T Proof<T>(Systems.Cloud issuer, string domain, Func<T> make)
        where T : class
    {
        var key = $"{issuer} {domain}";
        if (_proofs.TryGetValue(key, out var made)) return (T)made;
        var proof = make();
        _proofs.Add(key, proof);
        return proof;
    }

    /// <summary>Writes the record that an issuer asks for.</summary>
    /// <param name="name">The name of the record's resource.</param>
    /// <param name="host">The record's full name, with a final dot.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value, with a final dot.</param>
    /// <param name="former">What it was when certificates kept it, in place of a zone.</param>
    /// <returns>The full name, once the record is written.</returns>
    public abstract Output<string> WriteProof(string name, Output<string> host, Output<string> type, Output<string> value, Alias former);

    /// <summary>
    /// Writes a record that a component needs besides those that are declared: once, whichever copies of the component need it.
    /// </summary>
    /// <param name="role">What it is for: what its resource is called behind the zone's name.</param>
    /// <param name="host">Its full name, with or without a final dot.</param>
    /// <param name="type">Its type: CNAME, MX or TXT.</param>
    /// <param name="value">Its value, as a zone file writes it without quotes.</param>
    public void Keep(string role, Output<string> host, string type, Output<string> value)
    {
        if (_kept.Add(role)) WriteKept($"{Name}-{role}", host.Apply(full => full.TrimEnd('.')), type, value);
    }

    /// <summary>Writes such a record.</summary>
    /// <param name="name">The name of the record's resource.</param>
    /// <param name="host">The record's full name, without a final dot.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value, as a zone file writes it without quotes.</param>
    protected abstract void WriteKept(string name, Output<string> host, string type, Output<string> value);

    /// <summary>The options of a proof.</summary>
    /// <param name="former">What it was when certificates kept it.</param>
    /// <param name="dependsOn">Resources that it needs without using an output of theirs.</param>
    public CustomResourceOptions ProofOptions(Alias former, IEnumerable<Resource>? dependsOn = null)
    {
        var options = Child(dependsOn: dependsOn);
        options.Aliases.Add(former);
        return options;
    }
}
