// Ctrl/Cmd-K: the same list as /find, in a dialog. Without script the button is a link to that page.
export function watchPalette(): void {
  const dialog = document.getElementById("palette") as HTMLDialogElement | null;
  const input = dialog?.querySelector("input");
  const list = dialog?.querySelector<HTMLElement>("[role=listbox]");
  if (!dialog || !input || !list) return;
  let asked = 0;

  const options = () => [...list.querySelectorAll<HTMLElement>("[role=option]")];
  const chosen = () => options().findIndex((o) => o.getAttribute("aria-selected") === "true");
  const choose = (index: number) => {
    const all = options();
    all.forEach((o, i) => o.setAttribute("aria-selected", String(i === index)));
    if (all[index]) {
      input.setAttribute("aria-activedescendant", all[index].id);
      all[index].scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  };
  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch(`/find?part=list&q=${encodeURIComponent(input.value)}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    list.innerHTML = await answer.text();
    choose(0);
  };
  const open = () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    void ask();
  };

  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    } else if (event.key === "/" && !(event.target as Element).closest("input, textarea, select, [contenteditable]")) {
      event.preventDefault();
      open();
    }
  });
  document.querySelectorAll("[data-palette]").forEach((opener) => opener.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  }));
  input.addEventListener("input", () => void ask());
  input.addEventListener("keydown", (event) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const count = options().length;
    if (step && count) {
      event.preventDefault();
      choose((chosen() + step + count) % count);
    } else if (event.key === "Enter" && options()[chosen()]) {
      event.preventDefault();
      options()[chosen()].click();
    }
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
}
