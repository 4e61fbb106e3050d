using System.Diagnostics;
using System.Text;

namespace Nines.Host.Bench;

/// <summary>This very program as a server in a process of its own.</summary>
internal sealed class ServerProcess : MeasuredProcess
{
    private ServerProcess(Process process, Uri address, TimeProvider clock) : base(process, address, clock)
    {
    }

    /// <summary>Starts a server on a free port and waits until it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string data, TimeProvider clock, CancellationToken stop, params string[] more)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var began = clock.GetTimestamp();
        var (program, words) = SelfProcess.Command(["serve", "--listen", address.ToString().TrimEnd('/'), "--data", data, "--open", .. more]);
        var (process, said) = Run(program, words);
        var server = new ServerProcess(process, address, clock);
        await server.WaitReadyAsync("/-/ready", began, said, stop);
        return server;
    }

    /// <summary>Applies manifests over HTTP, as a user would.</summary>
    /// <exception cref="IOException">The server refused them.</exception>
    public async Task ApplyAsync(string yaml, CancellationToken stop)
    {
        using var body = new StringContent(yaml, Encoding.UTF8, "application/yaml");
        using var answer = await Http.PostAsync(new Uri("/api/v1/manifests", UriKind.Relative), body, stop);
        if (!answer.IsSuccessStatusCode) throw new IOException($"Manifests were refused: {await answer.Content.ReadAsStringAsync(stop)}");
    }
}
