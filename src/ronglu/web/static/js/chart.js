// The one interactive chart: reads {unit, labels, series: [{name, kind, values}]} from the JSON block that data-chart names.
// SVG and rich-text tooltips only: a strict content policy refuses the inline styles of HTML tooltips.
"use strict";

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const LOOK = {
  actual: () => ({ color: token("--data"), width: 2, type: "solid" }),
  plan: () => ({ color: token("--line-2"), width: 1.5, type: "dashed" }),
  past: () => ({ color: token("--data-2"), width: 1.5, type: "solid" }),
  limit: () => ({ color: token("--warn"), width: 1, type: "dotted" }),
};

function draw(place) {
  const data = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  const ink = { color: token("--ink-2"), fontSize: 12, fontFamily: token("--sans") };
  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    textStyle: ink,
    legend: { type: "scroll", top: 0, left: 0, right: 8, itemWidth: 16, textStyle: ink },
    grid: { top: 56, left: 8, right: 16, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", renderMode: "richText", valueFormatter: (v) => (v == null ? "—" : `${v} ${data.unit}`) },
    xAxis: { type: "category", data: data.labels, axisLabel: ink, axisLine: { lineStyle: { color: token("--line-2") } } },
    yAxis: { type: "value", scale: true, name: data.unit, nameTextStyle: ink, axisLabel: ink, splitLine: { lineStyle: { color: token("--line") } } },
    series: data.series.map((s) => {
      const look = (LOOK[s.kind] || LOOK.actual)();
      return {
        name: s.name, type: "line", data: s.values, connectNulls: false, showSymbol: s.kind === "actual", symbolSize: 5,
        lineStyle: look, itemStyle: { color: look.color },
      };
    }),
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}

document.addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-chart]").forEach(draw));
