using Pulumi;

namespace Infra.Tests.Sdk
{
    namespace Inputs
    {
        public sealed class ShelfEndpointArgs : ResourceArgs
        {
            [Input("host", required: true)]
            public Input<string> Host { get; set; } = null!;

            [Input("portNumber")]
            public Input<int>? Port { get; set; }
        }

        public sealed class ShelfBoxArgs : ResourceArgs
        {
            [Input("content")]
            public Input<string>? Content { get; set; }

            [Input("weight")]
            public Input<double>? Weight { get; set; }
        }
    }

    namespace Outputs
    {
        [OutputType]
        public sealed class ShelfEndpoint
        {
            public readonly string Host;
            public readonly int? Port;

            [OutputConstructor]
            private ShelfEndpoint(string host, [OutputConstructorParameter("portNumber")] int? port)
            {
                Host = host;
                Port = port;
            }
        }

        [OutputType]
        public sealed class ShelfBox
        {
            public readonly string? Content;
            public readonly double? Weight;

            /// <summary>Boxes may stand in boxes.</summary>
            public readonly System.Collections.Immutable.ImmutableArray<ShelfBox> Inner;

            [OutputConstructor]
            private ShelfBox(string? content, double? weight, System.Collections.Immutable.ImmutableArray<ShelfBox> inner)
            {
                Content = content;
                Weight = weight;
                Inner = inner;
            }
        }
    }
}
