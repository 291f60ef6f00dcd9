// What the frame needs a script for: small menus that close, questions before a deed, query bars that send themselves, printing.
"use strict";

const each = (root, selector, work) => root.querySelectorAll(selector).forEach(work);

document.addEventListener("click", (event) => {
  const at = event.target.closest("[data-opens], [data-closes], [data-print], [aria-disabled='true']");
  each(document, "[data-drop][open]", (menu) => { if (!menu.contains(event.target)) menu.open = false; });
  if (!at) return;
  if (at.getAttribute("aria-disabled") === "true") return event.preventDefault();
  if (at.dataset.opens) return document.getElementById(at.dataset.opens).showModal();
  if ("closes" in at.dataset) return at.closest("dialog").close();
  window.print();
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  each(document, "[data-drop][open]", (menu) => { menu.open = false; menu.querySelector("summary").focus(); });
});

// with htmx on the form, htmx sends; otherwise a changed pick sends the form itself
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && !form.hasAttribute("hx-get") && event.target.matches("select, input[type=checkbox], input[type=radio]")) form.requestSubmit();
});

// a deed is sent once: the second press of an impatient finger does nothing
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  setTimeout(() => { delete form.dataset.sent; }, 4000);
});

// a server that is away must say so in words
document.addEventListener("htmx:sendError", () => say("网络不通，刚才那一步没有送出。"));
document.addEventListener("htmx:responseError", (event) => say(event.detail.xhr.status === 403 ? "您的岗位不能做这一步。" : "这一步没有完成，请刷新后再试。"));

function say(words) {
  const place = document.getElementById("notes");
  if (!place) return;
  const translated = document.documentElement.lang === "en" ? ENGLISH[words] : words;
  const note = document.createElement("div");
  note.className = "note warn";
  note.textContent = translated;
  place.classList.remove("bare-notes");
  place.replaceChildren(note);
}

const ENGLISH = {
  "网络不通，刚才那一步没有送出。": "No network: the last step was not sent.",
  "您的岗位不能做这一步。": "Your post may not do this.",
  "这一步没有完成，请刷新后再试。": "This did not finish. Reload the page and try again.",
};
