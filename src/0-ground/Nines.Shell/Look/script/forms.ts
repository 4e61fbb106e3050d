/** A pressed button answers at once (`data-busy` is what it says meanwhile) and cannot be pressed twice. */
export function watchForms(): void {
  document.addEventListener("submit", (event) => {
    const submit = event as SubmitEvent;
    const button = submit.submitter as HTMLButtonElement | null;
    if (event.defaultPrevented || !button?.dataset.busy) return;
    const before = button.textContent;
    // After the browser has collected the form, or the pressed button's own value would be lost.
    queueMicrotask(() => {
      button.setAttribute("aria-disabled", "true");
      button.textContent = button.dataset.busy!;
    });
    const undo = () => {
      button.removeAttribute("aria-disabled");
      button.textContent = before;
    };
    addEventListener("pageshow", undo, { once: true });
    setTimeout(undo, 10_000);
  });
  document.addEventListener("click", (event) => {
    if ((event.target as Element).closest("[aria-disabled=true]")) event.preventDefault();
    const opener = (event.target as Element).closest<HTMLElement>("[data-dialog]");
    const dialog = opener && document.getElementById(opener.dataset.dialog!);
    if (dialog instanceof HTMLDialogElement) {
      event.preventDefault();
      dialog.showModal();
    }
    const closer = (event.target as Element).closest("[data-close]");
    closer?.closest("dialog")?.close();
  });
}
