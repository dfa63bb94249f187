using System.Globalization;
using Infra.Components.Clouds;
using Pulumi;

namespace Infra.Components.Dns;

/// <summary>What whoever serves a zone must write into it, because nothing here may.</summary>
public interface IUnmanagedZone
{
    /// <summary>
    /// The records that prove certificates, a line each as zone files spell them; empty where certificates are proved by other means.
    /// </summary>
    Output<string> Proofs { get; }

    /// <summary>The declared records, a line each as zone files spell them.</summary>
    Output<string> Records { get; }
}

/// <summary>A zone to which nothing here may write: what would be written is listed, for whoever serves it.</summary>
internal sealed class UnmanagedZone : ServedZone, IDnsZone, IUnmanagedZone
{
    private const int ProofSeconds = 300;

    private readonly string _apex;
    private readonly List<Output<string>> _proofs = [];
    private readonly List<Output<string>> _records = [];

    /// <summary>Refers to the zone.</summary>
    /// <param name="zone">The declared zone.</param>
    /// <param name="placement">Where it stands, and whose it is.</param>
    public UnmanagedZone(DnsZone zone, PlacedComponentArgs placement)
        : base(placement with { Backing = Backing.External, RunsOn = "the DNS of someone else" })
    {
        _apex = zone.Args.Apex;
        Domain = Output.Create(zone.Args.Domain);
        NameServers = Output.Create("");
        RegisterOutputs();
    }

    /// <inheritdoc/>
    [Output]
    public Output<string> Domain { get; private set; }

    /// <inheritdoc/>
    [Output]
    public Output<string> NameServers { get; private set; }

    /// <inheritdoc/>
    public Output<string> Proofs => Lines(_proofs);

    /// <inheritdoc/>
    public Output<string> Records => Lines(_records);

    /// <summary>Lists a record that is declared.</summary>
    /// <param name="line">The record, as zone files spell it.</param>
    public void List(Output<string> line) => _records.Add(line);

    /// <summary>
    /// Lists the record that an issuer asks for, and says so at once: whoever waits for the certificate waits for somebody to write it.
    /// </summary>
    /// <inheritdoc/>
    public override Output<string> WriteProof(
        string name,
        Output<string> host,
        Output<string> type,
        Output<string> value,
        Alias former)
    {
        var line = Output.Format($"{host} {ProofSeconds} IN {type} {value}");
        _proofs.Add(line);
        return Output.Tuple(host, line).Apply(known =>
        {
            if (!Deployment.Instance.IsDryRun)
            {
                Log.Info(
                    $"Nothing here writes to the zone of {_apex}. Unless it stands there already, write this record by hand: "
                    + $"{known.Item2} The certificate is issued minutes later; the update waits for that 30 minutes at most, and goes on "
                    + "where it stopped when it is run again.",
                    this);
            }

            return known.Item1;
        });
    }

    /// <inheritdoc/>
    protected override void WriteKept(string name, Output<string> host, string type, Output<string> value) => List(Output
        .Tuple(host, value)
        .Apply(known => string.Create(
            CultureInfo.InvariantCulture,
            $"{known.Item1}. {DnsRecordArgs.UsualTtlSeconds} IN {type} {ZoneFile.Of(type, known.Item2)}")));

    private static Output<string> Lines(List<Output<string>> lines) => Output.All(lines).Apply(known => string.Join('\n', known));
}
