// On a wide screen the filters stand beside the results, so they may be open from the start.
const filters = document.getElementById("filters");
if (filters && matchMedia("(min-width: 64rem)").matches) {
  filters.open = true;
}
