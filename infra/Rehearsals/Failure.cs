using System.Diagnostics;
using System.Reflection;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>Says what went wrong, in one line and without a stack trace.</summary>
internal static class Failure
{
    /// <summary>
    /// What an exception has to say, and, where its message was not written for the stack's author, which method threw it.
    /// </summary>
    public static string Describe(Exception exception)
    {
        var cause = Cause(exception);
        if (cause is RunException or ResourceException) return FirstLine(cause.Message);
        var thrower = new StackTrace(cause).GetFrames().Select(frame => frame.GetMethod()).FirstOrDefault(IsOurs);
        var at = thrower?.DeclaringType is { } type ? $" in {Outermost(type).Name}" : "";
        return $"{cause.GetType().Name}{at}: {FirstLine(cause.Message)}";
    }

    /// <summary>The exception that started it.</summary>
    public static Exception Cause(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var inner, ..] } => Cause(inner),
        TargetInvocationException { InnerException: { } inner } => Cause(inner),
        _ => exception,
    };

    /// <summary>A message without the stack trace that the runtime appends to it.</summary>
    public static string FirstLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return string.Join(' ', lines.TakeWhile(line => !line.StartsWith("at ", StringComparison.Ordinal)));
    }

    /// <summary>The place in the code that is constructing a resource right now.</summary>
    public static string? PlaceOfConstruction(Resource resource)
    {
        var frame = new StackTrace(fNeedFileInfo: true).GetFrames().FirstOrDefault(frame => IsCaller(frame.GetMethod(), resource));
        if (frame?.GetMethod()?.DeclaringType is not { } type) return null;
        return frame.GetFileName() is { } file ? $"{Path.GetFileName(file)}:{frame.GetFileLineNumber()}" : Outermost(type).Name;
    }

    private static bool IsCaller(MethodBase? method, Resource resource) =>
        IsOurs(method)
        && method!.DeclaringType!.Namespace != typeof(Failure).Namespace
        && !(method.IsConstructor && method.DeclaringType.IsInstanceOfType(resource));

    private static bool IsOurs(MethodBase? method) =>
        method?.DeclaringType?.Assembly.GetName().Name is { } assembly && assembly.StartsWith("Infra", StringComparison.Ordinal);

    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}
