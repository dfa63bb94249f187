using System.Collections.Immutable;
using Pulumi.Serialization;

namespace Pulumi;

/// <summary>The root of a deployment. Its properties marked with <see cref="OutputAttribute"/> are the stack's outputs.</summary>
public class Stack : ComponentResource
{
    internal const string TypeToken = "pulumi:pulumi:Stack";

    public Stack(StackOptions? options = null)
        : base(TypeToken, $"{Deployment.Instance.ProjectName}-{Deployment.Instance.StackName}", Convert(options))
        => Deployment.Current.Stack = this;

    /// <summary>Registers the outputs on behalf of the stack, once it is built.</summary>
    internal void RegisterProperties()
    {
        var outputs = OutputSources.PropertiesOf(GetType())
            .Where(output => output.Property.DeclaringType?.IsAssignableFrom(typeof(Stack)) != true)
            .Select(output => KeyValuePair.Create(output.Name, output.Property.GetValue(this)))
            .ToList();
        var missing = outputs.Where(output => output.Value == null).Select(output => output.Key).ToList();
        if (missing.Count > 0)
        {
            throw new RunException(
                $"Output(s) '{string.Join(", ", missing)}' have no value assigned. "
                + "[Output] attributed properties must be assigned inside Stack constructor.");
        }

        var wrong = outputs.Where(output => output.Value is not IOutput).Select(output => output.Key).ToList();
        if (wrong.Count > 0)
        {
            throw RunException.OutputsHaveIncorrectType(wrong);
        }

        RegisterOutputs(outputs.ToImmutableDictionary());
    }

    private static ComponentResourceOptions? Convert(StackOptions? options) => options == null ? null : new ComponentResourceOptions
    {
        ResourceTransformations = options.ResourceTransformations,
        ResourceTransforms = options.ResourceTransforms,
    };
}
