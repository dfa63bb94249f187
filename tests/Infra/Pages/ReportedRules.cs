using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Systems;

namespace Infra.Tests.Pages;

/// <summary>
/// The rules that checks can report, read off their code: whatever rule, and whatever gap with a rule, a check or what it calls refers to.
/// Nothing is run, so that rules which no plan of the tests breaks are found as well.
/// </summary>
internal static class ReportedRules
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly Assembly Components = typeof(Component).Assembly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    /// <summary>The rules that a provision can report, by id.</summary>
    public static IReadOnlyList<Rule> Of(IProvision provision) => Sorted(
    [
        .. From(provision, typeof(IProvision), nameof(IProvision.Check), nameof(IProvision.CheckAll)),
        .. provision.Gaps.Select(gap => gap.Rule).OfType<Rule>(),
    ]);

    /// <summary>The rules that a cloud can report of its place, whatever stands there, by id.</summary>
    public static IReadOnlyList<Rule> OfPlace(ICloud cloud) => Sorted([.. From(cloud, typeof(ICloud), nameof(ICloud.CheckPlace))]);

    private static IReadOnlyList<Rule> Sorted(IReadOnlyCollection<Rule> rules) =>
        [.. rules.Distinct().OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    private static HashSet<Rule> From(object subject, Type contract, params IReadOnlyList<string> checks)
    {
        var (rules, visited) = (new HashSet<Rule>(), new HashSet<MethodBase>());
        var map = subject.GetType().GetInterfaceMap(contract);
        var waiting = new Stack<MethodBase>(map.TargetMethods.Where((_, at) => checks.Contains(map.InterfaceMethods[at].Name)));
        while (waiting.TryPop(out var method))
        {
            if (method.DeclaringType?.Assembly != Components || !visited.Add(method)) continue;
            foreach (var member in References(method))
            {
                if (member is FieldInfo { IsStatic: true } field) Collect(field.FieldType, () => field.GetValue(null), rules);
                if (member is not MethodBase called) continue;
                if (called is MethodInfo { IsStatic: true } getter && getter.GetParameters().Length == 0)
                    Collect(getter.ReturnType, () => getter.Invoke(null, null), rules);
                foreach (var target in Targets(called, subject)) waiting.Push(target);
            }
        }

        return rules;
    }

    private static void Collect(Type type, Func<object?> value, HashSet<Rule> rules)
    {
        var rule = type == typeof(Rule) ? (Rule?)value() : type == typeof(Gap) ? ((Gap?)value())?.Rule : null;
        if (rule is not null) rules.Add(rule);
    }

    // What is called, and what overrides it in the subject; of an iterator, its steps.
    private static IEnumerable<MethodBase> Targets(MethodBase called, object subject)
    {
        yield return called;
        if (called is MethodInfo { IsVirtual: true, DeclaringType: { IsInterface: false } declaring } method
            && declaring.IsInstanceOfType(subject))
        {
            var root = method.GetBaseDefinition().MethodHandle;
            for (var type = subject.GetType(); type is not null && type != typeof(object); type = type.BaseType)
            {
                foreach (var other in type.GetMethods(Declared))
                {
                    if (other.IsVirtual && other.GetBaseDefinition().MethodHandle == root) yield return other;
                }
            }
        }

        if (called.DeclaringType is { } made && made.IsDefined(typeof(CompilerGeneratedAttribute)))
        {
            foreach (var step in made.GetMethods(Declared).Where(step => step.Name == "MoveNext")) yield return step;
        }
    }

    private static IEnumerable<MemberInfo> References(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } code) yield break;
        var typeArguments = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        var methodArguments = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (var at = 0; at < code.Length;)
        {
            var value = code[at++] is var first && first == 0xFE ? (short)(0xFE00 | code[at++]) : first;
            var operand = Codes[value].OperandType;
            if (operand is OperandType.InlineMethod or OperandType.InlineField)
                yield return method.Module.ResolveMember(BitConverter.ToInt32(code, at), typeArguments, methodArguments)!;
            at += Length(operand, code, at);
        }
    }

    private static int Length(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };
}
