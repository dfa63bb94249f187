using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text;
using Infra.Sdk.Generator.Model;

namespace Infra.Sdk.Cataloguing;

/// <summary>
/// Reads a surface off the assembly of an official package, without loading it: declarations from its metadata; secrets, defaults and
/// aliases, which no declaration states, from the code of its setters and constructors.
/// </summary>
internal sealed class AssemblySurface
{
    private readonly PEReader _file;
    private readonly MetadataReader _metadata;
    private readonly SignatureReader _signatures;
    private readonly Dictionary<string, SurfaceResource> _resources = [];
    private readonly Dictionary<string, SurfaceFunction> _functions = [];
    private readonly Dictionary<string, IReadOnlyList<SurfaceProperty>> _args = [];
    private readonly Dictionary<string, IReadOnlyList<SurfaceProperty>> _outputTypes = [];
    private readonly Dictionary<string, IReadOnlyList<EnumMember>> _enums = [];

    /// <summary>Per class of arguments, the values that the resource sets itself.</summary>
    private readonly Dictionary<string, Dictionary<string, string>> _constants = [];
    private string? _plugin;

    private AssemblySurface(PEReader file)
    {
        _file = file;
        _metadata = file.GetMetadataReader();
        _signatures = new();
    }

    /// <exception cref="FormatException">The assembly is not that of a provider.</exception>
    public static Surface Read(string path)
    {
        using var file = new PEReader(File.OpenRead(path));
        return new AssemblySurface(file).Read();
    }

    private Surface Read()
    {
        foreach (var type in _metadata.TypeDefinitions.Select(_metadata.GetTypeDefinition))
        {
            if ((type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public)
                Read(type);
        }
        foreach (var (name, constants) in _constants)
        {
            if (_args.TryGetValue(name, out var properties))
            {
                _args[name] =
                    [.. properties.Select(p => constants.TryGetValue(p.Name!, out var constant) ? p with { Constant = constant } : p)];
            }
        }
        var provider = _resources.Values.FirstOrDefault(r => r.Token.StartsWith("pulumi:providers:", StringComparison.Ordinal))
            ?? throw new FormatException(
                $"{_metadata.GetString(_metadata.GetAssemblyDefinition().Name)} is not the assembly of a Pulumi provider: "
                + "it has no provider class");
        return new(
            new(provider.Token["pulumi:providers:".Length..], ReadVersion(), provider.Class[..provider.Class.LastIndexOf('.')], _plugin),
            _resources, _functions, _args, _outputTypes, _enums);
    }

    private void Read(TypeDefinition type)
    {
        var name = $"{_metadata.GetString(type.Namespace)}.{_metadata.GetString(type.Name)}";
        foreach (var attribute in type.GetCustomAttributes())
        {
            var kind = NameOf(attribute);
            if (kind.EndsWith("ResourceTypeAttribute", StringComparison.Ordinal))
                ReadResource(type, name, TextOf(attribute));
            else if (kind == "OutputTypeAttribute")
                _outputTypes[name] = ReadOutputType(type);
            else if (kind == "EnumTypeAttribute")
                _enums[name] = ReadEnum(type);
        }
        if (BaseOf(type) is "ResourceArgs" or "InvokeArgs")
            _args[name] = ReadArgs(type);
        else if ((type.Attributes & (TypeAttributes.Abstract | TypeAttributes.Sealed)) == (TypeAttributes.Abstract | TypeAttributes.Sealed))
            ReadFunction(type, name);
    }

    private void ReadResource(TypeDefinition type, string name, string token)
    {
        var secrets = new HashSet<string>();
        var aliases = new List<string>();
        var optional = false;
        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            switch (_metadata.GetString(method.Name))
            {
                case "MakeResourceOptions":
                    ReadOptions(method, secrets, aliases);
                    break;
                case "MakeArgs":
                    _constants[_signatures.ReturnTypeOf(
                        _metadata,
                        method)] = ReadAssignments(method).ToDictionary(a => a.Property, a => a.Literal!);
                    break;
                case ".ctor" when (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public:
                    optional = method.GetParameters()
                        .Select(_metadata.GetParameter)
                        .Any(p => p.SequenceNumber == 2 && (p.Attributes & ParameterAttributes.Optional) != 0);
                    break;
            }
        }
        var outputs = new List<SurfaceProperty>();
        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            if (Attribute(property.GetCustomAttributes(), "OutputAttribute") is not { } attribute)
                continue;
            var wire = TextOf(attribute);
            outputs.Add(new(
                wire, _metadata.GetString(property.Name), TypeOf(property, type), Secret: secrets.Contains(wire),
                Obsolete: Attribute(property.GetCustomAttributes(), "ObsoleteAttribute") is not null));
        }
        _resources[token] =
            new(token, name, optional, Attribute(type.GetCustomAttributes(), "ObsoleteAttribute") is not null, aliases, outputs);
    }

