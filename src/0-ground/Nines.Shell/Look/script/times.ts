// Times leave the server in UTC (or in the zone a cookie names); the reader's zone is known only here.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const part = (at: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(at);

const clock = (at: Date) => part(at, { hour: "2-digit", minute: "2-digit" });
const seconds = (at: Date) => part(at, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const day = (at: Date) => `${part(at, { day: "numeric" })} ${month(at)}`;
// "Sept" is en-GB's habit; the server says "Sep".
const month = (at: Date) => part(at, { month: "short" }).slice(0, 3);
const zoneName = (at: Date) =>
  new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "short" })
    .formatToParts(at).find((p) => p.type === "timeZoneName")?.value ?? "";

const sameDay = (a: Date, b: Date) => part(a, { dateStyle: "short" }) === part(b, { dateStyle: "short" });

/** The same forms as the server's TimeText; `form` is the element's data-t. */
export function absolute(at: Date, form: string | undefined, now = new Date()): string {
  switch (form) {
    case "clock": return sameDay(at, now) ? clock(at) : `${day(at)} ${clock(at)}`;
    case "seconds": return sameDay(at, now) ? seconds(at) : `${day(at)} ${seconds(at)}`;
    case "sentence": return sameDay(at, now) ? `today at ${clock(at)}`
      : at.getTime() - now.getTime() < 172_800_000 ? `on ${part(at, { weekday: "long" })} ${clock(at)}`
      : `on ${part(at, { weekday: "long" })} ${part(at, { day: "numeric" })} ${part(at, { month: "long" })}`;
    case "day": {
      const year = part(at, { year: "numeric" });
      return `${part(at, { weekday: "short" })} ${day(at)}${year === part(now, { year: "numeric" }) ? "" : ` ${year}`}`;
    }
    default: return `${part(at, { weekday: "short" })} ${day(at)} ${clock(at)} ${zoneName(at)}`;
  }
}

/** "51 min ago", "in 5 d 13 h": two units at most, never a fraction. */
export function relative(at: Date, now = new Date()): string {
  const total = Math.round((now.getTime() - at.getTime()) / 1000);
  const words = span(Math.abs(total));
  return total >= 0 ? `${words} ago` : `in ${words}`;
}

function span(s: number): string {
  const nb = "\u00a0";
  if (s < 60) return `${s}${nb}s`;
  if (s < 3600) return `${Math.floor(s / 60)}${nb}min`;
  if (s < 86400) {
    const minutes = Math.floor((s % 3600) / 60);
    return `${Math.floor(s / 3600)}${nb}h${minutes ? ` ${minutes}${nb}min` : ""}`;
  }
  const hours = Math.floor((s % 86400) / 3600);
  return `${Math.floor(s / 86400)}${nb}d${hours ? ` ${hours}${nb}h` : ""}`;
}

/** Rewrites every `<time>` below `root` into the reader's zone. */
export function localTimes(root: ParentNode): void {
  const now = new Date();
  for (const element of root.querySelectorAll<HTMLTimeElement>("time[datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime()) || element.dataset.t === "none") continue;
    const text = element.dataset.t === "ago" ? relative(at, now) : absolute(at, element.dataset.t, now);
    if (element.textContent !== text) element.textContent = text;
    element.title ||= `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
  }
}

/** Remembers the zone for the server's next page, and keeps "ago" true while the page stands. */
export function watchTimes(): void {
  const wanted = `nines-zone=${encodeURIComponent(zone)}`;
  if (!document.cookie.split("; ").includes(wanted)) {
    document.cookie = `${wanted}; path=/; max-age=31536000; samesite=lax`;
    // Once in a browser's life: charts have their axes drawn by the server, which did not know the zone.
    const known = document.cookie.split("; ").includes(wanted);
    if (known && zone !== "UTC" && document.querySelector("svg.c[data-from], .day")) location.reload();
  }
  localTimes(document);
  setInterval(() => { if (!document.hidden) localTimes(document); }, 10_000);
}
