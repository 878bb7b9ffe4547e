"use strict";
// Which of the chats are shown? Those that fit the words and every choice; how many they are is announced.
(() => {
  const form = document.getElementById("filter");
  if (!form) return;
  const rows = Array.from(document.querySelectorAll("#chats tbody tr"), (row) => [row, row.textContent.toLowerCase()]);
  const shown = document.getElementById("shown");
  const choices = ["status", "reason", "inbox"];
  const apply = () => {
    const words = form.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const chosen = choices.map((name) => [name, form.elements[name].value]).filter(([, value]) => value !== "all");
    let number = 0;
    for (const [row, text] of rows) {
      const fits = words.every((word) => text.includes(word)) && chosen.every(([name, value]) => row.dataset[name] === value);
      row.hidden = !fits;
      number += fits;
    }
    shown.textContent = `${number.toLocaleString("en")} of ${rows.length.toLocaleString("en")} chats shown`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply)); // the fields are emptied after this event
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  apply();
})();
