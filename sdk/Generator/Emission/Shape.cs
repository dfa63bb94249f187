namespace Infra.Sdk.Generator.Emission;

/// <summary>The ways in which one type of the catalogue appears in C#.</summary>
internal enum Shape
{
    /// <summary>An argument of a resource: <c>Input&lt;T&gt;</c>, <c>Inputs.XArgs</c>.</summary>
    Input,

    /// <summary>Known state of a resource that is looked up: <c>Input&lt;T&gt;</c>; nested types do not appear.</summary>
    State,

    /// <summary>An output of a resource: <c>T</c>, <c>Outputs.X</c>.</summary>
    Output,

    /// <summary>A plain argument of a function: <c>T</c>, <c>Inputs.XArgs</c>.</summary>
    PlainArgument,

    /// <summary>An argument of a function that may be an output: <c>Input&lt;T&gt;</c>, <c>Inputs.XInputArgs</c>.</summary>
    Argument,

    /// <summary>Part of a function's result: <c>T</c>, <c>Outputs.XResult</c>.</summary>
    Result,
}
