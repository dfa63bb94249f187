using Infra.Components.Checks;

namespace Infra.Components.Clouds;

/// <summary>
/// Something that a kind promises and a cloud does not keep, or keeps differently. The remark in the parity table, the one on the
/// component's page, and the finding of a stack that asks for it are made of this one row.
/// </summary>
/// <param name="Promise">
/// What is promised, in words that are the same for every cloud that lacks it, such as <c>weights</c>: a finding offers the clouds without
/// such a gap.
/// </param>
/// <param name="Remark">What differs, as a sentence.</param>
public sealed record Gap(string Promise, string Remark)
{
    /// <summary>The rule that a stack breaks which asks for it; null where no stack can ask, or where nothing is lost.</summary>
    public Rule? Rule { get; init; }
}
