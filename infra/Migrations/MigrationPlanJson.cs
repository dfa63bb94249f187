using System.Globalization;
using System.Text.Json;

namespace Infra.Migrations;

/// <summary>Writes the plan of a migration as JSON: the same bytes for the same plan.</summary>
internal static class MigrationPlanJson
{
    /// <summary>Writes it.</summary>
    public static void Write(MigrationPlan plan, Stream stream) => JsonText.Write(stream, json =>
    {
        json.WriteString("stack", plan.Stack);
        json.WriteString("system", plan.System);
        json.WriteString("environment", plan.Environment);
        json.WriteString("from", plan.From);
        json.WriteString("to", plan.To);
        json.WriteString("date", plan.Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteNumber("atMost", plan.AtMost);
        json.WriteBoolean("ready", plan.Ready);
        json.WriteObjects("surprises", plan.Surprises, finding =>
        {
            json.WriteString("severity", finding.Severity.ToString().ToLowerInvariant());
            json.WriteString("rule", finding.Rule.Id);
            json.WriteString("component", finding.Component);
            json.WriteString("message", finding.Message);
        });
        json.WriteObjects("products", plan.Products, product =>
        {
            json.WriteString("component", product.Component);
            json.WriteString("kind", product.Kind);
            json.WriteString("fromBacking", product.FromBacking);
            json.WriteString("fromProduct", product.FromProduct);
            json.WriteString("toBacking", product.ToBacking);
            json.WriteString("toProduct", product.ToProduct);
            json.WriteString("size", product.Size);
        });
        json.WriteObjects("fixed", plan.Fixed, setting =>
        {
            json.WriteString("component", setting.Component);
            json.WriteString("what", setting.What);
            json.WriteTexts("inputs", setting.Inputs);
        });
        json.WriteObjects("stays", plan.Stays, stay =>
        {
            json.WriteString("component", stay.Component);
            json.WriteString("cloud", stay.Cloud);
            json.WriteString("reason", stay.Reason);
        });
        json.WriteObjects("inseparable", plan.Inseparable, together =>
        {
            json.WriteTexts("components", together.Components);
            json.WriteString("reason", together.Reason);
        });
        json.WriteObjects("preparations", plan.Preparations, preparation => Write(preparation, json));
        json.WriteObjects("waves", plan.Waves, wave => Write(wave, json));
        WriteSeconds("copySeconds", plan.CopySeconds, json);
        WriteSeconds("pauseSeconds", plan.PauseSeconds, json);
        WriteSeconds("totalSeconds", plan.TotalSeconds, json);
    });

    private static void Write(Preparation preparation, Utf8JsonWriter json)
    {
        json.WriteString("title", preparation.Title);
        json.WriteTexts("notes", preparation.Notes);
        json.WriteTexts("commands", preparation.Commands);
    }

    private static void Write(Wave wave, Utf8JsonWriter json)
    {
        json.WriteNumber("number", wave.Number);
        json.WriteTexts("components", wave.Components);
        json.WriteString("reason", wave.Reason);
        json.WriteNumber("risk", wave.Risk);
        json.WriteTexts("along", wave.Along);
        json.WriteTexts("hosts", wave.Hosts);
        json.WriteObjects("preparations", wave.Preparations, preparation => Write(preparation, json));
        json.WriteObjects("resources", wave.Resources, resource =>
        {
            json.WriteString("type", resource.Type);
            json.WriteNumber("count", resource.Count);
        });
        json.WriteObjects("data", wave.Data, data => Write(data, json));
        json.WriteTexts("writers", wave.Writers);
        WriteSeconds("copySeconds", wave.CopySeconds, json);
        WriteSeconds("pauseSeconds", wave.PauseSeconds, json);
        Write("pause", wave.Pause, json);
        json.WriteObjects("crossing", wave.Crossing, link =>
        {
            json.WriteString("consumer", link.Consumer);
            json.WriteString("consumerCloud", link.ConsumerCloud);
            json.WriteString("target", link.Target);
            json.WriteString("targetCloud", link.TargetCloud);
            json.WriteString("over", link.Over);
        });
        json.WriteObjects("steps", wave.Steps, step =>
        {
            json.WriteString("state", step.State);
            if (step.Percent is { } percent) json.WriteNumber("percent", percent);
            else json.WriteNull("percent");
            json.WriteTexts("components", step.Components);
            WriteSeconds("afterSeconds", step.AfterSeconds, json);
            json.WriteString("meaning", step.Meaning);
        });
        json.WriteObjects("rollback", wave.Rollback, back =>
        {
            json.WriteString("point", back.Point);
            json.WriteString("until", back.Until);
            json.WriteString("cost", back.Cost);
        });
        json.WriteTexts("checks", wave.Checks);
    }

    private static void Write(MovedData data, Utf8JsonWriter json)
    {
        json.WriteString("component", data.Component);
        json.WriteString("holds", data.Holds);
        json.WriteString("way", data.Way);
        json.WriteString("meaning", data.Meaning);
        json.WriteBoolean("pauses", data.Pauses);
        json.WriteBoolean("returns", data.Returns);
        WriteSeconds("copySeconds", data.CopySeconds, json);
        WriteSeconds("finalSeconds", data.FinalSeconds, json);
        Write("formulas", data.Formulas, json);
        json.WriteObjects("figures", data.Figures, figure =>
        {
            json.WriteString("name", figure.Name);
            json.WriteNumber("value", figure.Value);
            json.WriteString("unit", figure.Unit);
            json.WriteString("origin", figure.Origin);
        });
    }

    private static void Write(string name, IReadOnlyList<UsedFormula> formulas, Utf8JsonWriter json) =>
        json.WriteObjects(name, formulas, formula =>
        {
            json.WriteString("name", formula.Name);
            json.WriteString("formula", formula.Formula);
            json.WriteString("numbers", formula.Numbers);
            json.WriteString("result", formula.Result);
        });

    private static void WriteSeconds(string name, long? seconds, Utf8JsonWriter json)
    {
        if (seconds is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }
}
