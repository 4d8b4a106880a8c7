/* glossary: the list is filtered as one types; without this script it is a plain list. */
for (const box of document.querySelectorAll(".glossary-filter")) {
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const entries = [...document.querySelectorAll(".glossary-term")].map((entry) => [
    entry,
    fold([...entry.children].filter((part) => !part.hasAttribute("data-search-exclude")).map((part) => part.textContent).join(" ")),
  ]);
  const none = document.querySelector(".glossary-none");
  box.hidden = false;
  box.firstChild.addEventListener("input", ({ target }) => {
    const words = fold(target.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const [entry, text] of entries) {
      entry.hidden = !words.every((word) => text.includes(word));
      shown += !entry.hidden;
    }
    none.hidden = shown > 0;
    none.textContent = shown ? "" : none.dataset.none;
  });
}

/* Where a browser cannot anchor a popover to the word that opened it, it is put there. */
if (!CSS.supports("position-area: block-end")) {
  let opener;
  document.addEventListener("click", (event) => (opener = event.target.closest("button.term")), true);
  document.addEventListener("beforetoggle", ({ target, newState }) => {
    if (newState === "open" && target.matches(".term-note") && opener) requestAnimationFrame(() => {
      const word = opener.getBoundingClientRect();
      const left = Math.min(word.left, document.documentElement.clientWidth - target.offsetWidth - 12);
      const below = word.bottom + 6 + target.offsetHeight < innerHeight;
      target.style.inset = "auto";
      target.style.left = `${Math.max(12, left)}px`;
      target.style.top = `${Math.max(6, below ? word.bottom + 6 : word.top - 6 - target.offsetHeight)}px`;
    });
  }, true);
}
