// The index holds the terms as well: both are fetched when somebody asks for them.
const home = document.querySelector("header a").href;
let index;
const load = async () => (index ??= await (await fetch(`${home}index.json`)).json());
for (const term of document.querySelectorAll("abbr[data-term]"))
  term.addEventListener("mouseenter", async () => (term.title = (await load()).terms[term.dataset.term]), { once: true });
document.querySelector("header input").addEventListener("input", async (event) => {
  const found = (await load()).pages.filter((page) => page.text.includes(event.target.value));
  document.querySelector("aside").replaceChildren(
    ...found.map((page) => Object.assign(document.createElement("a"), { href: page.url, textContent: page.title })),
  );
});
