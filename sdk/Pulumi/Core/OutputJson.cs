using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Conversion to and from JSON text that keeps track of the outputs inside.</content>
public static partial class Output
{
    public static Output<string> JsonSerialize<T>(Output<T> value, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(value);
        return Combine([value], parts =>
        {
            var root = parts.Add(value);
            if (!parts.IsKnown)
            {
                return "";
            }

            using (OutputJsonConverter.Track(parts))
            {
                var json = JsonSerializer.Serialize(root, OutputJsonConverter.Extend(options));
                return parts.IsKnown ? json : "";
            }
        });
    }

    public static Output<T> JsonDeserialize<T>(Output<string> json, JsonSerializerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        return Combine([json], parts =>
        {
            var text = parts.Add(json);
            if (!parts.IsKnown)
            {
                return default!;
            }

            using (OutputJsonConverter.Track(parts))
            {
                return JsonSerializer.Deserialize<T>(text, OutputJsonConverter.Extend(options))!;
            }
        });
    }

    /// <summary>Writes the value of nested outputs and inputs, and reports what it found to the combination being tracked.</summary>
    private sealed class OutputJsonConverter : JsonConverterFactory
    {
        // Serialization runs on one thread from beginning to end, so the state need not live in the (cached, hence shared) options.
        [ThreadStatic]
        private static Combination? _current;

        private static readonly JsonSerializerOptions Default = new() { Converters = { new OutputJsonConverter() } };
        private static readonly ConditionalWeakTable<JsonSerializerOptions, JsonSerializerOptions> Extended = new();

        public static Tracking Track(Combination parts) => new(parts);

        /// <summary>Options with this converter added. Only frozen options are remembered: others may still change.</summary>
        public static JsonSerializerOptions Extend(JsonSerializerOptions? options)
        {
            if (options == null)
            {
                return Default;
            }

            return options.IsReadOnly ? Extended.GetValue(options, Copy) : Copy(options);

            static JsonSerializerOptions Copy(JsonSerializerOptions options)
            {
                var copy = new JsonSerializerOptions(options);
                copy.Converters.Add(new OutputJsonConverter());
                return copy;
            }
        }

        public override bool CanConvert(Type typeToConvert)
            => typeToConvert.IsGenericType && ConverterFor(typeToConvert.GetGenericTypeDefinition()) != null;

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options)
            => (JsonConverter)Activator.CreateInstance(
                ConverterFor(typeToConvert.GetGenericTypeDefinition())!.MakeGenericType(typeToConvert.GetGenericArguments()))!;

        private static Type? ConverterFor(Type definition)
        {
            if (definition == typeof(Output<>))
            {
                return typeof(OfOutput<>);
            }

            if (definition == typeof(Input<>))
            {
                return typeof(OfInput<>);
            }

            if (definition == typeof(InputList<>))
            {
                return typeof(OfInputList<>);
            }

            return definition == typeof(InputMap<>) ? typeof(OfInputMap<>) : null;
        }

        private static Output<T> Read<T>(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            var value = JsonSerializer.Deserialize<T>(ref reader, options)!;
            return new Output<T>(new OutputData<T>(_current!.Resources, value, IsKnown: true, _current.IsSecret));
        }

        private static void Write<T>(Utf8JsonWriter writer, Output<T> output, JsonSerializerOptions options)
        {
            // Converters cannot be asynchronous; the outputs that a value holds are resolved when it is serialized, or soon will be.
            var data = output.DataTask.GetAwaiter().GetResult();
            _current!.Add(data);
            if (data.IsKnown)
            {
                JsonSerializer.Serialize(writer, data.Value, options);
            }
            else
            {
                writer.WriteNullValue();
            }
        }

        public readonly ref struct Tracking
        {
            private readonly Combination? _outer;

            public Tracking(Combination parts)
            {
                _outer = _current;
                _current = parts;
            }

            public void Dispose() => _current = _outer;
        }

        private sealed class OfOutput<T> : JsonConverter<Output<T>>
        {
            public override Output<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
                => Read<T>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, Output<T> value, JsonSerializerOptions options)
                => OutputJsonConverter.Write(writer, value, options);
        }

        private sealed class OfInput<T> : JsonConverter<Input<T>>
        {
            public override Input<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
                => Read<T>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, Input<T> value, JsonSerializerOptions options)
                => OutputJsonConverter.Write(writer, value.ToOutput(), options);
        }

        private sealed class OfInputList<T> : JsonConverter<InputList<T>>
        {
            public override InputList<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
                => Read<ImmutableArray<T>>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, InputList<T> value, JsonSerializerOptions options)
                => OutputJsonConverter.Write(writer, value.ToOutput(), options);
        }

        private sealed class OfInputMap<T> : JsonConverter<InputMap<T>>
        {
            public override InputMap<T> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
                => Read<ImmutableDictionary<string, T>>(ref reader, options);

            public override void Write(Utf8JsonWriter writer, InputMap<T> value, JsonSerializerOptions options)
                => OutputJsonConverter.Write(writer, value.ToOutput(), options);
        }
    }
}
