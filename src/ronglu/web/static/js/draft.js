// Keeps what was typed through a network cut and sends it once. Needs nothing that plain http takes away from a page.
"use strict";

const AGAIN = 5000;
const SIDE = 1600;
const box = (() => {
  try { localStorage.setItem("ronglu.try", "1"); localStorage.removeItem("ronglu.try"); return localStorage; } catch { return null; }
})();
const memory = {};  // where nothing may be stored, the page itself still holds what it could not send
let later = 0;
let busy = false;
let here = null;  // the form of this page, also when an answer has taken its place

const form = () => document.querySelector("form[data-draft]");
const shared = (at) => "shared" in at.dataset;
const typed = (at) => `ronglu.draft:${at.dataset.draft}`;
const OUT = "ronglu.out:";

function put(name, value) {
  const text = JSON.stringify(value);
  try { box.setItem(name, text); } catch { memory[name] = text; }
}

function drop(name) {
  delete memory[name];
  if (box) box.removeItem(name);
}

function get(name) {
  try { return JSON.parse(memory[name] || (box && box.getItem(name))); } catch { return null; }
}

// what waits to be sent by whoever is here now; what another one signed stays until he is back
function waiting(at) {
  const names = [...Object.keys(memory), ...(box ? Object.keys(box) : [])].filter((name) => name.startsWith(OUT));
  return names.map((name) => [name, get(name)]).filter(([, out]) => out && out.who === (at.dataset.who || ""));
}

function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
}

function say(at, words, warn) {
  const place = at.querySelector("[data-says]");
  place.textContent = words;
  place.hidden = !words;
  place.classList.toggle("warn", Boolean(warn));
}

function read(at) {
  const fields = {};
  for (const [name, value] of new FormData(at)) if (typeof value === "string" && !["csrfmiddlewaretoken", "_opened"].includes(name)) fields[name] = value;
  return fields;
}

function fill(at, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const found = [...at.elements].filter((one) => one.name === name && one.type !== "file");
    for (const one of found) if (one.type === "radio") one.checked = one.value === value; else one.value = value;
  }
  const more = at.querySelector("details");
  if (more && fields.what) more.open = true;
}

// a photograph is made small before it leaves the phone: quicker on a weak network, and its place stays behind
async function drawn(file) {
  const image = await createImageBitmap(file);
  const share = Math.min(1, SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * share));
  canvas.height = Math.max(1, Math.round(image.height * share));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", 0.8);
}

async function whole(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = failed;
    reader.readAsDataURL(file);
  });
}

// as text, so that they can be stored; what the browser cannot draw goes as it is, and the server says what it is
async function pictures(at) {
  const chosen = at.querySelector("input[type=file]");
  const files = chosen ? [...chosen.files] : [];
  const found = [];
  for (const file of files) found.push({ name: file.name, url: await drawn(file).catch(() => whole(file)) });
  return found;
}

function asFile({ name, url }) {
  const [head, coded] = url.split(",");
  const bytes = atob(coded);
  return new File([Uint8Array.from(bytes, (one) => one.charCodeAt(0))], name, { type: head.slice(5).split(";")[0] });
}

async function post(at, out) {
  const data = new FormData();
  for (const [name, value] of Object.entries(out.fields)) data.append(name, value);
  for (const one of out.pictures) data.append("pictures", asFile(one));
  const secret = at.querySelector("[name=csrfmiddlewaretoken]");
  if (secret) data.append(secret.name, secret.value);
  // without a name not even the cookie of who is logged in goes along
  const answer = await fetch(out.action, { method: "POST", body: data, credentials: out.who ? "same-origin" : "omit" });
  if (answer.status >= 500) throw new Error("later");
  return answer;
}

async function sendAll() {
  clearTimeout(later);
  if (busy) return;
  busy = true;
  try {
    for (const [name, out] of waiting(here)) await sendOne(here, name, out);
  } catch {
    say(here, here.dataset.offline, true);
    later = setTimeout(sendAll, AGAIN);
  } finally {
    busy = false;
  }
}

async function sendOne(at, name, out) {
  const answer = await post(at, out);
  if (answer.redirected) { location.href = answer.url; throw new Error("log-in"); }
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const main = page.querySelector("main");
  if (!main) throw new Error("later");
  // refused: the words stay, to be looked at and sent anew
  if (!answer.ok && !shared(at)) put(typed(at), out.fields);
  drop(name);
  if (at.elements.key.value === out.fields.key) show(main, page.title, out);
  else if (answer.ok) told(at, main);
}

// the answer takes the place of the form; one that refuses brings a form of its own, with everything in it
function show(main, title, out) {
  document.title = title;
  document.querySelector("main").replaceWith(main);
  scrollTo(0, 0);
  const again = form();
  if (again) { fill(again, out.fields); start(again); }
}

// one that waited since an earlier visit has arrived: its claim code is shown beside the form
function told(at, main) {
  if (shared(at)) return say(at, "");
  const words = [at.dataset.arrived, main.querySelector(".muted"), main.querySelector(".claim b")];
  const note = document.createElement("p");
  note.className = "arrived";
  note.textContent = words.map((one) => (one && one.textContent) || one || "").join(" ");
  document.querySelector("main").prepend(note);
  say(at, "");
}

function start(at) {
  let typing = 0;
  here = at;
  at.addEventListener("input", () => {
    clearTimeout(typing);
    if (!shared(at)) typing = setTimeout(() => put(typed(at), read(at)), 300);
  });
  at.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(typing);
    const key = at.elements.key.value;
    if (get(OUT + key)) return again(at);
    say(at, at.dataset.sending);
    const out = { action: at.action, draft: at.dataset.draft, who: at.dataset.who || "", fields: read(at), pictures: await pictures(at) };
    put(OUT + key, out);
    drop(typed(at));
    await sendAll();
    if (form() === at && get(OUT + key)) at.querySelector("[data-again]").hidden = false;
  });
  at.querySelector("[data-again]").addEventListener("click", () => again(at));
}

// the one before waits for the network; this is another report
function again(at) {
  at.reset();
  at.elements.key.value = newKey();
  at.querySelector("[data-again]").hidden = true;
  say(at, "");
}

function open() {
  const at = form();
  if (!at || !window.fetch) return;
  start(at);
  const before = !shared(at) && get(typed(at));
  if (before) fill(at, before);
  if (waiting(at).length) { say(at, at.dataset.waiting); sendAll(); }
}

window.addEventListener("online", () => { if (here) sendAll(); });
// gone back to: a page that comes out of the browser's memory may hold a key that was used
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
open();
