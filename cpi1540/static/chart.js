// Without this file a chart is a picture with a table below. With it, its shapes say their values: to who points at
// one, and to who goes through them with the arrow keys.
const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 };

async function enliven(figure) {
  const image = figure.querySelector("img");
  const said = figure.querySelector(".chart-value");
  const answer = await fetch(image.currentSrc || image.src);
  if (!answer.ok) return;
  const parsed = new DOMParser().parseFromString(await answer.text(), "image/svg+xml");
  const drawing = document.importNode(parsed.documentElement, true);
  const shapes = [...drawing.querySelectorAll("[id^='value-']")];
  if (!shapes.length) return;

  const texts = shapes.map((shape) => {
    const title = shape.querySelector(":scope > title");
    const text = title.textContent;
    title.remove(); // the browser's own hint would stand in the way
    return text;
  });
  let current = -1;
  const read = (place) => {
    shapes[current]?.classList.remove("is-read");
    current = place;
    shapes[current]?.classList.add("is-read");
    said.textContent = current < 0 ? figure.dataset.how : texts[current];
  };

  drawing.classList.add("chart");
  drawing.setAttribute("tabindex", "0");
  drawing.setAttribute("role", "application");
  drawing.setAttribute("aria-label", image.alt);
  drawing.querySelector(":scope > title")?.remove();
  drawing.addEventListener("pointerover", (event) => {
    const shape = event.target.closest("[id^='value-']");
    if (shape) read(shapes.indexOf(shape));
  });
  drawing.addEventListener("keydown", (event) => {
    const mirrored = document.documentElement.dir === "rtl" && ["ArrowLeft", "ArrowRight"].includes(event.key);
    const step = (STEPS[event.key] || 0) * (mirrored ? -1 : 1);
    const goal = event.key === "Home" ? 0 : event.key === "End" ? shapes.length - 1 : current + step;
    if (step || ["Home", "End"].includes(event.key)) {
      event.preventDefault();
      read(Math.max(0, Math.min(shapes.length - 1, goal)));
    }
  });
  drawing.addEventListener("blur", () => read(-1));
  image.closest("picture").replaceWith(drawing);
  said.hidden = false;
  read(-1);
}

for (const figure of document.querySelectorAll("[data-chart]")) {
  const image = figure.querySelector("img");
  if (image.complete && image.naturalWidth) enliven(figure);
  else image.addEventListener("load", () => enliven(figure), { once: true });
}