    private void ReadOptions(MethodDefinition method, HashSet<string> secrets, List<string> aliases)
    {
        var text = "";
        var inSecrets = false;
        foreach (var instruction in Code(method))
        {
            text = instruction.Text ?? text;
            if (inSecrets && instruction.Text is not null)
                secrets.Add(text);
            switch (instruction.Callee)
            {
                case "get_AdditionalSecretOutputs":
                    inSecrets = true;
                    break;
                case "set_Type":
                    aliases.Add(text);
                    break;
                case "set_PluginDownloadURL":
                    _plugin = text;
                    break;
                case not null and not "Add":
                    inSecrets = false;
                    break;
            }
        }
    }

    private void ReadFunction(TypeDefinition type, string name)
    {
        foreach (var method in type.GetMethods().Select(_metadata.GetMethodDefinition))
        {
            if (_metadata.GetString(method.Name) != "InvokeAsync"
                || Code(method).FirstOrDefault(i => i.Text is not null).Text is not { } token)
            {
                continue;
            }

            var optional = method.GetParameters().Select(_metadata.GetParameter)
                .Any(p =>
                    p.SequenceNumber == 1 && (p.Attributes & ParameterAttributes.Optional) != 0 && _metadata.GetString(p.Name) == "args");
            _functions[token] = new(token, name, optional, Attribute(type.GetCustomAttributes(), "ObsoleteAttribute") is not null);
        }
    }

