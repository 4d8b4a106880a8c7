/* overview: when this page is opened after the next update was due, it says so by itself. */
for (const fact of document.querySelectorAll(".overview-due[data-due]")) {
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  if (today > fact.dataset.due) fact.querySelector(".overview-overdue").hidden = false;
}
