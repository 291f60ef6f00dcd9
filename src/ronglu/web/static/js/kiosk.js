// The shift terminal: forgets whoever is there in time, keeps what could not be sent sealed, sends it once, leaves nothing to read.
"use strict";

const IDLE = 120000;
const TOUCH = 30000;
const AGAIN = 5000;
const FRESH = 60000;
const BLOCK = 16;
const PRIME = (1n << 130n) - 5n;
const BOX = "ronglu.sealed:";
const page = document.body;
let quiet = 0;
let touched = Date.now();
let busy = false;

const secret = () => { const found = document.querySelector("[name=csrfmiddlewaretoken]"); return found ? found.value : ""; };
const form = () => document.querySelector("form[data-sealed]");

function say(words) {
  const place = document.querySelector("[data-says]");
  if (!place) return;
  place.textContent = words;
  place.hidden = !words;
}

function post(address, fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  data.append("csrfmiddlewaretoken", secret());
  return fetch(address, { method: "POST", body: data, credentials: "same-origin" });
}

// --- what could not be sent: written over the pad that the page brought, which goes with the page

function fields(at) {
  const found = {};
  for (const [name, value] of new FormData(at)) if (!["csrfmiddlewaretoken", "_opened", "ticket"].includes(name)) found[name] = value;
  return found;
}

const whole = (bytes) => bytes.reduceRight((sum, one) => (sum << 8n) | BigInt(one), 0n);

// noise that was changed afterwards is found out: seal.py works out the same sum
function tag(noise, keys) {
  const [point, shift] = [whole(keys.slice(0, BLOCK)), whole(keys.slice(BLOCK))];
  let sum = 0n;
  for (let at = 0; at < noise.length; at += BLOCK) sum = ((sum + whole([...noise.slice(at, at + BLOCK), 1])) * point) % PRIME;
  return ((sum + shift) % PRIME).toString(16);
}

function sealed(at) {
  const brought = Uint8Array.from(atob(at.dataset.pad), (one) => one.charCodeAt(0));
  const [pad, keys] = [brought.slice(0, -2 * BLOCK), brought.slice(-2 * BLOCK)];
  const words = new TextEncoder().encode(JSON.stringify(fields(at)));
  if (words.length > pad.length) return null;
  const noise = words.map((one, place) => one ^ pad[place]);
  return `${btoa(String.fromCharCode(...noise))}.${tag(noise, keys)}`;
}

// a pad serves once: after this the form is gone, and with it the words
function store(at, waiting) {
  const noise = at.elements.ticket && sealed(at);
  if (!noise) return false;
  const draft = { ticket: at.elements.ticket.value, sealed: noise, owner: page.dataset.owner || "", waiting };
  try { localStorage.setItem(BOX + draft.ticket.slice(-24), JSON.stringify(draft)); } catch { return false; }
  return true;
}

function drafts() {
  try {
    const names = Object.keys(localStorage).filter((name) => name.startsWith(BOX));
    return names.map((name) => [name, JSON.parse(localStorage.getItem(name))]);
  } catch { return []; }
}

async function sendAll() {
  if (busy) return;
  busy = true;
  try {
    for (const [name, draft] of drafts().filter(([, one]) => one.waiting)) {
      const answer = await post(page.dataset.draft, { ticket: draft.ticket, sealed: draft.sealed });
      if (answer.status >= 500 || answer.redirected) return;
      // refused: whoever wrote it finds it again with his PIN
      if (answer.status === 409 || answer.status === 422) localStorage.setItem(name, JSON.stringify({ ...draft, waiting: false }));
      else localStorage.removeItem(name);
      if (!form()) say("");
    }
  } catch { /* still away */ } finally { busy = false; }
}

// --- the form

function replace(words) {
  const found = new DOMParser().parseFromString(words, "text/html").querySelector("main");
  if (!found) return false;
  document.querySelector("main").replaceWith(found);
  begin();
  return true;
}

async function submit(at) {
  if (at.dataset.busy) return;
  at.dataset.busy = "1";
  const data = new FormData(at);
  try {
    const answer = await fetch(at.action, { method: "POST", body: data, credentials: "same-origin" });
    if (answer.status >= 500) throw new Error("later");
    if (answer.redirected && new URL(answer.url).pathname === at.dataset.done) { location.replace(answer.url); return; }
    // logged out, or no longer let in: the words wait for their writer
    if (answer.redirected || answer.status === 403) { store(at, false); location.replace(answer.redirected ? answer.url : page.dataset.home); return; }
    replace(await answer.text());
  } catch {
    const kept = store(at, true);
    delete at.dataset.busy;
    if (!kept) return say(page.dataset.offline);
    at.reset();
    at.remove();
    say(page.dataset.offline);
  }
}

