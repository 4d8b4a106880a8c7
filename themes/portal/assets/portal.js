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
  button.addEventListener("click", () => box.click());
  box.addEventListener("change", show);
  label.replaceWith(button);
  show();
}
document.addEventListener("keydown", (event) => {
  const drawer = document.getElementById("__drawer");
  if (event.key === "Escape" && drawer.checked) drawer.click();
});
