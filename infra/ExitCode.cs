namespace Infra;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>A finding of severity error, or a failure.</summary>
    public const int Failed = 1;

    /// <summary>The command line or a stack's settings are not usable.</summary>
    public const int Unusable = 2;
}
