using System.Diagnostics;
using Nines.Tests.Interop.Peers;
using Xunit;

namespace Nines.Tests.Interop.Integrations;

/// <summary>Programs that send mail and requests as people's scripts do: Python's smtplib, and a client of Opsgenie's shape.</summary>
public sealed class OtherSenders
{
    private const string Mail = """
        import smtplib, sys
        from email.message import EmailMessage
        def send(subject, body, **headers):
            mail = EmailMessage()
            mail["Subject"], mail["From"], mail["To"] = subject, "nagios@example.com", to
            for name, value in headers.items(): mail[name.replace("_", "-")] = value
            mail.set_content(body)
            with smtplib.SMTP("127.0.0.1", int(sys.argv[1])) as server: server.send_message(mail)
        to = "ops@nines.example.com"
        send("** PROBLEM Service Alert: db1/Platte is CRITICAL **", "Größe: 100 %\n.\n..ends", Message_ID="<1@nagios>")
        send("[FIRING:1] Slow", "first", Message_ID="<2@nagios>")
        send("Something else entirely, resolved", "done", References="<2@nagios>")
        send("** RECOVERY Service Alert: db1/Platte is OK **", "fine")
        send("A third thing", "x" * 5000)
        to = "nobody@nines.example.com"
        try: send("lost", "x")
        except smtplib.SMTPRecipientsRefused as refused: print(list(refused.recipients.values())[0][0])
        to = "ops@nines.example.com"
        try: send("too large", "x" * 2000000)
        except smtplib.SMTPException as refused: print(refused.smtp_code)
        """;

    private const string Opsgenie = """
        import json, sys, urllib.request
        def call(method, path, body=None):
            request = urllib.request.Request(sys.argv[1] + "opsgenie/v2/" + path, None if body is None else json.dumps(body).encode(), {"Authorization": "GenieKey k", "Content-Type": "application/json"}, method=method)
            with urllib.request.urlopen(request) as answer: return answer.status, json.loads(answer.read())
        status, made = call("POST", "alerts", {"message": "Disk full", "alias": "disk", "tags": ["checkout"], "priority": "P1"})
        assert status == 202 and made["result"] == "Request will be processed" and made["requestId"], made
        call("POST", "alerts", {"message": "Disk full", "alias": "disk"})
        done = call("GET", "alerts/requests/" + made["requestId"])[1]["data"]
        assert done["isSuccess"] and done["action"] == "Create" and done["alias"] == "disk", done
        shown = call("GET", "alerts/" + done["alertId"])[1]["data"]
        assert (shown["status"], shown["count"], shown["message"], shown["priority"]) == ("open", 2, "Disk full", "P1"), shown
        assert call("GET", "alerts/" + shown["tinyId"] + "?identifierType=tiny")[1]["data"]["id"] == shown["id"]
        call("POST", "alerts/disk/notes?identifierType=alias", {"note": "on it"})
        call("POST", "alerts/disk/acknowledge?identifierType=alias", {"user": "ada@example.com"})
        assert call("GET", "alerts/disk?identifierType=alias")[1]["data"]["acknowledged"]
        assert [a["alias"] for a in call("GET", "alerts?query=status%3Aopen&limit=10")[1]["data"]] == ["disk"]
        call("POST", "alerts/disk/close?identifierType=alias", {})
        assert call("GET", "alerts/disk?identifierType=alias")[1]["data"]["status"] == "closed"
        gone = call("POST", "alerts/never/close?identifierType=alias", {})[1]
        assert not call("GET", "alerts/requests/" + gone["requestId"])[1]["data"]["isSuccess"]
        assert call("GET", "heartbeats/backup/ping")[1]["result"] == "PONG - Heartbeat received"
        print("done")
        """;

    [Fact]
    public async Task Mail_OfSmtplib_OpensAndEndsAlerts()
    {
        var port = Peer.FreePort();
        await using var nines = await RunningNines.StartAsync(("integrations:smtpListen", $"127.0.0.1:{port}"));
        await nines.ApplyAsync("apiVersion: nines/v1\nkind: Integration\nmetadata: { name: ops }\nspec: { kind: mail }\n");
        Assert.Equal(["550", "552"], (await PythonAsync(Mail, $"{port}")).Split('\n'));
        var alerts = (await nines.GetAsync("/api/v1/alerts")).EnumerateArray().ToDictionary(a => a.GetProperty("title").GetString()!);
        Assert.Equal(["resolved", "resolved", "firing"], new[] { "** PROBLEM Service Alert: db1/Platte is CRITICAL **", "[FIRING:1] Slow", "A third thing" }.Select(t => alerts[t].GetProperty("state").GetString()));
        Assert.Equal(3, alerts.Count);
    }

    [Fact]
    public async Task Client_OfOpsgeniesShape_DoesAllItDoes()
    {
        await using var nines = await RunningNines.StartAsync();
        await nines.ApplyAsync("apiVersion: nines/v1\nkind: Heartbeat\nmetadata: { name: backup }\nspec: { every: 1h }\n");
        Assert.Equal("done", await PythonAsync(Opsgenie, nines.Address.ToString()));
        var beat = (await nines.GetAsync("/api/v1/heartbeats"))[0];
        Assert.Equal("alive", beat.GetProperty("state").GetString());
        // The first ping is written down at once; its time is still the promised one, to the second.
        Assert.Equal(TimeSpan.FromHours(1), beat.GetProperty("due").GetDateTimeOffset() - beat.GetProperty("last").GetDateTimeOffset());
    }

    private static async Task<string> PythonAsync(string script, params string[] words)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", ["-c", script, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        Assert.True(process.ExitCode == 0, await output + await error);
        return (await output).Trim();
    }
}
