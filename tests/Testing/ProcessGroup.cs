using System.Diagnostics;

namespace Infra.Tests.Testing;

/// <summary>A process that is killed with all that it started, also what lost its parent meanwhile and holds its output open.</summary>
internal static class ProcessGroup
{
    /// <summary>The same process as the leader of a group.</summary>
    public static ProcessStartInfo Leading(ProcessStartInfo start)
    {
        start.ArgumentList.Insert(0, start.FileName);
        start.FileName = "setsid";
        return start;
    }

    /// <summary>Kills a leader with its group.</summary>
    public static void Kill(Process leader)
    {
        using var kill = Process.Start("kill", ["-KILL", "--", $"-{leader.Id}"]);
        kill.WaitForExit();
    }
}
