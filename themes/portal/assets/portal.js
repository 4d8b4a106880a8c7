const search = document.querySelector(".md-search__input");

/* Chinese has no spaces, and Material looks for any of a query's characters but the last. On a Chinese page each one is
   to be found: what Material reads from the field is the query with "+" before every Han character. */
if (search && document.documentElement.lang.startsWith("zh")) {
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  Object.defineProperty(search, "value", {
    get() { return get.call(this).replace(/\p{Script=Han}/gu, " +$& ").trim(); },
    set(value) { set.call(this, value); },
  });
}

/* The menu and the search open by a label, which the keyboard does not reach: with scripts a button stands in its place. */
for (const label of document.querySelectorAll("[data-p-button]")) {
  const box = document.getElementById(label.htmlFor);
  const button = document.createElement("button");
  const show = () => button.setAttribute("aria-expanded", String(box.checked));
  button.type = "button";
  button.className = label.className;
  button.title = label.title;
  button.dataset.pFor = box.id;
  button.append(...label.childNodes);
  button.addEventListener("click", () => {
    box.click();
    if (box.id === "__search" && box.checked) search?.focus();
  });
  box.addEventListener("change", show);
  label.replaceWith(button);
  show();
}
document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("__drawer");
  if (event.key === "Escape" && drawer.checked) drawer.click();
});
