using Infra.Components.Checks;
using Infra.Components.Systems;

namespace Infra.Components.Dns;

/// <summary>A name in a DNS zone.</summary>
public sealed class DnsRecordKind : ComponentKind
{
    private DnsRecordKind()
        : base("DnsRecord", BuildStage.Record)
    {
    }

    /// <summary>The kind.</summary>
    public static DnsRecordKind Instance { get; } = new();

    /// <inheritdoc/>
    public override void Check(Model model, Findings findings) => RecordConflicts.Check(model, findings);
}
