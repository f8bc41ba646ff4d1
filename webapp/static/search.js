// Completion is only fetched by who starts to type: the search field works without it.
const field = document.querySelector("form[role=search] input[type=search]");
if (field) {
  field.addEventListener("focus", async () => {
    const { complete } = await import("./suggest.js");
    complete(field);
  }, { once: true });
  if (document.activeElement === field) {
    field.dispatchEvent(new Event("focus"));
  }
}
