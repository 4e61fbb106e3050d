using System.Text.Json;
using Nines.Kernel;

namespace Nines.Responding.Updates;

/// <summary>Folds what was said about incidents, and who listens.</summary>
public sealed class UpdateBookFold : Fold<UpdateBook>
{
    /// <inheritdoc />
    public override string Room => "updates";

    /// <inheritdoc />
    public override int Version => 1;

    /// <inheritdoc />
    public override UpdateBook Empty => UpdateBook.None;

    /// <inheritdoc />
    public override UpdateBook Apply(UpdateBook state, in Recorded happened) => happened.Event switch
    {
        UpdatePosted e => Post(state, e, happened.Entry.At),
        UpdateReminded e => state.With(state.Of(e.Incident) with { RemindedOf = e.Due }),
        UpdatesSubscribed e => state with { Subscriptions = state.Subscriptions.SetItem(e.Id, new(e.Id, e.Person, e.Audience, [.. e.Services], e.Least, happened.Entry.At)) },
        UpdatesUnsubscribed e => state with { Subscriptions = state.Subscriptions.Remove(e.Id) },
        _ => state,
    };

    private static UpdateBook Post(UpdateBook state, UpdatePosted e, NodaTime.Instant at)
    {
        var updates = state.Of(e.Incident);
        return state.With(updates with { Posted = updates.Posted.Add(new(e.Id, at, e.Audience, e.Subject, e.Text, e.Next, e.Told, e.By)) });
    }

    /// <inheritdoc />
    public override ReadOnlyMemory<byte> Save(UpdateBook state) =>
        JsonSerializer.SerializeToUtf8Bytes(new Saved([.. state.ByIncident.Values.OrderBy(u => u.Incident, StringComparer.Ordinal)], [.. state.Subscriptions.Values]), HouseJson.Options);

    /// <inheritdoc />
    public override UpdateBook Load(ReadOnlyMemory<byte> data)
    {
        var saved = JsonSerializer.Deserialize<Saved>(data.Span, HouseJson.Options) ?? throw new JsonException("The snapshot of updates is empty.");
        return new(System.Collections.Immutable.ImmutableDictionary.CreateRange(saved.Updates.Select(u => KeyValuePair.Create(u.Incident, u))), UpdateBook.None.Subscriptions.AddRange(saved.Subscriptions.Select(s => KeyValuePair.Create(s.Id, s))));
    }

    private sealed record Saved(IncidentUpdates[] Updates, UpdateSubscription[] Subscriptions);
}
