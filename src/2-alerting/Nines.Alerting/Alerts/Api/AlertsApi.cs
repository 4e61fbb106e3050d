using Microsoft.AspNetCore.Http;
using Nines.Alerting.Silences;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;
using NodaTime;

namespace Nines.Alerting.Alerts.Api;

/// <summary>Alerts over HTTP: the list (JSON, CSV), one with its trail, the severity guide.</summary>
internal static class AlertsApi
{
    public static IReadOnlyList<Column<AlertView>> Columns { get; } =
    [
        new("id", "Id", a => a.Id),
        new("state", "State", a => a.State),
        new("severity", "Severity", a => a.Severity.Word()),
        new("service", "Service", a => a.Service),
        new("title", "Title", a => a.Title),
        new("started", "Started", a => a.StartedAt),
        new("ended", "Ended", a => a.EndedAt),
        new("source", "Source", a => a.Source),
        new("reason", "Reason", a => a.Reason),
        new("route", "Route", a => a.Route),
        new("group", "Group", a => a.Group),
        new("acknowledged", "Acknowledged", a => a.AcknowledgedAt),
        new("fingerprint", "Fingerprint", a => a.Fingerprint),
    ];

    // The entry was written in the millisecond that the id names; so many may have been written in the second around it.
    private const int MostEntries = 50_000;

    /// <summary><c>?q=</c> and <c>?sort=</c> as in every table, <c>?format=csv</c> for a file.</summary>
    public static IResult List(HttpRequest request, IHouse house, TimeProvider clock)
    {
        var state = house.State;
        var rows = AlertView.All(state.Get<AlertBook>(), state.Get<SilenceBook>(), clock.Now());
        return TableExport.List(request, rows, Columns, "alerts");
    }

    /// <summary>One alert, by id or fingerprint, with its trail; one that left memory is read from its stream.</summary>
    public static async Task<IResult> Show(string id, IHouse house, IJournal journal, EventCatalog events, TimeProvider clock, CancellationToken stop)
    {
        var state = house.State;
        var book = state.Get<AlertBook>();
        var alert = book.All.GetValueOrDefault(id) ?? book.Find(id) ?? await ReadAsync(id, journal, events, stop);
        return alert is null
            ? Answers.Refuse(Problem.NotFound($"There is no alert {id}.", "List them with \"nines alerts list\"."))
            : Results.Json(AlertView.Of(alert, state.Get<SilenceBook>(), clock.Now(), trail: true), HouseJson.Options);
    }

    public static IResult Severities(IHouse house, AlertRoutes routes) => Results.Json(routes.For(house.State).Severities, HouseJson.Options);

    /// <summary>The call that brought it stands where its id says; what happened to it afterwards is its stream.</summary>
    private static async Task<Alert?> ReadAsync(string id, IJournal journal, EventCatalog events, CancellationToken stop)
    {
        var fold = new AlertBookFold();
        var book = AlertBook.None;
        if (await TakenAsync(id, journal, events, stop) is { } taken) book = fold.Apply(book, taken);
        await foreach (var entry in journal.ReadStreamAsync(Intake.StreamOf(id), 0, stop))
            book = fold.Apply(book, new(entry, events.Read(entry.Type, entry.Data)));
        return book.All.GetValueOrDefault(id);
    }

    private static async Task<Recorded?> TakenAsync(string id, IJournal journal, EventCatalog events, CancellationToken stop)
    {
        if (IdSource.TimeOf(id) is not { } made) return null;
        var name = System.Text.Encoding.ASCII.GetBytes(id);
        var left = MostEntries;
        await foreach (var entry in journal.ReadAsync(await journal.PositionAtAsync(made - Duration.FromSeconds(1), stop), stop))
        {
            if (left-- == 0) return null;
            if (entry.Data.Span.IndexOf(name) < 0 || events.Read(entry.Type, entry.Data) is not AlertsTaken taken) continue;
            return new(entry, taken with { Alerts = [.. taken.Alerts.Where(a => a.Id == id)] });
        }

        return null;
    }
}
