namespace Infra.Components.Systems;

/// <summary>
/// How much of something a component gets. Each kind promises vCPU and memory per size; each cloud maps the promise to its smallest product
/// that keeps it.
/// </summary>
public enum Size
{
    /// <summary>For a preview or a laptop.</summary>
    Nano,

    /// <summary>For light loads and tests.</summary>
    Small,

    /// <summary>The usual start in production.</summary>
    Medium,

    /// <summary>Twice a medium one.</summary>
    Large,

    /// <summary>Twice a large one.</summary>
    XLarge,

    /// <summary>Twice an extra large one.</summary>
    XXLarge,
}

/// <summary>What a size promises.</summary>
/// <param name="VCpu">Virtual processors; a fraction is a share of one.</param>
/// <param name="MemoryGiB">Memory in GiB.</param>
public readonly record struct Capacity(double VCpu, double MemoryGiB)
{
    /// <summary>Whether this capacity is at least the promised one.</summary>
    public bool Keeps(Capacity promise) => VCpu >= promise.VCpu && MemoryGiB >= promise.MemoryGiB;
}

/// <summary>A product of a cloud with its capacity.</summary>
/// <param name="Code">The cloud's own code, such as an instance class.</param>
/// <param name="Capacity">What it gives.</param>
public sealed record Product(string Code, Capacity Capacity)
{
    /// <summary>A product with <paramref name="vCpu"/> virtual processors and <paramref name="memoryGiB"/> GiB of memory.</summary>
    public Product(string code, double vCpu, double memoryGiB)
        : this(code, new Capacity(vCpu, memoryGiB))
    {
    }

    /// <summary>Where everyone can read the code and what it gives, with the date; null where nobody can.</summary>
    public string? Source { get; init; }

    /// <summary>
    /// Whether no public source names the code, or says what it gives: only account holders see it. Whoever gets it is told so.
    /// </summary>
    public bool IsUnproven { get; init; }

    /// <summary>
    /// The first product that keeps a promise, of a list that is ordered from the smallest to the largest; null when none does.
    /// </summary>
    public static Product? Smallest(IEnumerable<Product> products, Capacity promise) =>
        products.FirstOrDefault(product => product.Capacity.Keeps(promise));
}
