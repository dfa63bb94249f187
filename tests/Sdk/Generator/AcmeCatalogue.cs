namespace Infra.Tests.Sdk.Generator;

/// <summary>A catalogue of an invented provider, in which everything occurs that a catalogue can say.</summary>
internal static class AcmeCatalogue
{
    public const string Text = """
        # Facts about Pulumi.Acme 1.2.3. The format, and how to add a type: sdk/README.md
        provider acme 1.2.3 Pulumi.Acme plugin=https://acme.example/plugins
        resource acme:index/note:Note Note optional obsolete
          out text string
        resource acme:storage/box:Box Storage.Box aliases=acme:index/box:Box,acme:old/box:Box
          out arn string secret
          in colour string|Storage.Colour
          out colour string?
          io contents [Storage.BoxItem]
          io description string? default="Made by Acme"
          io labels {string}?
          io layout json
          io lid=LidKind Storage.Colour
          io locked bool obsolete
          io matrix [[int]]
          io password string! secret
          io port int|string
          io size int!
          io source assetOrArchive?
          io weight double?
        resource pulumi:providers:acme Provider optional
          in endpoints [string] json
          io region string? env=ACME_REGION,ACME_DEFAULT_REGION
          io token string? secret
          in verbose bool json default=false
        function acme:storage/getBox:getBox Storage.GetBox
          in filters [Storage.GetBoxFilter]
          out id string
          io name string!
        enum Storage.Colour
          Blue=blue
          DarkRed=dark red
        type Storage.BoxItem
          io key string! secret
          io parts [Storage.BoxItemPart]
          io protected bool?
          io secret bool?
        type Storage.BoxItemPart
          io name string!
        type Storage.GetBoxFilter
          in name string!

        """;
}
