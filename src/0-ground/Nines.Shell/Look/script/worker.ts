// The service worker: shows what was pushed, says that it is here, opens the page when it is tapped.
interface Notice {
  effect: string;
  title: string;
  body: string;
  tag: string;
  url: string;
  rings: boolean;
  receipt: string;
  acknowledge: string | null;
  quiet: boolean;
}

const worker = self as unknown as ServiceWorkerGlobalScope;

worker.addEventListener("install", () => void worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("push", (event) => {
  const notice = event.data?.json() as Notice | undefined;
  if (!notice) return;
  // Shown first: a receipt that cannot be sent must not keep anybody from being woken.
  event.waitUntil(show(notice).then(() => tell(notice, "delivered", notice.receipt)));
});

worker.addEventListener("notificationclick", (event) => {
  const notice = event.notification.data as Notice;
  event.notification.close();
  event.waitUntil(event.action === "acknowledge" && notice.acknowledge ? acknowledge(notice) : Promise.all([tell(notice, "seen", notice.receipt), open(notice.url)]));
});

function show(notice: Notice): Promise<void> {
  const options: NotificationOptions & { renotify?: boolean; vibrate?: number[]; actions?: { action: string; title: string }[] } = {
    body: notice.body,
    tag: notice.tag,
    renotify: notice.rings,
    requireInteraction: notice.rings,
    // Somebody took it on: what is shown here changes, and wakes nobody.
    silent: notice.quiet,
    vibrate: notice.rings ? [400, 150, 400, 150, 800] : undefined,
    data: notice,
    actions: [...(notice.acknowledge ? [{ action: "acknowledge", title: "Acknowledge" }] : []), { action: "open", title: "Open" }],
  };
  return worker.registration.showNotification(notice.title, options);
}

async function acknowledge(notice: Notice): Promise<void> {
  const taken = await tell(notice, "acknowledge", notice.acknowledge!);
  // What was not taken is done by hand, on the page.
  if (!taken) return void (await open(notice.url));
  await worker.registration.showNotification("The page is yours", { body: notice.body, tag: notice.tag, data: { ...notice, acknowledge: null } });
}

async function tell(notice: Notice, what: string, token: string): Promise<boolean> {
  try {
    const answer = await fetch(`/in/push/${encodeURIComponent(notice.effect)}/${what}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

async function open(url: string): Promise<void> {
  const address = new URL(url, worker.location.origin);
  const windows = await worker.clients.matchAll({ type: "window", includeUncontrolled: true });
  const here = windows.find((w) => new URL(w.url).pathname === address.pathname);
  if (here) await here.focus();
  else await worker.clients.openWindow(address.href);
}
