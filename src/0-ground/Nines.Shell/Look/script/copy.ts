/** `button[data-copy]` copies its value and says so where a screen reader hears it. */
export function watchCopies(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-copy]");
    if (!button) return;
    event.preventDefault();
    const text = button.dataset.copy === "" ? location.href : button.dataset.copy!;
    try {
      await navigator.clipboard.writeText(text);
      say(`Copied ${text}`);
    } catch {
      say(`The browser refused to copy. The text is ${text}`);
    }
  });
}

/** Shows a toast for six seconds; the region is in the page so that it is announced. */
export function say(words: string): void {
  const region = document.getElementById("toasts");
  if (!region) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.textContent = words;
  region.replaceChildren(toast);
  setTimeout(() => toast.remove(), 6_000);
}
