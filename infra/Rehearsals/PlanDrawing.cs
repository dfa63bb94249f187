using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Infra.Changes;
using Infra.Components.Checks;
using Infra.Components.Clouds;
using Infra.Components.Placements;
using Infra.Components.Systems;
using Infra.Plans;
using Pulumi;

namespace Infra.Rehearsals;

/// <summary>Draws the plan from what a rehearsal recorded.</summary>
internal sealed class PlanDrawing(Blueprint blueprint, Recorder recorder, InputRendering rendering)
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    /// <summary>The plan of a stack whose blueprint has errors: nothing was built.</summary>
    public static Plan Empty(Blueprint blueprint, Findings findings) => Draft(blueprint, findings);

    /// <summary>The plan. Findings about the recording are added first.</summary>
    public Plan Draw(SystemStack? stack, Findings findings)
    {
        Report(findings);
        var resources = recorder.Resources.Where(recorded => recorded.Resource is not PlacedComponent).Select(Resource).ToList();
        var byComponent = resources.ToLookup(resource => resource.ComponentUrn);
        var plan = Draft(blueprint, findings) with
        {
            Components =
            [
                .. recorder.Resources
                    .Where(recorded => recorded.Resource is PlacedComponent)
                    .Select(recorded => Component(recorded, byComponent[recorded.Urn])),
            ],
            Resources = resources,
        };
        return plan with
        {
            Outputs = rendering.Render(stack is null ? [] :
            [
                Output("accounts", stack.Accounts),
                Output("addresses", stack.Addresses),
                Output("components", stack.Components),
                Output("environment", stack.Environment),
                Output("inventory", Pulumi.Output.Create(Inventory.Of(plan))),
                Output("location", stack.Location),
                Output("migration", stack.Migration),
                Output("nameServers", stack.NameServers),
                Output("placement", stack.Placement),
                Output("regions", stack.Regions),
                Output("stack", stack.DeployedAs),
                Output("urls", stack.Urls),
            ]),
        };
    }

    private string StateOf(Standing? copy) => copy switch
    {
        { Component: IMover } => "mover",
        { State: StandingState.Active } when blueprint.IsIdle(copy) => PlannedComponent.Stopped,
        null or { State: StandingState.Active } => "active",
        { IsLeft: true, Passage.State: MigrationState.Released } => "released",
        { IsLeft: true } => "kept",
        _ => MigrationEntry.NameOf(copy.Passage!.State),
    };

    private static Plan Draft(Blueprint blueprint, Findings findings) => new()
    {
        Stack = blueprint.Settings.Stack,
        System = blueprint.Settings.System,
        Environment = blueprint.Profile.Name,
        Location = blueprint.Settings.Location.Name,
        Date = blueprint.Settings.Today,
        Placement = SystemStack.PlacementOf(blueprint),
        Components = [],
        Resources = [],
        Findings = findings.All,
        Outputs = Nothing,
    };

    private PlannedComponent Component(RecordedResource recorded, IEnumerable<PlannedResource> resources)
    {
        var component = (PlacedComponent)recorded.Resource;
        var declared = blueprint.Model.Components.FirstOrDefault(
            candidate => candidate.Name == component.Name && candidate.Kind == component.Kind);
        return new()
        {
            Name = component.Name,
            Kind = component.Kind,
            Cloud = component.Cloud,
            State = StateOf(declared is null ? null : blueprint.Find(declared, component.Cloud)),
            Backing = component.Backing,
            RunsOn = component.RunsOn,
            Urn = recorded.Urn,
            Product = PlannedSizes.Of(component.Name, resources),
            Arguments = declared is null ? Nothing : rendering.Render(ArgumentOverrides.Of(declared.Arguments)),
            Decisions = [.. declared?.Arguments.Decisions ?? []],
            Outputs = rendering.Render(SystemStack.OutputsOf(component).Select(output => Output(output.Name, output.Value))),
            Place = recorded.Place,
        };
    }

    private PlannedResource Resource(RecordedResource recorded)
    {
        var (inputs, references, secrets) = rendering.Render(recorded);
        var planned = new PlannedResource
        {
            Type = recorded.Type,
            Name = recorded.Name,
            Urn = recorded.Urn,
            Component = recorded.Component?.Name,
            Cloud = recorded.Component?.Cloud,
            Parent = recorded.Parent?.Urn,
            Provider = recorded.Provider?.Urn,
            Protect = recorded.Protect,
            RetainOnDelete = recorded.RetainOnDelete,
            DeleteBeforeReplace = recorded.Options is CustomResourceOptions { DeleteBeforeReplace: true },
            IgnoreChanges = [.. recorded.Options.IgnoreChanges],
            ReplaceOnChanges = [.. recorded.Options.ReplaceOnChanges],
            CustomTimeouts = TimeoutsOf(recorded.Options.CustomTimeouts),
            Aliases = [.. recorded.Options.Aliases.Select(alias => AliasOf(alias, recorded)).OfType<string>()],
            Inputs = inputs,
            DependsOn = DependenciesOf(recorded),
            References = references,
            ComponentUrn = recorded.Component is { } component ? recorder.Find(component)?.Urn : null,
            Secrets = secrets,
            Place = recorded.Place,
            IsCustom = recorded.Resource is CustomResource,
            IsRegistered = recorded.Inputs is not null,
        };
        return planned.Cloud is null && CloudNames.TryParse(planned.Package, out var cloud) ? planned with { Cloud = cloud } : planned;
    }

    private static OrderedDictionary<string, string> TimeoutsOf(CustomTimeouts? timeouts)
    {
        var texts = new OrderedDictionary<string, string>();
        Add("create", timeouts?.Create);
        Add("update", timeouts?.Update);
        Add("delete", timeouts?.Delete);
        return texts;

        void Add(string operation, TimeSpan? patience)
        {
            if (patience is not { } time) return;
            var isWhole = time.TotalMinutes == Math.Floor(time.TotalMinutes);
            texts.Add(operation, string.Create(
                CultureInfo.InvariantCulture,
                $"{(isWhole ? time.TotalMinutes : time.TotalSeconds)}{(isWhole ? "m" : "s")}"));
        }
    }

    // What an alias leaves out is as it is now. One of the type alone is a former name of it, which every resource of the type has.
    private string? AliasOf(Input<Alias> input, RecordedResource recorded)
    {
        var alias = Read<Alias>(input) ?? new Alias();
        if (alias.Urn is { } urn) return urn;
        if (alias is { Type: not null, Name: null, Stack: null, Project: null, Parent: null, ParentUrn: null, NoParent: false })
            return null;
        var parent = alias switch
        {
            { NoParent: true } => null,
            { Parent: { } resource } => recorder.Find(resource)?.QualifiedType,
            { ParentUrn: { } text } => Read<string>(text)?.Split("::", 4)[2],
            _ => recorded.Parent?.QualifiedType,
        };
        var type = Part(alias.Type, recorded.Type);
        return $"urn:pulumi:{Part(alias.Stack, blueprint.Settings.Stack)}::{Part(alias.Project, Rehearsal.Project)}::"
            + $"{(parent is null ? type : $"{parent}${type}")}::{Part(alias.Name, recorded.Name)}";

        string Part(Input<string>? given, string now) => given is null ? now : Read<string>(given) ?? now;
    }

    private T? Read<T>(Input<T> input)
        where T : class => OutputReader.For(typeof(Input<T>))!.Read(input, recorder.Patience).Value as T;

    private string[] DependenciesOf(RecordedResource recorded)
    {
        var reading = OutputReader.For(typeof(InputList<Resource>))!.Read(recorded.Options.DependsOn, recorder.Patience);
        return reading.Value is ImmutableArray<Resource> { IsDefaultOrEmpty: false } resources
            ? [.. resources.Select(recorder.Find).OfType<RecordedResource>().Select(target => target.Urn).Distinct()]
            : [];
    }

    private (string Name, Reading Reading, IReadOnlyList<RecordedResource> Sources) Output<T>(string name, Output<T> output)
    {
        var reading = OutputReader.For(typeof(Output<T>))!.Read(output, recorder.Patience);
        return (name, reading, [.. reading.Sources.Select(recorder.Find).OfType<RecordedResource>()]);
    }

    private void Report(Findings findings)
    {
        foreach (var (resource, path, problem) in recorder.Problems)
        {
            var where = $"{path} of {resource.Urn}";
            switch (problem)
            {
                case RequiredMissing:
                    findings.Report(
                        RehearsalRules.InputGiven,
                        resource.Component?.Name,
                        $"{where} is nothing; allowed: a value, which the provider requires. Set {path}.");
                    break;
                case SourceMissing { Sources: var sources }:
                    findings.Report(
                        RehearsalRules.OutputKnown,
                        resource.Component?.Name,
                        $"{where} is nothing: it reads an output of {string.Join(" and ", sources.Select(source => source.Urn))} that has "
                        + "no value in a plan; allowed: outputs that the provider always computes. "
                        + "Read another output, or, when the provider does compute it, add its path to the facts of its type (Nested).");
                    break;
                case Failed { Exception: var exception }:
                    findings.Report(
                        RehearsalRules.InputComputed,
                        resource.Component?.Name,
                        $"{where} could not be computed: {rendering.Readable(Failure.Describe(exception))}. "
                        + "Correct the code that computes it; an output that it reads may have no value in a plan (the facts of its type "
                        + "list those inside objects that do).");
                    break;
            }
        }

        foreach (var token in recorder.Unanswered.Distinct())
        {
            findings.Report(
                RehearsalRules.InvokeKnown,
                null,
                $"The provider function {token} is called; allowed: those that shape nothing, which InvokeAnswers lists. "
                + "Take the value from a dated table or from an argument instead.");
        }
    }
}
