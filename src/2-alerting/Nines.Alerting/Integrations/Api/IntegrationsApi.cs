using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Nines.Alerting.Alerts;
using Nines.Catalog;
using Nines.Catalog.Manifests;
using Nines.Kernel;
using Nines.Shell;
using Nines.Shell.Components;

namespace Nines.Alerting.Integrations.Api;

/// <summary>The senders over HTTP: the list, one with what to paste, and a trial of an event.</summary>
internal static class IntegrationsApi
{
    public static IReadOnlyList<Column<IntegrationView>> Columns { get; } =
    [
        new("name", "Name", i => i.Name),
        new("kind", "Kind", i => i.Kind),
        new("declared", "Declared", i => i.Declared),
        new("open", "Open", i => i.Open),
        new("received", "Received", i => i.Received),
        new("last", "Last received", i => i.LastAt),
        new("refused", "Refused", i => i.Refused),
        new("refusal", "Last refusal", i => i.LastRefusal),
        new("key", "Key", i => i.Key),
        new("address", "Address", i => i.Address),
    ];

    public static IResult List(HttpContext http, IntegrationList list) => TableExport.List(http.Request, list.All(http.Request), Columns, "integrations");

    public static IResult Show(HttpContext http, string name, IntegrationList list) => list.One(http.Request, name) is { } one
        ? Results.Json(one, HouseJson.Options)
        : Answers.Refuse(Unknown(name));

    public static async Task<IResult> TryAsync(HttpContext http, string name, IntegrationList list)
    {
        if (list.Find(name) is not { } from) return Answers.Refuse(Unknown(name));
        var (body, _, why) = await SentRequest.ReadAsync(http, 1024 * 1024);
        return body is null ? Answers.Refuse(Problem.Invalid(why)) : list.Try(from, body, http.Request.ContentType ?? "").ToAnswer();
    }

    internal static Problem Unknown(string name) => Problem.NotFound($"There is no integration \"{SentText.Line(name, 80)}\".", "List them with \"nines integration list\".");
}

/// <summary>Gathers what is shown about senders.</summary>
internal sealed class IntegrationList(IHouse house, CompiledManifests manifests, IntegrationDesk desk, AlertRoutes routes, IOptions<AlertsOptions> alerts, IOptions<IntegrationsOptions> options, TimeProvider clock)
{
    /// <summary>All, by name.</summary>
    public IReadOnlyList<IntegrationView> All(HttpRequest request)
    {
        var book = house.State.Get<AlertBook>().All.Values;
        var declared = desk.Declared;
        var known = declared.Select(d => d.Name).Concat(desk.Figures.All.Select(f => f.Name)).ToHashSet(StringComparer.Ordinal);
        var mine = book.Where(a => known.Contains(a.Source) || a.Labels[DoorKeys.IntegrationLabel] == a.Source).GroupBy(a => a.Source).ToArray();
        return IntegrationView.All(
            declared, desk.Figures.All,
            mine.ToDictionary(g => g.Key, g => g.Count(a => a.Firing)),
            mine.ToDictionary(g => g.Key, g => g.Max(a => a.HeardAt)),
            Where(request));
    }

    /// <summary>One, with what to paste at its sender; null where nobody heard of it.</summary>
    public IntegrationView? One(HttpRequest request, string name) =>
        All(request).FirstOrDefault(i => i.Name == name) is { } view && Find(name) is { } one ? view with { Paste = Where(request).Paste(one).Replace("\r", "", StringComparison.Ordinal) } : null;

    /// <summary>The integration of a name, declared or heard of.</summary>
    public Integration? Find(string name)
    {
        if (desk.Declared.FirstOrDefault(d => d.Name == name) is { } declared) return declared;
        var heard = desk.Figures.All.Any(f => f.Name == name) || house.State.Get<DoorKeys>().ById.Values.Any(k => k.Integration == name);
        return heard ? new Integration { Name = name, DisplayName = name, Kind = Enum.GetValues<IntegrationKind>().FirstOrDefault(k => name == Integration.WordOf(k) || name.StartsWith(Integration.WordOf(k) + "-", StringComparison.Ordinal), IntegrationKind.Events) } : null;
    }

    /// <summary>What an event would become, and which route would take it.</summary>
    public Outcome<IReadOnlyList<TrialAlert>> Try(Integration from, ReadOnlyMemory<byte> body, string type) =>
        IntegrationTrial.Try(from, body, type, manifests.Catalog(house.State), alerts.Value.Without(), clock.Now())
            .Map<IReadOnlyList<TrialAlert>>(all => [.. all.Select(Routed)]);

    /// <summary>The same of a text, as a page sends it.</summary>
    public Outcome<IReadOnlyList<TrialAlert>> Try(Integration from, string text) => Try(from, Encoding.UTF8.GetBytes(text), "");

    private TrialAlert Routed(TrialAlert trial)
    {
        var facts = new RouteFacts(AlertLabels.Of(trial.Labels), trial.Severity, trial.Service, trial.Source);
        var (route, _, verdict) = RouteStage.Judge(routes.For(house.State), facts, clock.Now());
        return trial with { Route = route.Name, RouteReason = verdict.Reason };
    }

    private IntegrationAddresses Where(HttpRequest request) => new($"{request.Scheme}://{request.Host}", options.Value.SmtpListen);
}
