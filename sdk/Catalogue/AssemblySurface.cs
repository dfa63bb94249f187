namespace Infra.Sdk.Cataloguing;
internal static class AssemblySurface
{
    public static Surface Read(string path) => throw new NotSupportedException(path);
}
