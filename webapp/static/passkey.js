// Talks with the device about a passkey and sends its answer by the form on the page. Without this
// script, or in a browser that knows no passkeys, the page says so and the form stays hidden.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

function readable(options) {
  const ready = { ...options, challenge: bytes(options.challenge) };
  if (options.user) ready.user = { ...options.user, id: bytes(options.user.id) };
  for (const list of ["allowCredentials", "excludeCredentials"]) {
    ready[list] = (options[list] ?? []).map((known) => ({ ...known, id: bytes(known.id) }));
  }
  return ready;
}

function sendable(credential) {
  const response = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ]) {
    const part = credential.response[name];
    if (part) response[name] = text(part);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function ask(event) {
  const form = event.target;
  event.preventDefault();
  const stopped = form.querySelector(".error");
  stopped.hidden = true;
  try {
    const publicKey = readable(JSON.parse(form.dataset.options));
    const credential = await navigator.credentials[form.dataset.way]({ publicKey });
    form.elements.antwoord.value = sendable(credential);
    form.submit();
  } catch {
    stopped.hidden = false;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form.passkey")) {
    form.hidden = false;
    form.addEventListener("submit", ask);
  }
  for (const note of document.querySelectorAll("[data-without-passkey]")) note.hidden = true;
}
