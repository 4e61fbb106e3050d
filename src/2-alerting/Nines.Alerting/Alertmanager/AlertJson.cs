using System.Collections.Immutable;
using System.Globalization;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alertmanager;

/// <summary>
/// Writes alerts as Alertmanager does, straight into the answer: no objects between, whatever the number. Neighbours have
/// much in common; what was written last is copied where it comes again.
/// </summary>
public sealed class AlertJson
{
    private readonly RawJson _noteBytes = new(512);
    private readonly TimeText _ends = new(), _starts = new(), _updated = new();
    private ImmutableSortedDictionary<string, string>? _notes;

    /// <summary>Writes all of them as an array; answers how much stands there after each, so that it may leave.</summary>
    public IEnumerable<int> WriteAll(RawJson json, IEnumerable<ListedAlert> alerts)
    {
        json.Raw("["u8);
        var first = true;
        foreach (var alert in alerts)
        {
            if (!first) json.Raw(","u8);
            first = false;
            Write(json, alert);
            yield return json.Count;
        }

        json.Raw("]"u8);
    }

    /// <summary>Writes one.</summary>
    public void Write(RawJson json, in ListedAlert listed)
    {
        var alert = listed.Alert;
        json.Raw("{\"annotations\":"u8).Raw(Notes(alert.Annotations)).Raw(",\"endsAt\":"u8);
        _ends.Write(json, listed.EndsAt);
        json.Raw(",\"fingerprint\":\""u8);
        listed.Number.TryFormat(json.Take(16), out _, "x16", CultureInfo.InvariantCulture);
        json.Raw("\",\"receivers\":[{\"name\":"u8).Text(alert.Route).Raw("}],\"startsAt\":"u8);
        _starts.Write(json, alert.StartedAt);
        WriteStatus(json, listed);
        json.Raw(",\"updatedAt\":"u8);
        _updated.Write(json, listed.HeardAt);
        if (alert.GeneratorUrl.Length > 0) json.Raw(",\"generatorURL\":"u8).Text(alert.GeneratorUrl);
        json.Raw(",\"labels\":"u8).Members(alert.Labels.Span).Raw("}"u8);
    }

    private static void WriteStatus(RawJson json, in ListedAlert listed)
    {
        if (!listed.IsHeld)
        {
            json.Raw(",\"status\":{\"inhibitedBy\":[],\"mutedBy\":[],\"silencedBy\":[],\"state\":\"active\"}"u8);
            return;
        }

        json.Raw(",\"status\":{\"inhibitedBy\":"u8).Texts(listed.InhibitedBy).Raw(",\"mutedBy\":"u8).Texts(listed.MutedBy)
            .Raw(",\"silencedBy\":"u8).Texts(listed.SilencedBy).Raw(",\"state\":\"suppressed\"}"u8);
    }

    /// <summary>Alerts of one rule share their annotations: the same object, written once.</summary>
    private ReadOnlySpan<byte> Notes(ImmutableSortedDictionary<string, string> notes)
    {
        if (!ReferenceEquals(notes, _notes))
        {
            _noteBytes.Clear();
            _noteBytes.Members([.. notes.Where(n => !IsOurs(notes, n.Key, n.Value))]);
            _notes = notes;
        }

        return _noteBytes.Written.Span;
    }

    // The runbook under Nines' own name, taken from what the sender calls runbook_url.
    private static bool IsOurs(ImmutableSortedDictionary<string, string> notes, string name, string value) =>
        name == "runbook" && notes.TryGetValue("runbook_url", out var sent) && sent == value;

    /// <summary>A time as it was written last.</summary>
    private sealed class TimeText
    {
        private readonly byte[] _text = new byte[WireTime.Length + 2];
        private Instant? _at;

        public void Write(RawJson json, Instant at)
        {
            if (_at != at)
            {
                _text[0] = _text[^1] = (byte)'"';
                WireTime.Write(_text.AsSpan(1), at);
                _at = at;
            }

            json.Raw(_text);
        }
    }
}
