const home = document.querySelector("header a").href;
document.querySelector("header input").addEventListener("input", async (event) => {
  const index = await (await fetch(`${home}search.json`)).json();
  const found = index.filter((page) => page.text.includes(event.target.value));
  document.querySelector("aside").replaceChildren(
    ...found.map((page) => Object.assign(document.createElement("a"), { href: page.url, textContent: page.url })),
  );
});
