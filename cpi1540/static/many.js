// Ticking a row or a column ticks its fields, and the number of ticked fields is told. Without this file the
// server reads the ticked rows and columns itself.
const form = document.getElementById("many");
const told = document.getElementById("picked");
const boxes = (name) => [...form.querySelectorAll(`input[name=${name}]`)];
const fieldsOf = (box) => boxes("field").filter((each) => {
  const [section, row, domain, aspect] = each.value.split(".");
  return box.name === "row" ? box.value === `${section}.${row}` : box.value === `${section}.${domain}.${aspect}`;
});
const count = () => { told.textContent = told.dataset.told.replace("{n}", boxes("field").filter((each) => each.checked).length); };
form.addEventListener("change", (event) => {
  const box = event.target;
  if (box.name === "row" || box.name === "column") for (const each of fieldsOf(box)) each.checked = box.checked;
  if (box.name === "field" && !box.checked) {
    for (const whole of [...boxes("row"), ...boxes("column")]) if (whole.checked && fieldsOf(whole).includes(box)) whole.checked = false;
  }
  count();
});
for (const whole of [...boxes("row"), ...boxes("column")].filter((each) => each.checked)) for (const each of fieldsOf(whole)) each.checked = true;
count();
