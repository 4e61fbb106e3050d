using System.Collections.Immutable;
using System.Text.Json;
using Nines.Kernel;
using Nines.Responding.Incidents;

namespace Nines.Responding.IncidentChannels;

/// <summary>The channel of an incident.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Name">What it is called, or shall be.</param>
/// <param name="Channel">The provider's id of it; empty before it is open.</param>
/// <param name="Last">The last effect for it: the next one waits for it.</param>
/// <param name="Lines">So many lines of the timeline it has been told.</param>
/// <param name="Ended">Why it is told nothing any more; empty while it is.</param>
public sealed record IncidentChannel(string Incident, string Name, string Channel, string Last, int Lines, string Ended)
{
    /// <summary>True once people can write there.</summary>
    public bool IsOpen => Channel.Length > 0;
}

/// <summary>The channels of incidents.</summary>
/// <param name="ByIncident">By incident; of those that are over, the last ones.</param>
public sealed record IncidentChannelBook(ImmutableSortedDictionary<string, IncidentChannel> ByIncident)
{
    /// <summary>None yet.</summary>
    public static IncidentChannelBook None { get; } = new(ImmutableSortedDictionary.Create<string, IncidentChannel>(StringComparer.Ordinal));

    /// <summary>Those that are told what is new.</summary>
    public IEnumerable<IncidentChannel> Active => ByIncident.Values.Where(c => c.Ended.Length == 0);

    /// <summary>The channel with the provider's id; null for none.</summary>
    public IncidentChannel? OfChannel(string id) => id.Length == 0 ? null : ByIncident.Values.LastOrDefault(c => c.Channel == id);

    internal IncidentChannelBook With(IncidentChannel channel)
    {
        var all = ByIncident.SetItem(channel.Incident, channel);
        // Ids of incidents begin with their time: the first is the oldest.
        return new(all.Count > IncidentBook.ClosedKept ? all.Remove(all.Keys.First()) : all);
    }

    internal IncidentChannelBook Change(string incident, Func<IncidentChannel, IncidentChannel> change) => ByIncident.TryGetValue(incident, out var channel) ? With(change(channel)) : this;
}

/// <summary>Folds the channels of incidents.</summary>
public sealed class IncidentChannelFold : Fold<IncidentChannelBook>
{
    /// <inheritdoc />
    public override string Room => "incidentchannels";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override IncidentChannelBook Empty => IncidentChannelBook.None;

    /// <inheritdoc />
    public override IncidentChannelBook Apply(IncidentChannelBook state, in Recorded happened) => happened.Event switch
    {
        ChannelAsked e => state.With(new(e.Incident, e.Name, "", e.Effect, 0, "")),
        ChannelOpened e => state.Change(e.Incident, c => c with { Channel = e.Channel, Name = e.Name }),
        ChannelTold e => state.Change(e.Incident, c => c with { Lines = e.Lines, Last = e.Effect.Length > 0 ? e.Effect : c.Last }),
        ChannelEnded e => state.Change(e.Incident, c => c with { Ended = e.Reason }),
        // It goes on where it stopped.
        IncidentReopened e => state.Change(e.Id, c => c with { Ended = "" }),
        _ => state,
    };

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(IncidentChannelBook state) => JsonSerializer.SerializeToUtf8Bytes(state.ByIncident.Values.ToArray(), HouseJson.Options);

    /// <inheritdoc />
    public override IncidentChannelBook Load(ReadOnlyMemory<byte> data) =>
        new(IncidentChannelBook.None.ByIncident.AddRange((JsonSerializer.Deserialize<IncidentChannel[]>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of channels is empty.")).Select(c => KeyValuePair.Create(c.Incident, c))));
}
