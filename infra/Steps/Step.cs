namespace Infra.Steps;

/// <summary>A step on the way of a stack: what it does and what to run for it.</summary>
/// <param name="Title">What it does, as an instruction.</param>
internal sealed record Step(string Title)
{
    /// <summary>What there is to know of it, a sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What to run, in this order; lines of one command end in a backslash.</summary>
    public IReadOnlyList<string> Commands { get; init; } = [];
}
