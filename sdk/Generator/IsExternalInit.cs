// Records need this type; .NET Standard 2.0, which source generators must target, lacks it.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
