namespace Infra.Components.Relays;

/// <summary>How HAProxy admits known addresses and nobody else.</summary>
internal static class ProxyAdmission
{
    /// <summary>The rules of one port. Each address has a line of its own, because a line has 64 words at most (HAProxy's configuration manual: limits).</summary>
    /// <param name="blocks">The blocks that are admitted; without any, nobody is.</param>
    /// <param name="stage">When the caller's address is known: with its <c>connection</c>, or with its <c>session</c> where a header tells it.</param>
    public static IEnumerable<string> Rules(IEnumerable<string> blocks, string stage = "connection") =>
    [
        .. blocks.Select(block => $"  tcp-request {stage} accept if {{ src {block} }}"),
        $"  tcp-request {stage} reject",
    ];
}
