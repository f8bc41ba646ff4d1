// A list below the search field: the pattern "list autocomplete with manual selection" of the ARIA
// Authoring Practices. What is typed stays as it is until somebody chooses.
const SHORTEST = 3;
const PAUSE = 200;

export function complete(field) {
  const form = field.form;
  const said = Object.assign(document.createElement("p"), { className: "unseen" });
  const list = Object.assign(document.createElement("ul"), { id: "suggesties", className: "suggestions", hidden: true });
  said.setAttribute("role", "status");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", form.dataset.suggestions);
  field.closest(".field").after(list, said);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id })) {
    field.setAttribute(name, value);
  }
  let asked = "";
  let waiting = 0;
  let place = -1;

  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    point(-1);
    field.setAttribute("aria-expanded", "false");
  };
  const point = (next) => {
    place = next;
    options().forEach((option, number) => option.setAttribute("aria-selected", String(number === place)));
    if (place < 0) {
      field.removeAttribute("aria-activedescendant");
    } else {
      field.setAttribute("aria-activedescendant", options()[place].id);
      options()[place].scrollIntoView({ block: "nearest" });
    }
  };
  const choose = (option) => {
    field.value = option.dataset.text;
    close();
    form.requestSubmit();
  };
  const show = (found) => {
    list.replaceChildren(...found.map(option));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    point(-1);
    said.textContent = found.length === 0 ? "" : found.length === 1 ? form.dataset.one : form.dataset.many.replace("{n}", found.length);
  };
  const option = (text, number) => {
    const item = Object.assign(document.createElement("li"), { id: `suggestie-${number}` });
    const typed = field.value.trim();
    const same = text.toLocaleLowerCase("nl").startsWith(typed.toLocaleLowerCase("nl")) ? typed.length : 0;
    item.dataset.text = text;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    // What would be added stands out, as the reader knows what was typed.
    item.append(text.slice(0, same), Object.assign(document.createElement("b"), { textContent: text.slice(same) }));
    return item;
  };
  const ask = async () => {
    const text = field.value.trim();
    if (text === asked && !list.hidden) {
      return;
    }
    asked = text;
    if (text.length < SHORTEST) {
      close();
      said.textContent = "";
      return;
    }
    const most = matchMedia("(max-width: 40rem)").matches ? 5 : 8;
    let found = [];
    try {
      const answer = await fetch(`/api/v1/suggesties?${new URLSearchParams({ q: text, aantal: most })}`);
      found = answer.ok ? (await answer.json()).suggesties.map((one) => one.tekst) : [];
    } catch {
      // Without an answer there is no list; searching goes on.
    }
    if (text === field.value.trim() && document.activeElement === field) {
      show(found);
    }
  };

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  field.addEventListener("keydown", (event) => {
    const open = !list.hidden;
    if (event.key === "Escape" && open) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && open) {
      event.preventDefault();
      const count = options().length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      point(((place + 1 + step + count) % count) - 1);
    } else if (event.key === "Enter" && open && place >= 0) {
      event.preventDefault();
      choose(options()[place]);
    }
  });
  // A press on the list must not take the focus, or the list would close before the choice.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("[role=option]");
    if (chosen) {
      choose(chosen);
    }
  });
  field.addEventListener("blur", close);
  form.addEventListener("submit", () => clearTimeout(waiting));
  if (field.value.trim() !== field.defaultValue.trim()) {
    ask();
  }
}
