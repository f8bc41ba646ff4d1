// On a wide screen the filters stand beside the results, so they may be open from the start.
const filters = document.getElementById("filters");
if (filters && matchMedia("(min-width: 64rem)").matches) {
  filters.open = true;
}

// The address of the results can be copied by hand; a button does it where the browser lets it.
const address = document.getElementById("adres");
if (address && navigator.clipboard) {
  const button = document.createElement("button");
  const said = document.createElement("p");
  button.type = "button";
  button.textContent = address.dataset.copy;
  said.setAttribute("role", "status");
  address.after(button);
  address.parentElement.after(said);
  button.addEventListener("click", async () => {
    address.select();
    await navigator.clipboard.writeText(address.value);
    said.textContent = address.dataset.copied;
  });
}
