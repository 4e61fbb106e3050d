using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Nines.Shell;

namespace Nines.Alerting.Integrations.Mail;

/// <summary>Listens for mail where the settings say so, and carries each conversation: a <see cref="SmtpSession"/> does the talking.</summary>
internal sealed partial class SmtpListener(MailDesk desk, IOptions<IntegrationsOptions> options, TimeProvider clock, ILogger<SmtpListener> log) : IRoomLife, IDisposable
{
    private const int MostConnections = 50;

    // RFC 5321, 4.5.3.2.7: a server waits at least five minutes for the next command.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource _stopping = new();
    private TcpListener? _listener;
    private Task _serving = Task.CompletedTask;
    private int _connections;

    /// <summary>Where it listens; null where it does not.</summary>
    public IPEndPoint? Address => _listener?.LocalEndpoint as IPEndPoint;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken stop)
    {
        if (options.Value.SmtpEndPoint() is not { } at) return Task.CompletedTask;
        _listener = new TcpListener(at);
        _listener.Start();
        _serving = ServeAsync(_listener, _stopping.Token);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public async Task StopAsync(CancellationToken stop)
    {
        await _stopping.CancelAsync();
        _listener?.Stop();
        await _serving.WaitAsync(stop);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _listener?.Dispose();
        _stopping.Dispose();
    }

    private async Task ServeAsync(TcpListener listener, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = TalkAsync(await listener.AcceptTcpClientAsync(stop), stop);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                if (stop.IsCancellationRequested) return;
            }
        }
    }

    private async Task TalkAsync(TcpClient client, CancellationToken stop)
    {
        try
        {
            using (client)
            {
                client.NoDelay = true;
                var stream = client.GetStream();
                if (Interlocked.Increment(ref _connections) > MostConnections)
                {
                    await SayAsync(stream, "421 Many mails are being read at this moment; come back in a minute", stop);
                    return;
                }

                await ConverseAsync(stream, stop);
            }
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The sender has gone or says nothing more; what was answered with 250 is kept.
        }
        catch (Exception e)
        {
            LogFailed(e);
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task ConverseAsync(NetworkStream stream, CancellationToken stop)
    {
        var session = new SmtpSession(Dns.GetHostName(), options.Value.SmtpLimit, desk.Judge);
        await SayAsync(stream, session.Greeting, stop);
        var buffer = new byte[16 * 1024];
        while (true)
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            var read = await stream.ReadAsync(buffer, either.Token);
            if (read == 0) return;
            session.Feed(buffer.AsSpan(0, read));
            while (session.Next() is { } step)
            {
                var reply = step.Reply;
                if (step.Delivery is { } delivery)
                {
                    var (taken, why) = await desk.TakeAsync(delivery, stop);
                    reply = session.Delivered(taken, SentText.Line(why, 200));
                }

                await SayAsync(stream, reply, stop);
                if (step.Close) return;
            }
        }
    }

    private static async Task SayAsync(NetworkStream stream, string reply, CancellationToken stop) => await stream.WriteAsync(Encoding.UTF8.GetBytes(reply + "\r\n"), stop);

    [LoggerMessage(2401, LogLevel.Error, "A mail conversation failed")]
    private partial void LogFailed(Exception e);
}
