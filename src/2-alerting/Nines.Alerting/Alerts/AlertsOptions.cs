using Microsoft.Extensions.Options;
using Nines.Kernel;
using NodaTime;

namespace Nines.Alerting.Alerts;

/// <summary>The times of the shipped routes, in the field's notation (<c>0s</c>, <c>1m</c>, <c>4h</c>).</summary>
public sealed class AlertsOptions
{
    /// <summary>How long a new group of pages waits for company. Default 0s: a page leaves at once.</summary>
    public string PageWait { get; set; } = "0s";

    /// <summary>Least time between two notifications of one group of pages. Default 1m.</summary>
    public string PageInterval { get; set; } = "1m";

    /// <summary>When a page that still fires is said again; 0s for never. Default 4h.</summary>
    public string PageRepeat { get; set; } = "4h";

    /// <summary>How long a new group of tickets waits. Default 0s.</summary>
    public string TicketWait { get; set; } = "0s";

    /// <summary>Least time between two notifications of one group of tickets. Default 5m.</summary>
    public string TicketInterval { get; set; } = "5m";

    /// <summary>How long an alert that does not say its end fires after it was last sent. Default 5m, as Alertmanager's resolve_timeout.</summary>
    public string ResolveTimeout { get; set; } = "5m";

    /// <summary>The severity of an alert that says none: page, ticket or log. Default page, so that none gets lost.</summary>
    public string SeverityWithout { get; set; } = "page";

    /// <summary><see cref="ResolveTimeout"/>, read.</summary>
    public Duration ResolvesAfter() => FieldDuration.Parse(ResolveTimeout);

    /// <summary><see cref="SeverityWithout"/>, read.</summary>
    public AlertSeverity Without() => SeverityWords.Of(SeverityWithout, AlertSeverity.Page);

    /// <summary>The routes with these times.</summary>
    internal RouteTable Routes() => new([.. RouteTable.Shipped.Otherwise.Select(r => r.Name switch
    {
        "page" => r with { Wait = FieldDuration.Parse(PageWait), Interval = FieldDuration.Parse(PageInterval), Repeat = Positive(PageRepeat) },
        "ticket" => r with { Wait = FieldDuration.Parse(TicketWait), Interval = FieldDuration.Parse(TicketInterval) },
        _ => r,
    })]);

    private static Duration? Positive(string text) => FieldDuration.Parse(text) is var d && d > Duration.Zero ? d : null;
}

/// <summary>Refuses times that are none, or that would keep a page waiting.</summary>
public sealed class AlertsOptionsValidator : IValidateOptions<AlertsOptions>
{
    // A page that waits longer than this for company is no page.
    private static readonly Duration LongestPageWait = Duration.FromMinutes(5);

    private static readonly Duration ShortestTimeout = Duration.FromSeconds(30);
    private static readonly Duration LongestTimeout = Duration.FromDays(1);

    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AlertsOptions options)
    {
        var wrong = new List<string>();
        (string Name, string Value)[] all =
        [
            ("pageWait", options.PageWait), ("pageInterval", options.PageInterval), ("pageRepeat", options.PageRepeat),
            ("ticketWait", options.TicketWait), ("ticketInterval", options.TicketInterval),
            ("resolveTimeout", options.ResolveTimeout),
        ];
        foreach (var (setting, value) in all)
            if (!FieldDuration.TryParse(value, out _)) wrong.Add($"alerts:{setting}: \"{value}\" is not a duration. Write one such as 0s, 1m or 4h.");
        if (FieldDuration.TryParse(options.PageWait, out var wait) && wait > LongestPageWait)
            wrong.Add($"alerts:pageWait: a page must not wait {options.PageWait} for company. Write at most 5m.");
        if (FieldDuration.TryParse(options.ResolveTimeout, out var timeout) && (timeout < ShortestTimeout || timeout > LongestTimeout))
            wrong.Add($"alerts:resolveTimeout: {options.ResolveTimeout} is out of bounds. Write 30s to 1d; a sender repeats what fires about every minute.");
        if (options.SeverityWithout is not ("page" or "ticket" or "log"))
            wrong.Add($"alerts:severityWithout: \"{options.SeverityWithout}\" is no severity. Write page, ticket or log.");
        return wrong.Count > 0 ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