// a ballot is never kept: what did not arrive is cast again by hand
async function castBallot(at) {
  if (at.dataset.busy) return;
  at.dataset.busy = "1";
  try {
    const answer = await fetch(at.action, { method: "POST", body: new FormData(at), credentials: "same-origin" });
    if (answer.status >= 500) throw new Error("later");
    if (answer.redirected || answer.status === 403) { location.replace(answer.redirected ? answer.url : page.dataset.home); return; }
    replace(await answer.text());
  } catch { delete at.dataset.busy; say(at.dataset.uncast); }
}

async function goOn(name, draft) {
  const answer = await post(page.dataset.draft, { ticket: draft.ticket, sealed: draft.sealed, open: "1" }).catch(() => null);
  if (!answer || answer.status >= 500) return;
  localStorage.removeItem(name);
  if (answer.ok) replace(await answer.text());
}

function offer() {
  const place = document.querySelector("[data-held-here]");
  if (!place || !page.dataset.owner) return;
  for (const [name, draft] of drafts().filter(([, one]) => !one.waiting && one.owner === page.dataset.owner)) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = page.dataset.held;
    button.addEventListener("click", () => goOn(name, draft));
    place.prepend(button);
  }
}

// --- hand-over: by hand, after two quiet minutes, at the end of the shift

// what the page filled in by itself is nobody's; what he opened again is his, changed or not
function changed(one) {
  if (one.type === "hidden") return false;
  if (one.type === "radio" || one.type === "checkbox") return one.checked !== one.defaultChecked;
  if (one.tagName === "SELECT") return one.selectedIndex !== Math.max(0, [...one.options].findIndex((option) => option.defaultSelected));
  return "defaultValue" in one && one.value !== one.defaultValue;
}

const typed = (at) => "kept" in at.dataset || [...at.elements].some(changed);

async function handOver() {
  const at = form();
  if (at && typed(at)) store(at, false);
  document.querySelectorAll("main, .known, form[data-sealed], form[data-ballot]").forEach((one) => one.remove());
  delete page.dataset.owner;
  const note = document.createElement("main");
  note.id = "main";
  note.textContent = page.dataset.away;
  document.querySelector("header").after(note);
  try {
    const answer = await post(page.dataset.over, {});
    if (!answer.ok) throw new Error("later");
    location.replace(page.dataset.home);
  } catch { setTimeout(handOver, AGAIN); }
}

function watch() {
  clearTimeout(quiet);
  if (!page.dataset.owner) return;
  quiet = setTimeout(handOver, Number(page.dataset.idle) || IDLE);
  // a long form is read for minutes: the server hears of it now and then
  if (Date.now() - touched < TOUCH) return;
  touched = Date.now();
  post(page.dataset.here, {}).catch(() => null);
}

// --- keys on the screen

function keys(at) {
  const pad = at.querySelector(".kiosk-keys");
  let last = at.elements.staff_no;
  for (const one of [at.elements.staff_no, at.elements.pin]) one.addEventListener("focus", () => { last = one; });
  pad.hidden = false;
  pad.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (!key) return;
    if (key.dataset.key === "clear") last.value = "";
    else if (key.dataset.key === "back") last.value = last.value.slice(0, -1);
    else if (last.maxLength < 0 || last.value.length < last.maxLength) last.value += key.dataset.key;
    last.focus();
  });
}

async function fresh() {
  const answer = await fetch(location.pathname, { credentials: "same-origin" }).catch(() => null);
  if (answer && answer.ok && document.querySelector("[data-refresh]")) location.replace(location.pathname);
  else setTimeout(fresh, FRESH);
}

function begin() {
  const at = form();
  if (at) at.addEventListener("submit", (event) => { event.preventDefault(); submit(at); });
  const ballot = document.querySelector("form[data-ballot]");
  if (ballot) ballot.addEventListener("submit", (event) => { event.preventDefault(); castBallot(ballot); });
  const pin = document.querySelector("form[data-keys]");
  if (pin) keys(pin);
  offer();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-hand-over]")) return;
  event.preventDefault();
  handOver();
});
for (const sign of ["pointerdown", "keydown", "input"]) document.addEventListener(sign, watch, { passive: true });
window.addEventListener("online", sendAll);
window.addEventListener("pageshow", (event) => { if (event.persisted) location.replace(page.dataset.home); });
setInterval(sendAll, AGAIN);
if (Number(page.dataset.ends)) setTimeout(handOver, Math.min(Number(page.dataset.ends) * 1000, 2 ** 31 - 1));
if (document.querySelector("[data-refresh]") && !page.dataset.owner) setTimeout(fresh, FRESH);
watch();
begin();
sendAll();