    private List<SurfaceProperty> ReadArgs(TypeDefinition type)
    {
        var defaults = new Dictionary<string, Assignment>();
        foreach (var constructor in type.GetMethods()
            .Select(_metadata.GetMethodDefinition)
            .Where(m => _metadata.GetString(m.Name) == ".ctor"))
        {
            foreach (var assignment in ReadAssignments(constructor))
                defaults[assignment.Property] = assignment;
        }
        // A list, map or secret is kept in a field, which carries the attribute; the property is the one whose getter reads that field.
        var fields = type.GetFields()
            .Select(handle =>
                (Handle: handle, Attribute: Attribute(_metadata.GetFieldDefinition(handle).GetCustomAttributes(), "InputAttribute")))
            .Where(field => field.Attribute is not null)
            .ToDictionary(field => MetadataTokens.GetToken(field.Handle), field => field.Attribute!.Value);
        var properties = new List<SurfaceProperty>();
        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            var accessors = property.GetAccessors();
            if (accessors.Getter.IsNil || (_metadata.GetMethodDefinition(accessors.Getter).Attributes & MethodAttributes.Static) != 0)
                continue;
            var attribute = Attribute(property.GetCustomAttributes(), "InputAttribute")
                ?? Code(_metadata.GetMethodDefinition(accessors.Getter))
                    .Where(i => fields.ContainsKey(i.Token))
                    .Select(i => (CustomAttribute?)fields[i.Token])
                    .FirstOrDefault();
            if (attribute is null)
                continue;
            var name = _metadata.GetString(property.Name);
            var kind = TypeOf(property, type).TrimEnd('?');
            var (wire, required, json) = InputOf(attribute.Value);
            var secret = !accessors.Setter.IsNil
                && Code(_metadata.GetMethodDefinition(accessors.Setter)).Any(i => i.Callee == "CreateSecret");
            var @default = defaults.GetValueOrDefault(name);
            properties.Add(new(
                wire, name, kind, required, secret, json, Attribute(property.GetCustomAttributes(), "ObsoleteAttribute") is not null,
                Default: @default.Literal is { } literal && kind == "Input<bool>" ? (literal == "1" ? "true" : "false") : @default.Literal,
                Environment: @default.Environment));
        }
        return properties;
    }

    private List<SurfaceProperty> ReadOutputType(TypeDefinition type)
    {
        var constructor = type.GetMethods()
            .Select(_metadata.GetMethodDefinition)
            .Single(m => Attribute(m.GetCustomAttributes(), "OutputConstructorAttribute") is not null);
        var fields = new Dictionary<int, string>();
        var argument = 0;
        foreach (var instruction in Code(constructor))
        {
            argument = instruction.Argument ?? argument;
            if (instruction.OpCode == ILOpCode.Stfld)
            {
                fields[argument] = _metadata.GetString(
                    _metadata.GetFieldDefinition((FieldDefinitionHandle)MetadataTokens.EntityHandle(instruction.Token)).Name);
            }
        }
        var types = constructor.DecodeSignature(_signatures, null).ParameterTypes;
        var properties = new List<SurfaceProperty>();
        foreach (var parameter in constructor.GetParameters().Select(_metadata.GetParameter).Where(p => p.SequenceNumber > 0))
        {
            var nullability = NullabilityOf(parameter.GetCustomAttributes())
                ?? ContextOf(constructor.GetCustomAttributes())
                ?? ContextOf(type.GetCustomAttributes());
            var obsolete = type.GetFields().Select(_metadata.GetFieldDefinition)
                .Any(f => _metadata.GetString(f.Name) == fields.GetValueOrDefault(parameter.SequenceNumber)
                    && Attribute(f.GetCustomAttributes(), "ObsoleteAttribute") is not null);
            properties.Add(new(
                _metadata.GetString(parameter.Name), fields.GetValueOrDefault(parameter.SequenceNumber),
                types[parameter.SequenceNumber - 1].Write(nullability), Obsolete: obsolete));
        }
        return properties;
    }

    private List<EnumMember> ReadEnum(TypeDefinition type)
    {
        var values = new Dictionary<string, string>();
        foreach (var initializer in type.GetMethods()
            .Select(_metadata.GetMethodDefinition)
            .Where(m => _metadata.GetString(m.Name) == ".cctor"))
        {
            var text = "";
            foreach (var instruction in Code(initializer))
            {
                text = instruction.Text ?? text;
                if (instruction.OpCode == ILOpCode.Stsfld)
                {
                    values[_metadata.GetString(
                        _metadata.GetFieldDefinition((FieldDefinitionHandle)MetadataTokens.EntityHandle(instruction.Token)).Name)] = text;
                }
            }
        }
        var members = new List<EnumMember>();
        foreach (var property in type.GetProperties().Select(_metadata.GetPropertyDefinition))
        {
            var name = _metadata.GetString(property.Name);
            var computed = Code(_metadata.GetMethodDefinition(property.GetAccessors().Getter)).FirstOrDefault(i => i.Text is not null).Text;
            members.Add(new(name, computed ?? values[$"<{name}>k__BackingField"]));
        }
        return members;
    }

    /// <summary>The properties that a method sets to a literal, or to the value of an environment variable.</summary>
    private IEnumerable<Assignment> ReadAssignments(MethodDefinition method)
    {
        var texts = new List<string>();
        string? number = null;
        List<string>? environment = null;
        foreach (var instruction in Code(method))
        {
            if (instruction.Text is not null)
                texts.Add(instruction.Text);
            number = instruction.Number ?? number;
            if (instruction.Callee is not { } callee)
                continue;
            if (callee.StartsWith("GetEnv", StringComparison.Ordinal))
            {
                environment = [.. texts];
                texts.Clear();
                number = null;
            }
            else if (callee.StartsWith("set_", StringComparison.Ordinal))
            {
                yield return new(callee[4..], texts.Count > 0 ? $"\"{texts[0]}\"" : number, environment);
                texts.Clear();
                number = null;
                environment = null;
            }
        }
    }

    private string TypeOf(PropertyDefinition property, TypeDefinition declaring) => property.DecodeSignature(_signatures, null).ReturnType
        .Write(NullabilityOf(property.GetCustomAttributes()) ?? ContextOf(declaring.GetCustomAttributes()));

    private string ReadVersion()
    {
        foreach (var resource in _metadata.ManifestResources.Select(_metadata.GetManifestResource))
        {
            if (!_metadata.GetString(resource.Name).EndsWith(".version.txt", StringComparison.Ordinal))
                continue;
            var data = _file.GetSectionData(_file.PEHeaders.CorHeader!.ResourcesDirectory.RelativeVirtualAddress + (int)resource.Offset)
                .GetReader();
            var content = Encoding.UTF8.GetString(data.ReadBytes(data.ReadInt32())).Trim().TrimStart('\uFEFF');
            return content.Split('\n')[^1].Trim();
        }
        var version = _metadata.TypeDefinitions.Select(_metadata.GetTypeDefinition).Where(t => _metadata.GetString(t.Name) == "Utilities")
            .SelectMany(t => t.GetFields())
            .Select(_metadata.GetFieldDefinition)
            .FirstOrDefault(f => _metadata.GetString(f.Name) == "Version");
        if (version.Name.IsNil)
            throw new FormatException("the assembly does not state the version of its package");
        var constant = _metadata.GetConstant(version.GetDefaultValue());
        var blob = _metadata.GetBlobReader(constant.Value);
        return blob.ReadUTF16(blob.Length);
    }

    private string? BaseOf(TypeDefinition type) => type.BaseType.IsNil || type.BaseType.Kind != HandleKind.TypeReference
        ? null
        : _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)type.BaseType).Name);

    private CustomAttribute? Attribute(CustomAttributeHandleCollection attributes, string name) =>
        attributes
            .Where(handle => NameOf(handle) == name)
            .Select(handle => (CustomAttribute?)_metadata.GetCustomAttribute(handle))
            .FirstOrDefault();

    private string NameOf(CustomAttributeHandle handle)
    {
        var constructor = _metadata.GetCustomAttribute(handle).Constructor;
        var type = constructor.Kind == HandleKind.MemberReference
            ? _metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent
            : _metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType();
        return type.Kind switch
        {
            HandleKind.TypeReference => _metadata.GetString(_metadata.GetTypeReference((TypeReferenceHandle)type).Name),
            HandleKind.TypeDefinition => _metadata.GetString(_metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name),
            _ => "",
        };
    }

    private string TextOf(CustomAttributeHandle handle) => TextOf(_metadata.GetCustomAttribute(handle));

    private string TextOf(CustomAttribute attribute)
    {
        var blob = _metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        return blob.ReadSerializedString() ?? "";
    }

    private (string Wire, bool Required, bool Json) InputOf(CustomAttribute attribute)
    {
        var blob = _metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        return (blob.ReadSerializedString() ?? "", blob.ReadBoolean(), blob.ReadBoolean());
    }

    private ImmutableArray<byte>? NullabilityOf(CustomAttributeHandleCollection attributes) => FlagsOf(attributes, "NullableAttribute");

    private ImmutableArray<byte>? ContextOf(CustomAttributeHandleCollection attributes) => FlagsOf(attributes, "NullableContextAttribute");

    /// <summary>One flag that holds for the whole type, or one for each of its parts.</summary>
    private ImmutableArray<byte>? FlagsOf(CustomAttributeHandleCollection attributes, string name)
    {
        if (Attribute(attributes, name) is not { } attribute)
            return null;
        var blob = _metadata.GetBlobReader(attribute.Value);
        blob.ReadUInt16();
        // Beside the two bytes that begin and the two that end every attribute: one flag, or a length of four bytes and the flags.
        return blob.Length == 5 ? [blob.ReadByte()] : [.. blob.ReadBytes(blob.ReadInt32())];
    }

    private IEnumerable<Instruction> Code(MethodDefinition method) =>
        method.RelativeVirtualAddress == 0 ? [] : MethodCode.Read(_metadata, _file.GetMethodBody(method.RelativeVirtualAddress));

    private readonly record struct Assignment(string Property, string? Literal, IReadOnlyList<string>? Environment);
}
