namespace Pulumi;

/// <summary>A name that a resource had before, in full or by the parts that changed.</summary>
public sealed class Alias
{
    public string? Urn { get; set; }

    public Input<string>? Name { get; set; }

    public Input<string>? Type { get; set; }

    public Input<string>? Stack { get; set; }

    public Input<string>? Project { get; set; }

    public Resource? Parent { get; set; }

    public Input<string>? ParentUrn { get; set; }

    public bool NoParent { get; set; }

    /// <summary>Refuses an alias that says two things at once.</summary>
    internal void Check()
    {
        (string Name, bool IsGiven)[] parents =
        [
            (nameof(Parent), Parent != null), (nameof(ParentUrn), ParentUrn != null), (nameof(NoParent), NoParent),
        ];
        if (Urn != null)
        {
            (string Name, bool IsGiven)[] parts =
            [
                (nameof(Name), Name != null), (nameof(Type), Type != null),
                (nameof(Project), Project != null), (nameof(Stack), Stack != null),
                .. parents,
            ];
            if (parts.FirstOrDefault(part => part.IsGiven).Name is { } extra)
            {
                throw new ArgumentException($"{nameof(Alias)} should not specify both {nameof(Urn)} and {extra}");
            }
        }
        else if (parents.Count(parent => parent.IsGiven) > 1)
        {
            throw new ArgumentException(
                $"Only specify one of '{nameof(Parent)}', '{nameof(ParentUrn)}' or '{nameof(NoParent)}' in an {nameof(Alias)}");
        }
    }
}
