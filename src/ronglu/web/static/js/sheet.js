// Keeps what was typed on the sheet of a meeting until the server has it: in a workshop a phone loses its network, or the page.
"use strict";

{
  const BOX = "ronglu.sheet:";
  const store = (() => { try { return window.localStorage; } catch { return null; } })();
  const form = document.querySelector("form[data-kept]");
  const put = (name, value) => { try { store.setItem(name, JSON.stringify(value)); } catch { /* full, or not allowed */ } };
  const get = (name) => { try { return JSON.parse(store.getItem(name)); } catch { return null; } };

  const boxes = (at) => [...at.elements].filter((one) => one.name && !["csrfmiddlewaretoken", "was", "do"].includes(one.name));
  const valueOf = (one) => (one.type === "checkbox" ? (one.checked ? "on" : "") : one.value);
  const read = (at) => Object.fromEntries(boxes(at).map((one) => [one.name, valueOf(one)]));

  function say(at, words) {
    const place = at.querySelector("[data-says]");
    place.textContent = words;
    place.hidden = !words;
    if (words) place.scrollIntoView({ block: "nearest" });
  }

  // "why-5" stands in the record as "away-5", "in-steps-talk" as "in-steps"
  const standsIn = (name, key) => name === key || name.startsWith(`${key}-`) || name.replace("why-", "away-") === key;

  // what did not arrive is laid over what the server has; who changed the same words meanwhile is told when it is saved
  function restore(at, kept, base) {
    const done = new Set([...document.querySelectorAll("[data-resolved]")].map((one) => one.dataset.resolved.trim()));
    const over = done.has((kept.typed["res-text"] || "").trim());
    const was = JSON.parse(at.elements.was.value);
    // the server writes a number for a name, and no blanks at either end
    const came = (name) => kept.sent && !name.startsWith("said-") && Object.keys(was).some((key) => standsIn(name, key) && was[key] !== kept.was[key]);
    const left = Object.entries(kept.typed).filter(([name, value]) => name in base && base[name].trim() !== value.trim() && !(name.startsWith("res-") ? over : came(name)));
    for (const [name, value] of left) {
      for (const one of boxes(at)) if (one.name === name) { if (one.type === "checkbox") one.checked = value === "on"; else one.value = value; }
      for (const key of Object.keys(was)) if (standsIn(name, key) && key in kept.was) was[key] = kept.was[key];
    }
    at.elements.was.value = JSON.stringify(was);
    return Object.fromEntries(left);
  }

  function start(at) {
    const name = BOX + at.dataset.kept;
    const base = read(at);
    const kept = get(name);
    let typed = kept ? kept.typed : {};
    let later = 0;
    let sent = false;
    if (kept && !("refused" in at.dataset)) {
      typed = restore(at, kept, base);
      if (Object.keys(typed).length) say(at, at.dataset.restored); else store.removeItem(name);
    }
    const keep = () => {
      clearTimeout(later);
      for (const [one, value] of Object.entries(read(at))) if (value !== base[one]) typed[one] = value; else if (!("refused" in at.dataset)) delete typed[one];
      if (Object.keys(typed).length) put(name, { was: JSON.parse(at.elements.was.value), typed, sent });
    };
    at.addEventListener("input", () => { clearTimeout(later); sent = false; later = setTimeout(keep, 300); });
    at.addEventListener("submit", (event) => {
      sent = navigator.onLine;
      keep();
      if (sent) return;
      event.preventDefault();
      event.stopPropagation();
      say(at, at.dataset.offline);
    });
    window.addEventListener("pagehide", keep);
    window.addEventListener("online", () => say(at, ""));
  }

  // a meeting that is over, or that one may only read, has nothing to keep
  const over = document.querySelector("[data-over]");
  if (store && form) start(form);
  else if (store && over) Object.keys(store).filter((name) => name.startsWith(`${BOX}${over.dataset.over}-`)).forEach((name) => store.removeItem(name));
}
