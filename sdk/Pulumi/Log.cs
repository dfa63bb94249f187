namespace Pulumi;

/// <summary>Messages to the engine. Under the test runtime an error fails the run, and everything else goes nowhere.</summary>
public static class Log
{
    public static void Debug(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => Drop();

    public static void Info(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => Drop();

    public static void Warn(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) => Drop();

    public static void Error(string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Deployment.Current.LogError(message);

    public static void Exception(Exception exception, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
        => Error(exception.ToString(), resource, streamId, ephemeral);

    // Logging outside a deployment is an error, whatever becomes of the message.
    private static void Drop() => _ = Deployment.Current;
}
