import { say } from "./copy";

/** `button[data-push]` signs this browser up for push; its service worker is known by the button too. */
export function watchPush(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("[data-push]");
    if (!button) return;
    event.preventDefault();
    button.setAttribute("aria-disabled", "true");
    try {
      say(await signUp(button));
      setTimeout(() => location.reload(), 1_500);
    } catch (problem) {
      say(problem instanceof Error ? problem.message : "This browser takes no push.");
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

async function signUp(button: HTMLButtonElement): Promise<string> {
  if (!("serviceWorker" in navigator) || !("PushManager" in window)) throw new Error("This browser takes no push here. On an iPhone add the page to the home screen first; elsewhere open it over https.");
  if ((await Notification.requestPermission()) !== "granted") throw new Error("The browser was told to show nothing. Allow notifications for this page in its settings, then press again.");
  const registration = await navigator.serviceWorker.register(button.dataset.worker!, { scope: "/" });
  await navigator.serviceWorker.ready;
  const key = bytes(button.dataset.key!);
  const known = await registration.pushManager.getSubscription();
  // A subscription made with another house's key takes nothing of this one.
  if (known && !same(known.options.applicationServerKey, key)) await known.unsubscribe();
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const answer = await fetch(button.dataset.push!, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ person: button.dataset.person, device: device(), subscription: subscription.toJSON() }),
  });
  if (!answer.ok) throw new Error(((await answer.json()) as { title?: string }).title ?? "The server refused it.");
  return "A test is on its way to this device. Tap it: that proves that it is yours.";
}

function device(): string {
  const agent = navigator.userAgent;
  const browser = /Edg\//.test(agent) ? "Edge" : /Firefox\//.test(agent) ? "Firefox" : /Chrome\//.test(agent) ? "Chrome" : /Safari\//.test(agent) ? "Safari" : "A browser";
  const system = /Android/.test(agent) ? "Android" : /iPhone|iPad/.test(agent) ? "iOS" : /Mac OS/.test(agent) ? "macOS" : /Windows/.test(agent) ? "Windows" : /Linux/.test(agent) ? "Linux" : "this device";
  return `${browser} on ${system}`;
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (c) => c.charCodeAt(0));
}

function same(theirs: ArrayBuffer | null, ours: Uint8Array): boolean {
  if (!theirs || theirs.byteLength !== ours.length) return false;
  return new Uint8Array(theirs).every((b, i) => b === ours[i]);
}
