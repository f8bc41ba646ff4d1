// Keeps the page of a job up to date: asks again every 3 seconds (15 when the page is not looked
// at) and stops when the job has ended. The server says what to show; here it is put in place.
const page = document.getElementById("taak");
const spoken = document.getElementById("gezegd");
const part = (name) => page.querySelector(`[data-part="${name}"]`);
const TEXTS = ["message", "error", "phase", "progress", "state", "started", "ended"];
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

function show(job) {
  for (const name of TEXTS) part(name).textContent = job[name];
  part("message").hidden = !job.message;
  part("error").hidden = !job.error;
  part("running").hidden = !job.is_open;
  const bar = page.querySelector("progress");
  bar.hidden = job.percent === null;
  bar.value = job.percent ?? 0;
  part("table").hidden = job.counts.length === 0;
  part("table").querySelector("tbody").replaceChildren(...job.counts.map(row));
  part("why").hidden = job.reasons.length === 0;
  part("reasons").replaceChildren(...job.reasons.map(line));
  part("refresh").hidden = true; // This script does it.
  part("stop").hidden = !job.is_open || job.is_stopping;
  say(job.said);
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
