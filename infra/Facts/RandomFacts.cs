namespace Infra.Facts;

/// <summary>Random values. They are made anew by whatever they are made from.</summary>
internal static class RandomFacts
{
    public static PackageFacts Table { get; } = new(
        "random",
        "4.21.1",
        "terraform-provider-random 3.9.0",
        "2026-11",
    [
        new("random:index/randomId:RandomId")
        {
            Base64 = ["b64Std"],
            Replaces = ["byteLength", "prefix", "keepers"],
        },
        new("random:index/randomPassword:RandomPassword")
        {
            Lasts = Lasting.Value,
            Replaces =
            [
                "length", "lower", "minLower", "minNumeric", "minSpecial", "minUpper", "number", "numeric", "special", "upper",
                "keepers",
                new("overrideSpecial", When.Sometimes, "unless an empty text becomes none"),
            ],
        },
        new("random:index/randomString:RandomString")
        {
            Lasts = Lasting.Value,
            Replaces =
            [
                "length", "lower", "minLower", "minNumeric", "minSpecial", "minUpper", "number", "numeric", "special", "upper",
                "keepers",
                new("overrideSpecial", When.Sometimes, "unless an empty text becomes none"),
            ],
        },
    ]);
}
