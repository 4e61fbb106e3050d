using System.Globalization;
using System.Text;
using NodaTime;

namespace Nines.Alerting.Integrations;

/// <summary>What became of a request.</summary>
public enum OpsgenieResult
{
    /// <summary>It was done.</summary>
    Done,

    /// <summary>There was no such alert to do it to.</summary>
    NoAlert,
}

/// <summary>A request of Opsgenie's API, as its id says it.</summary>
/// <param name="Alert">The alert; empty where there was none.</param>
/// <param name="Action">Such as <c>Create</c>.</param>
/// <param name="Result">What became of it.</param>
/// <param name="At">When.</param>
public sealed record OpsgenieRequestDone(string Alert, string Action, OpsgenieResult Result, Instant At);

/// <summary>
/// Request ids that say themselves what became of the request: nothing has to be kept for them, and they can be asked on
/// every node and after a restart.
/// </summary>
public static class OpsgenieRequestId
{
    private static readonly string[] Actions = ["Ask", "Create", "Close", "Acknowledge", "UnAcknowledge", "Snooze", "AddNote", "Update", "Delete", "Escalate", "Assign", "AddTags", "AddDetails"];

    /// <summary>Writes one: time, action, result, alert.</summary>
    public static string Write(OpsgenieRequestDone done) =>
        $"{done.At.ToUnixTimeMilliseconds():x12}-{Math.Max(0, Array.IndexOf(Actions, done.Action)):x2}{(done.Result == OpsgenieResult.Done ? "d" : "n")}-{(done.Alert.Length > 0 ? done.Alert : "0")}";

    /// <summary>Reads one; null where it is none.</summary>
    public static OpsgenieRequestDone? Read(string id)
    {
        if (id.Length > 80 || id.Split('-', 3) is not [{ Length: 12 } time, { Length: 3 } what, { Length: > 0 } alert]) return null;
        if (!long.TryParse(time, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var ms) || ms > Instant.MaxValue.ToUnixTimeMilliseconds()) return null;
        if (!int.TryParse(what.AsSpan(0, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var action) || action >= Actions.Length || what[2] is not ('d' or 'n')) return null;
        return new(alert == "0" ? "" : alert, Actions[action], what[2] == 'd' ? OpsgenieResult.Done : OpsgenieResult.NoAlert, Instant.FromUnixTimeMilliseconds(ms));
    }

    /// <summary>A number that stands for an alert, as Opsgenie's <c>tinyId</c>: the last characters of its id, as digits.</summary>
    public static string TinyOf(string alert)
    {
        var number = 0UL;
        foreach (var b in Encoding.ASCII.GetBytes(alert[Math.Max(0, alert.Length - 10)..])) number = (number * 37) + b;
        return (number % 10_000_000_000).ToString(CultureInfo.InvariantCulture);
    }
}
