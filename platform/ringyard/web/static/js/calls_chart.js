// The dashboard's chart of calls per hour; redrawn when its data is swapped in or the theme changes.
const holder = document.querySelector("[data-calls-chart]");
const source = document.querySelector("[data-calls-hours]");
let chart;

// A canvas knows no variables: an element that wears the colour tells what it is.
function colour(name) {
  source.style.color = `var(${name})`;
  const resolved = getComputedStyle(source).color;
  source.style.color = "";
  return resolved;
}
const rows = () => JSON.parse(source.querySelector("script").textContent);

function dataset(label, paint, column, data) {
  return { label, backgroundColor: paint, borderRadius: 3, maxBarThickness: 22, data: data.map((row) => row[column]) };
}

function draw() {
  const data = rows();
  const grid = colour("--tblr-border-color");
  const text = { color: colour("--tblr-secondary"), font: { family: "Inter Variable", size: 11 } };
  chart?.destroy();
  chart = new Chart(holder.querySelector("canvas"), {
    type: "bar",
    data: {
      labels: data.map((row) => row[0]),
      datasets: [
        dataset(holder.dataset.made, colour("--tblr-primary"), 1, data),
        dataset(holder.dataset.answered, colour("--tblr-green"), 2, data),
      ],
    },
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      plugins: { legend: { labels: { ...text, boxWidth: 10, boxHeight: 10 }, align: "end" } },
      scales: {
        x: { grid: { display: false }, ticks: { ...text, maxRotation: 0, autoSkipPadding: 8 } },
        y: { beginAtZero: true, suggestedMax: 5, border: { display: false }, grid: { color: grid }, ticks: { ...text, precision: 0, maxTicksLimit: 6 } },
      },
    },
  });
}

function refresh() {
  const data = rows();
  chart.data.labels = data.map((row) => row[0]);
  chart.data.datasets.forEach((set, at) => (set.data = data.map((row) => row[at + 1])));
  chart.update();
}

draw();
document.addEventListener("theme-changed", draw);
new MutationObserver(() => source.querySelector("script") && refresh()).observe(source, { childList: true });
