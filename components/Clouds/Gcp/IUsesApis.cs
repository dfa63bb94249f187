namespace Infra.Components.Clouds.Gcp;

/// <summary>
/// A provision whose components use APIs of the project, which must be enabled before anything uses them. They are never disabled again:
/// other stacks of the project may need them. Dated 2026-11; source: Google Cloud documentation, product pages.
/// </summary>
internal interface IUsesApis
{
    /// <summary>The APIs, without their common ending <c>.googleapis.com</c>.</summary>
    IReadOnlyList<string> Apis { get; }
}
