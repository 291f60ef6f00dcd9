// Drawing a zone on a floor plan: a click adds a corner to the text below; the text is what is sent, and may be written by hand.
"use strict";

const FULL = 1000;

document.addEventListener("DOMContentLoaded", () => {
  const svg = document.querySelector("[data-draws]");
  if (!svg) return;
  const text = document.getElementById(svg.dataset.draws);
  const shape = svg.querySelector("[data-shape]"), corners = svg.querySelector("[data-corners]");
  const tall = svg.viewBox.baseVal.height;

  const read = () => (text.value.match(/\d{1,4}[,，]\d{1,4}/g) || []).map((pair) => pair.split(/[,，]/).map(Number));
  const write = (points) => { text.value = points.map((point) => point.join(",")).join(" "); show(); };

  function show() {
    const points = read().map(([x, y]) => [x, y * tall / FULL]);
    shape.setAttribute("points", points.map((point) => point.join(",")).join(" "));
    corners.replaceChildren(...points.map(([x, y]) => {
      const dot = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      dot.setAttribute("cx", x); dot.setAttribute("cy", y); dot.setAttribute("r", 8);
      return dot;
    }));
  }

  svg.addEventListener("click", (event) => {
    const box = svg.getBoundingClientRect();
    const part = (at, from, size) => Math.min(FULL, Math.max(0, Math.round((at - from) / size * FULL)));
    write([...read(), [part(event.clientX, box.left, box.width), part(event.clientY, box.top, box.height)]]);
  });
  document.querySelector("[data-undo]").addEventListener("click", () => write(read().slice(0, -1)));
  document.querySelector("[data-clear]").addEventListener("click", () => write([]));
  text.addEventListener("input", show);
  show();
});
