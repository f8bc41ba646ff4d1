// Keeps the page of a job up to date: asks again every 3 seconds (15 when the page is not looked
// at) and stops when the job has ended. The server says what to show; here it is put in place.
const page = document.getElementById("taak");
const spoken = document.getElementById("gezegd");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const TEXTS = ["message", "error", "left", "state", "started", "ended"];
let etag = "";

function say(text) {
  // The same text again is no news: a screen reader hears only changes.
  if (spoken.textContent !== text) spoken.textContent = text;
}

function lost() {
  part("message").textContent = page.dataset.lost;
  part("message").hidden = false;
  part("refresh").hidden = false;
  say(page.dataset.lost);
}

function row({ text, count }) {
  const line = document.createElement("tr");
  const head = line.appendChild(document.createElement("th"));
  head.scope = "row";
  head.textContent = text;
  line.appendChild(document.createElement("td")).textContent = count;
  return line;
}

function line(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}

function step({ name, state, percent, progress }) {
  const item = document.createElement("li");
  const head = item.appendChild(document.createElement("span"));
  head.className = "phase";
  head.textContent = `${name}: ${state}`;
  if (percent !== null) {
    const bar = item.appendChild(document.createElement("progress"));
    bar.setAttribute("aria-label", name);
    bar.max = 100;
    bar.value = percent;
  }
  if (progress) {
    const amount = item.appendChild(document.createElement("span"));
    amount.className = "amount";
    amount.textContent = progress;
  }
  return item;
}

function source(cells) {
  const item = document.createElement("tr");
  const head = item.appendChild(document.createElement("th"));
  head.scope = "row";
  const link = head.appendChild(document.createElement("a"));
  [link.href, link.textContent] = [cells[0].address, cells[0].text];
  for (const { count } of cells) item.appendChild(document.createElement("td")).textContent = count;
  return item;
}

function shows(name, is_shown) {
  const found = part(name); // What somebody may not do is not on the page.
  if (found) found.hidden = !is_shown;
}

function show(job) {
  for (const name of TEXTS) part(name).textContent = job[name];
  part("message").hidden = !job.message;
  part("error").hidden = !job.error;
  part("running").hidden = !job.is_open;
  part("steps").replaceChildren(...job.steps.map(step));
  part("left").hidden = !job.left;
  part("rows")?.replaceChildren(...job.rows.map(source));
  part("table").hidden = job.counts.length === 0;
  part("table").querySelector("tbody").replaceChildren(...job.counts.map(row));
  part("why").hidden = job.reasons.length === 0;
  part("reasons").replaceChildren(...job.reasons.map(line));
  part("refresh").hidden = true; // This script does it.
  const waits = job.is_paused || job.is_pausing;
  shows("stop", job.is_open && !job.is_stopping);
  shows("pause", job.is_open && !job.is_stopping && !waits);
  shows("go-on", job.is_open && waits);
  shows("hint", job.is_open);
  say(job.said);
  // What can be done with an index that was refused is on the page as the server makes it.
  if (job.accept) location.reload();
}

async function look() {
  let again = true;
  try {
    const answer = await fetch(page.dataset.address, { headers: { "If-None-Match": etag } });
    if (answer.status === 200) {
      etag = answer.headers.get("ETag") ?? "";
      const job = await answer.json();
      show(job);
      again = job.is_open;
    } else if (answer.status !== 304) {
      lost();
      again = answer.status >= 500;
    }
  } catch {
    lost();
  }
  if (again) setTimeout(look, document.hidden ? 15000 : 3000);
}

look();
