const search = document.querySelector(".md-search__input");
const source = document.currentScript.dataset.search;

/* Chinese has no spaces, and Material looks for any of a query's characters but the last. On a Chinese page each one is
   to be found: what Material reads from the field is the query with "+" before every Han character. */
if (search && document.documentElement.lang.startsWith("zh")) {
  const { get, set } = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
  Object.defineProperty(search, "value", {
    get() { return get.call(this).replace(/\p{Script=Han}/gu, " +$& ").trim(); },
    set(value) { set.call(this, value); },
  });
}

/* Material's script is there for the search alone, and as large as all the rest: it comes when somebody searches, or
   follows a result (?h=) whose words are to be marked. It waits for an event that is over by then. */
let asked = !source;
const loadSearch = () => {
  if (asked) return;
  asked = true;
  const script = document.createElement("script");
  script.src = source;
  script.addEventListener("load", () => {
    document.dispatchEvent(new Event("DOMContentLoaded"));
    if (document.activeElement === search) search.dispatchEvent(new Event("focus"));
  });
  document.body.append(script);
};
document.querySelector(".md-search")?.addEventListener("focusin", loadSearch);
document.querySelector(".md-search")?.addEventListener("pointerenter", loadSearch);
document.getElementById("__search").addEventListener("change", loadSearch);
if (/[?&][hq]=/.test(location.search)) loadSearch();

/* Colours: the device's, light, dark. The choice is kept in this browser alone. */
const colours = document.querySelector("[data-p-colours]");
const dark = matchMedia("(prefers-color-scheme: dark)");
const kept = () => { try { return localStorage.getItem("portal-colours"); } catch { return null; } };
const paint = (choice) => {
  document.body.setAttribute("data-md-color-media", choice);
  document.body.setAttribute("data-md-color-scheme", (choice === "device" ? dark.matches : choice === "dark") ? "slate" : "default");
  colours.title = colours.dataset[choice];
  colours.setAttribute("aria-label", colours.title);
};
colours.hidden = false;
paint(kept() ?? "device");
dark.addEventListener("change", () => paint(kept() ?? "device"));
colours.addEventListener("click", () => {
  const order = ["device", "light", "dark"];
  const choice = order[(order.indexOf(document.body.getAttribute("data-md-color-media")) + 1) % order.length];
  paint(choice);
  try {
    if (choice === "device") localStorage.removeItem("portal-colours");
    else localStorage.setItem("portal-colours", choice);
  } catch { /* a browser that keeps nothing */ }
});

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
