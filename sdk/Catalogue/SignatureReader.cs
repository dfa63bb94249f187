using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Text;

namespace Infra.Sdk.Cataloguing;

/// <summary>
/// A type in a signature: its name (full for types of the assembly itself, simple for all others) and its type arguments.
/// </summary>
internal sealed record SignatureType(string Name, bool IsValueType, ImmutableArray<SignatureType> Arguments)
{
    /// <summary>Writes the type as C# does, with question marks.</summary>
    /// <param name="nullability">The compiler's flags: one for all parts, or one for each part that may be null, outermost first.</param>
    public string Write(ImmutableArray<byte>? nullability)
    {
        var text = new StringBuilder();
        var position = 0;
        Write(text, nullability ?? [0], ref position);
        return text.ToString();
    }

    private void Write(StringBuilder text, ImmutableArray<byte> flags, ref int position)
    {
        if (Name == "Nullable")
        {
            Arguments[0].Write(text, flags, ref position);
            text.Append('?');
            return;
        }
        var isNull = false;
        if (!IsValueType || Arguments.Length > 0)
        {
            isNull = !IsValueType && flags[flags.Length == 1 ? 0 : position] == 2;
            position++;
        }
        text.Append(Name);
        if (Arguments.Length > 0)
        {
            text.Append('<');
            for (var i = 0; i < Arguments.Length; i++)
            {
                text.Append(i > 0 ? "," : "");
                Arguments[i].Write(text, flags, ref position);
            }
            text.Append('>');
        }
        text.Append(isNull ? "?" : "");
    }
}

/// <summary>Reads the types in signatures.</summary>
internal sealed class SignatureReader : ISignatureTypeProvider<SignatureType, object?>
{
    private const byte ValueType = 0x11;

    public string ReturnTypeOf(MetadataReader metadata, MethodDefinition method) => method.DecodeSignature(this, null).ReturnType.Name;

    public SignatureType GetPrimitiveType(PrimitiveTypeCode typeCode) => typeCode switch
    {
        PrimitiveTypeCode.String => Simple("string", false),
        PrimitiveTypeCode.Int32 => Simple("int", true),
        PrimitiveTypeCode.Double => Simple("double", true),
        PrimitiveTypeCode.Boolean => Simple("bool", true),
        PrimitiveTypeCode.Object => Simple("object", false),
        _ => Simple(typeCode.ToString(), true),
    };

    public SignatureType GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) =>
        Simple(WithoutArity(reader.GetString(reader.GetTypeReference(handle).Name)), rawTypeKind == ValueType);

    public SignatureType GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind)
    {
        var type = reader.GetTypeDefinition(handle);
        return Simple($"{reader.GetString(type.Namespace)}.{reader.GetString(type.Name)}", rawTypeKind == ValueType);
    }

    public SignatureType GetTypeFromSpecification(
        MetadataReader reader,
        object? genericContext,
        TypeSpecificationHandle handle,
        byte rawTypeKind) =>
        reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

    public SignatureType GetGenericInstantiation(SignatureType genericType, ImmutableArray<SignatureType> typeArguments) =>
        genericType with { Arguments = typeArguments };

    public SignatureType GetSZArrayType(SignatureType elementType) => new("Array", false, [elementType]);

    public SignatureType GetArrayType(SignatureType elementType, ArrayShape shape) => GetSZArrayType(elementType);

    public SignatureType GetByReferenceType(SignatureType elementType) => elementType;

    public SignatureType GetPointerType(SignatureType elementType) => elementType;

    public SignatureType GetPinnedType(SignatureType elementType) => elementType;

    public SignatureType GetFunctionPointerType(MethodSignature<SignatureType> signature) => Simple("function", false);

    public SignatureType GetGenericMethodParameter(object? genericContext, int index) => Simple("T", false);

    public SignatureType GetGenericTypeParameter(object? genericContext, int index) => Simple("T", false);

    public SignatureType GetModifiedType(SignatureType modifier, SignatureType unmodifiedType, bool isRequired) => unmodifiedType;

    private static SignatureType Simple(string name, bool isValueType) => new(name, isValueType, []);

    private static string WithoutArity(string name) =>
        name.IndexOf('`', StringComparison.Ordinal) is var tick and >= 0 ? name[..tick] : name;
}
