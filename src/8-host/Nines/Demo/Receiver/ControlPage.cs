using System.Globalization;
using System.Net;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Nines.Host.Demo;

/// <summary>The demo's page as HTML: works without script, refreshes itself with it.</summary>
internal static class ControlPage
{
    private const string Style = """
        :root { color-scheme: light dark; --paper: light-dark(#fafbfc,#0e1017); --card: light-dark(#fff,#161920); --line: light-dark(#d9dde2,#2b2f38);
          --edge: light-dark(#7a808b,#6f7481); --ink: light-dark(#191e2a,#e7eaee); --ink-2: light-dark(#4a505c,#b6bbc2); --brand: light-dark(#2943ca,#9babfd);
          --good: light-dark(#0a7461,#70d3bb); --crit: light-dark(#bf3502,#fd8660); --crit-wash: light-dark(#feece7,#401b13); }
        body { margin: 0 auto; max-width: 68rem; padding: 1.5rem clamp(1rem,2.4vw,2.5rem); background: var(--paper); color: var(--ink);
          font: .9375rem/1.5 "Atkinson Hyperlegible Next", system-ui, sans-serif; font-variant-numeric: tabular-nums; }
        h1 { font-size: 1.5rem; margin: 0 0 .25rem; } h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; } p { margin: .25rem 0; color: var(--ink-2); } a { color: var(--brand); }
        .wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
        td.n, th.n { text-align: right; } form { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; }
        button { font: inherit; min-height: 2.75rem; padding: 0 .75rem; color: var(--ink); background: var(--card); border: 1px solid var(--edge); border-radius: 5px; cursor: pointer; }
        button[aria-pressed=true] { border-color: var(--ink); border-width: 2px; font-weight: 600; }
        .bad { color: var(--crit); font-weight: 600; } .ok { color: var(--good); }
        article { background: var(--card); border: 1px solid var(--line); border-radius: 5px; padding: .75rem 1rem; margin: .5rem 0; }
        @media (max-width: 40rem) {
          thead { display: none; } tr { display: grid; grid-template-columns: 1fr auto auto; padding: .75rem 0; border-bottom: 1px solid var(--line); }
          th, td { border: 0; } td:last-child { grid-column: 1 / -1; padding: .5rem 0 0; } td.n::after { content: " " attr(data-of); color: var(--ink-2); } }
        article.page { background: var(--crit-wash); } pre { overflow-x: auto; font-size: .8125rem; margin: .5rem 0 0; }
        """;

    private const string Script = """
        setInterval(async () => {
          if (document.activeElement instanceof HTMLButtonElement || document.querySelector("details[open]")) return;
          try { const r = await fetch("/live"); if (r.ok) document.querySelector("main").innerHTML = await r.text(); } catch { /* the demo has ended */ }
        }, 2000);
        """;

    public static string Render(ControlView view) =>
        $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>The shop · Nines demo</title><style>{Style}</style></head><body><main>{Live(view)}</main><script>{Script}</script></body></html>";

    /// <summary>The part that changes.</summary>
    public static string Live(ControlView view)
    {
        var page = new StringBuilder();
        page.Append("<h1>The shop</h1>");
        if (view.Nines is { } nines) page.Append(CultureInfo.InvariantCulture, $"<p>Nines watches it at <a href=\"{nines}\">{nines}</a>. Break something here, see the budget burn there, and wait for the page below.</p>");
        page.Append(CultureInfo.InvariantCulture, $"<p>Customers so far: {view.Load.Offered}, served {view.Load.Answered}, failed {view.Load.Failed}, waiting {view.Load.Waiting}, turned away by the load generator itself {view.Load.Shed}.</p>");
        page.Append("<h2>Services</h2><div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Services\"><table><thead><tr><th scope=\"col\">Service</th><th scope=\"col\" class=\"n\">Requests</th><th scope=\"col\" class=\"n\">Failed</th><th scope=\"col\">Break and mend</th></tr></thead><tbody>");
        foreach (var service in view.Services) AppendService(page, service);
        page.Append("</tbody></table></div><h2>Pages received</h2>");
        if (view.Pages.Count == 0) page.Append("<p>None yet. An outage of payments pages ada, who is first on call, about a minute after it begins; grace, who is second, 20 s later unless somebody takes it on (5 min is what ships).</p>");
        foreach (var received in view.Pages) AppendPage(page, received);
        return page.ToString();
    }

    private static void AppendService(StringBuilder page, ServiceView service)
    {
        page.Append(CultureInfo.InvariantCulture, $"<tr><th scope=\"row\">{service.Name} {(service.Fault == Fault.None ? "<span class=\"ok\">● well</span>" : $"<span class=\"bad\">▲ {Word(service.Fault)}</span>")}<br><a href=\"{service.Address}metrics\">{service.Address.Authority}/metrics</a></th>");
        page.Append(CultureInfo.InvariantCulture, $"<td class=\"n\" data-of=\"asked\">{service.Requests.Total}</td><td class=\"n\" data-of=\"failed\">{service.Requests.Failed}</td><td><form method=\"post\" action=\"/fault\"><input type=\"hidden\" name=\"service\" value=\"{service.Name}\">");
        foreach (var fault in Enum.GetValues<Fault>())
            page.Append(CultureInfo.InvariantCulture, $"<button name=\"fault\" value=\"{Word(fault)}\" aria-pressed=\"{(fault != Fault.None && service.Fault == fault ? "true" : "false")}\">{(fault == Fault.None ? "mend" : Word(fault))}</button>");
        page.Append("</form></td></tr>");
    }

    private static void AppendPage(StringBuilder page, ReceivedPage received)
    {
        page.Append(CultureInfo.InvariantCulture, $"<article class=\"{(received.Wakes ? "page" : "other")}\"><strong>{Encode(received.Said)}</strong>");
        page.Append(CultureInfo.InvariantCulture, $"<p>{Time(received.At)} · signature {Encode(received.Signature)}{(received.Why.Length > 0 ? " · " + Encode(received.Why) : "")}</p>");
        if (Uri.TryCreate(received.Url, UriKind.Absolute, out var url) && url.Scheme is "http" or "https") page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Encode(url.ToString())}\">open it in Nines</a></p>");
        if (received.Wakes && Uri.TryCreate(received.Acknowledge, UriKind.Absolute, out var acknowledge) && acknowledge.Scheme is ("http" or "https"))
            page.Append(CultureInfo.InvariantCulture, $"<p><a href=\"{Encode(acknowledge.ToString())}\"><strong>take it on</strong></a>, as whoever was called</p>");
        page.Append(CultureInfo.InvariantCulture, $"<details><summary>What was sent</summary><pre tabindex=\"0\">{Encode(received.Pretty)}</pre></details></article>");
    }

    private static string Time(Instant at) => $"<time datetime=\"{InstantPattern.ExtendedIso.Format(at)}\">{InstantPattern.General.Format(at)}</time>";

    private static string Word(Fault fault) => fault.ToString().ToLowerInvariant();

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
