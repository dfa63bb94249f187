using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Infra.Components.Systems;
using Infra.Plans;

namespace Infra.Tests.Pages;

/// <summary>The documentation comments of the code, as Markdown on one line. The build writes them beside the assemblies.</summary>
internal static partial class CodeComments
{
    private static readonly Dictionary<string, XElement> Members = new[] { typeof(Component), typeof(Plan) }
        .Select(type => Path.ChangeExtension(type.Assembly.Location, ".xml"))
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value);

    /// <summary>What a type is for.</summary>
    public static string Of(Type type) => Summary($"T:{Name(type)}");

    /// <summary>What a property means.</summary>
    public static string Of(PropertyInfo property) => Summary($"P:{Name(property.DeclaringType!)}.{property.Name}");

    /// <summary>What a value of an enumeration means.</summary>
    public static string Of(Enum value) => Summary($"F:{Name(value.GetType())}.{value}");

    /// <summary>What a method's parameter means; empty where the method has none of that name.</summary>
    public static string OfParameter(Type type, string method, string parameter) => Members
        .Where(member => member.Key.StartsWith($"M:{Name(type)}.{method}(", StringComparison.Ordinal))
        .SelectMany(member => member.Value.Elements("param"))
        .Where(element => element.Attribute("name")!.Value == parameter)
        .Select(Markdown)
        .FirstOrDefault("");

    private static string Summary(string name) =>
        Members.TryGetValue(name, out var member) && member.Element("summary") is { } summary ? Markdown(summary) : "";

    private static string Name(Type type) => type.FullName!.Replace('+', '.');

    private static string Markdown(XElement element) => Spaces().Replace(string.Concat(element.Nodes().Select(Markdown)), " ").Trim();

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "see" } see => $"`{(see.Attribute("cref") ?? see.Attribute("langword"))!.Value.Split('.')[^1]}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
        XElement other => Markdown(other),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
