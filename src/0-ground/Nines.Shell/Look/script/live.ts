// One event stream a browser, whatever the number of tabs (browsers allow six connections a host):
// the tab that holds the lock listens for all, and tells the others over a channel.
type Fragment = { id: string; html: string };
type News = { topic: string; fragments: Fragment[] };
type Talk = { kind: "topics"; tab: string; topics: string[] } | { kind: "ask" } | { kind: "bye"; tab: string } | { kind: "news"; news: News };

const tab = crypto.randomUUID?.() ?? String(performance.now());

function topicsHere(): string[] {
  const found = [...document.querySelectorAll<HTMLElement>("[data-live]")].map((e) => e.dataset.live!);
  return [...new Set(found)].sort();
}

/** Puts changed fragments in place; `after` sees each new piece of the page. */
export function connectLive(after: (root: ParentNode) => void): void {
  if (topicsHere().length === 0 || !("locks" in navigator)) return;
  const channel = new BroadcastChannel("nines-live");
  const wanted = new Map<string, string[]>();
  let lead: ((topics: string[]) => void) | undefined;

  const announce = () => {
    wanted.set(tab, topicsHere());
    channel.postMessage({ kind: "topics", tab, topics: topicsHere() } satisfies Talk);
    lead?.([...new Set([...wanted.values()].flat())].sort());
  };
  channel.onmessage = (event: MessageEvent<Talk>) => {
    const talk = event.data;
    if (talk.kind === "news") show(talk.news, after);
    if (talk.kind === "ask") channel.postMessage({ kind: "topics", tab, topics: topicsHere() } satisfies Talk);
    if (talk.kind === "topics") wanted.set(talk.tab, talk.topics);
    if (talk.kind === "bye") wanted.delete(talk.tab);
    if (talk.kind === "topics" || talk.kind === "bye") lead?.([...new Set([...wanted.values()].flat())].sort());
  };
  addEventListener("pagehide", () => channel.postMessage({ kind: "bye", tab } satisfies Talk));
  announce();
  void navigator.locks.request("nines-live", () => new Promise<void>(() => {
    channel.postMessage({ kind: "ask" } satisfies Talk);
    lead = listener((news) => {
      channel.postMessage({ kind: "news", news } satisfies Talk);
      show(news, after);
    });
    announce();
  }));
}

function listener(hear: (news: News) => void): (topics: string[]) => void {
  let source: EventSource | undefined;
  let current = "";
  return (topics) => {
    const address = `/live?${topics.map((t) => `topic=${encodeURIComponent(t)}`).join("&")}`;
    if (address === current) return;
    current = address;
    source?.close();
    source = new EventSource(address);
    source.onmessage = (event) => hear(JSON.parse(event.data) as News);
    source.onopen = () => document.documentElement.removeAttribute("data-offline");
    source.onerror = () => document.documentElement.setAttribute("data-offline", "");
  };
}

function show(news: News, after: (root: ParentNode) => void): void {
  for (const { id, html } of news.fragments) {
    const place = document.getElementById(id);
    if (place?.dataset.live !== news.topic) continue;
    // Nobody's typing or half-opened choice is thrown away: the next change will come.
    const focus = document.activeElement;
    if (focus instanceof HTMLElement && place.contains(focus) && focus.matches("input, select, textarea")) continue;
    const href = place.contains(focus) ? focus?.getAttribute("href") : null;
    const open = [...place.querySelectorAll("details")].map((d) => d.open);
    place.innerHTML = html;
    place.querySelectorAll("details").forEach((d, i) => { d.open = open[i] ?? d.open; });
    if (href) place.querySelector<HTMLElement>(`[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
    after(place);
  }
  // Pictures drawn for one reader fetch themselves anew (hx-trigger "nines:news").
  document.body.dispatchEvent(new CustomEvent("nines:news"));
}
