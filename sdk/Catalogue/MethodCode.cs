using System.Globalization;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Infra.Sdk.Cataloguing;

/// <summary>An instruction, with what matters of its operand.</summary>
/// <remarks>
/// A text or number that it loads, the argument that it loads, the token of the field or method that it names, the name of the method that
/// it calls.
/// </remarks>
internal readonly record struct Instruction(ILOpCode OpCode, string? Text, string? Number, int? Argument, int Token, string? Callee);

/// <summary>Reads the instructions of a method.</summary>
internal static class MethodCode
{
    private static readonly Dictionary<ILOpCode, OperandType> Operands = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (ILOpCode)(ushort)code.Value, code => code.OperandType);

    public static IEnumerable<Instruction> Read(MetadataReader metadata, MethodBodyBlock body)
    {
        var instructions = new List<Instruction>();
        var code = body.GetILReader();
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            var opCode = (ILOpCode)(first == 0xFE ? 0xFE00 + code.ReadByte() : first);
            string? text = null, number = null, callee = null;
            int? argument = opCode is >= ILOpCode.Ldarg_0 and <= ILOpCode.Ldarg_3 ? opCode - ILOpCode.Ldarg_0 : null;
            var token = 0;
            switch (Operands[opCode])
            {
                case OperandType.InlineNone:
                    if (opCode is >= ILOpCode.Ldc_i4_m1 and <= ILOpCode.Ldc_i4_8)
                        number = (opCode - ILOpCode.Ldc_i4_0).ToString(CultureInfo.InvariantCulture);
                    break;
                case OperandType.ShortInlineI:
                    number = code.ReadSByte().ToString(CultureInfo.InvariantCulture);
                    break;
                case OperandType.ShortInlineVar:
                    argument = code.ReadByte();
                    break;
                case OperandType.InlineVar:
                    argument = code.ReadUInt16();
                    break;
                case OperandType.ShortInlineBrTarget:
                    code.ReadByte();
                    break;
                case OperandType.InlineI:
                    number = code.ReadInt32().ToString(CultureInfo.InvariantCulture);
                    break;
                case OperandType.InlineI8:
                    number = code.ReadInt64().ToString(CultureInfo.InvariantCulture);
                    break;
                case OperandType.ShortInlineR:
                    number = code.ReadSingle().ToString(CultureInfo.InvariantCulture);
                    break;
                case OperandType.InlineR:
                    number = code.ReadDouble().ToString(CultureInfo.InvariantCulture);
                    break;
                case OperandType.InlineString:
                    text = metadata.GetUserString(MetadataTokens.UserStringHandle(code.ReadInt32() & 0xFFFFFF));
                    break;
                case OperandType.InlineMethod:
                    token = code.ReadInt32();
                    callee = NameOf(metadata, MetadataTokens.EntityHandle(token));
                    break;
                case OperandType.InlineSwitch:
                    code.Offset += 4 * code.ReadInt32();
                    break;
                default:
                    token = code.ReadInt32();
                    break;
            }
            instructions.Add(new(opCode, text, number, argument, token, callee));
        }
        return instructions;
    }

    private static string NameOf(MetadataReader metadata, EntityHandle method) => method.Kind switch
    {
        HandleKind.MethodDefinition => metadata.GetString(metadata.GetMethodDefinition((MethodDefinitionHandle)method).Name),
        HandleKind.MemberReference => metadata.GetString(metadata.GetMemberReference((MemberReferenceHandle)method).Name),
        HandleKind.MethodSpecification => NameOf(metadata, metadata.GetMethodSpecification((MethodSpecificationHandle)method).Method),
        _ => "",
    };
}
