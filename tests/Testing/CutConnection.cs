using System.Net;
using System.Net.Sockets;

namespace Infra.Tests.Testing;

/// <summary>
/// Somebody between a client and a server who passes on what they say, and falls silent for good after so many bytes of the server's: both
/// lose the connection. Whoever connects afterwards finds nobody.
/// </summary>
internal sealed class CutConnection : IDisposable
{
    private readonly Socket _listener;
    private readonly CancellationTokenSource _cut = new();
    private long _left;

    /// <summary>Listens.</summary>
    /// <param name="at">Where it listens.</param>
    /// <param name="server">Where the server listens.</param>
    /// <param name="bytes">After how many bytes of the server's it falls silent.</param>
    public CutConnection(EndPoint at, EndPoint server, long bytes)
    {
        _left = bytes;
        _listener = Listening(at);
        Address = _listener.LocalEndPoint!;
        _ = Task.Run(() => Serve(server));
    }

    /// <summary>Where it listens.</summary>
    public EndPoint Address { get; }

    /// <summary>Whether it has fallen silent.</summary>
    public bool IsCut => _cut.IsCancellationRequested;

    public void Dispose()
    {
        _cut.Cancel();
        _listener.Dispose();
        _cut.Dispose();
    }

    private static Socket Listening(EndPoint at)
    {
        var listener = Of(at);
        listener.Bind(at);
        listener.Listen();
        return listener;
    }

    private static Socket Of(EndPoint end) => end is UnixDomainSocketEndPoint
        ? new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        : new(SocketType.Stream, ProtocolType.Tcp);

    private async Task Serve(EndPoint server)
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_cut.Token);
                var behind = Of(server);
                await behind.ConnectAsync(server, _cut.Token);
                _ = Pass(client, behind, counted: false);
                _ = Pass(behind, client, counted: true);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            _listener.Dispose();
        }
    }

    private async Task Pass(Socket from, Socket to, bool counted)
    {
        try
        {
            var buffer = new byte[16384];
            int read;
            while ((read = await from.ReceiveAsync(buffer, _cut.Token)) > 0)
            {
                if (counted && Interlocked.Add(ref _left, -read) < 0)
                {
                    await _cut.CancelAsync();
                    break;
                }

                for (var sent = 0; sent < read;) sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), _cut.Token);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Both ends are closed below.
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
