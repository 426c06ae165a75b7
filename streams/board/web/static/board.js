// Keeps a page up to date: alerts as they come (server-sent events), ages, keys. Without it the pages work as they are.

const KEPT = 200; // alerts on a page
const DRAW_EVERY = 250; // milliseconds: a burst is put in at once
const SPEAK_EVERY = 4000; // milliseconds between two announcements to screen readers
const HOUR = 3600;

const $ = (id) => document.getElementById(id);
const list = $("alerts");
let live = $("live");
let source = null;
let paused = false;
let arrived = new Map(); // cards that are not on the page yet, by id, oldest first; as text until they are put in
let unspoken = [];

// Ages -------------------------------------------------------------------------------------------------------------

function age(seconds) {
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${Math.floor(seconds)} s ago`;
  if (seconds < HOUR) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 48 * HOUR) return `${Math.floor(seconds / HOUR)} h ago`;
  return `${Math.floor(seconds / (24 * HOUR))} days ago`;
}

function showAges() {
  const now = Date.now();
  for (const element of document.querySelectorAll("[data-age]")) {
    const words = age((now - Date.parse(element.dataset.age)) / 1000);
    if (element.textContent !== words) element.textContent = words;
  }
}

// Alerts -----------------------------------------------------------------------------------------------------------

function cardOf(html) {
  const template = document.createElement("template");
  template.innerHTML = html; // from this board, where everything from outside is escaped
  return template.content.querySelector(".alert");
}

function arrive(id, html) {
  if ($(`a-${id}`)) return; // after a cut an alert may come twice
  arrived.set(id, html);
  if (arrived.size > KEPT) arrived.delete(arrived.keys().next().value);
}

function draw() {
  const waiting = $("waiting");
  if (paused) {
    waiting.hidden = arrived.size === 0;
    waiting.textContent = arrived.size === 1 ? "1 new alert: show it" : `${arrived.size} new alerts: show them`;
    return;
  }
  waiting.hidden = true;
  if (!arrived.size) return;
  const focused = document.activeElement;
  const before = window.scrollY > 200 ? list.getBoundingClientRect().height : null;
  const fragment = document.createDocumentFragment();
  for (const html of arrived.values()) {
    const card = cardOf(html);
    card.classList.add("new");
    fragment.prepend(card);
    unspoken.push(card.dataset.words);
  }
  const cards = [...fragment.children];
  arrived.clear();
  list.prepend(fragment);
  for (const card of cards.reverse()) markReplaced(card);
  while (list.children.length > KEPT && list.lastElementChild !== focused) list.lastElementChild.remove();
  live.querySelector(".empty")?.remove();
  if (before !== null) window.scrollBy(0, list.getBoundingClientRect().height - before); // what is read stays in place
  showAges();
}

function markReplaced(card) {
  const earlier = card.dataset.supersedes && $(`a-${card.dataset.supersedes}`);
  if (!earlier) return;
  const mark = earlier.querySelector(".replaced");
  mark.hidden = false;
  mark.querySelector("a").href = `/alert/${card.id.slice(2)}`;
}

function speak() {
  const spoken = $("spoken");
  if (!spoken || !unspoken.length) return;
  const words = unspoken.length > 3 ? [`${unspoken.length} new alerts`, unspoken.at(-1)] : unspoken;
  spoken.textContent = words.join(". ");
  unspoken = [];
}

function setPaused(now) {
  paused = now;
  const button = $("pause");
  button.setAttribute("aria-pressed", String(paused));
  button.textContent = paused ? "Go on" : "Pause";
  showLink();
  draw();
}

// The link to Kafka, and to the board ----------------------------------------------------------------------------------

let link = { state: $("link").dataset.state, words: $("link-words").textContent, detail: "" };

let settled = link.state === "live";

function showLink() {
  const shown = paused && link.state === "live" ? { state: "paused", words: "Paused" } : link;
  $("link").dataset.state = shown.state;
  $("link-words").textContent = shown.words;
  $("banner").hidden = link.state !== "away";
  $("banner-detail").textContent = link.detail ?? "";
}

function connect() {
  source?.close();
  source = null;
  const url = new URL(live?.dataset.stream || "/stream?shape=none", location.href);
  if (live?.dataset.stream) url.searchParams.set("since", live.dataset.newest);
  source = new EventSource(url);
  source.addEventListener("alert", (event) => (list && live.dataset.refresh === undefined ? arrive(event.lastEventId, event.data) : refreshSoon()));
  source.addEventListener("silent", (event) => countSilent(JSON.parse(event.data).count));
  source.addEventListener("link", (event) => {
    link = JSON.parse(event.data);
    showLink();
    if (!settled && link.state === "live") reload(); // the page was made while the board was still reading
    settled ||= link.state === "live";
  });
  source.addEventListener("reload", () => reload());
  source.onerror = () => {
    link = { state: "connecting", words: "Connecting to the board", detail: "" };
    showLink();
    if (source.readyState === EventSource.CLOSED) setTimeout(connect, 3000); // refused: browsers give up by themselves
  };
}

let silentHere = 0;

function countSilent(count) {
  if (!$("silent")) return refreshSoon();
  silentHere += count;
  $("silent").textContent = silentHere.toLocaleString("en");
  $("silent-words").textContent = silentHere === 1 ? "change kept silent meanwhile" : "changes kept silent meanwhile";
}

// Putting in a page's newer self -----------------------------------------------------------------------------------------

async function fetchPage() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html");
}

async function reload() {
  const page = await fetchPage().catch(() => null);
  const fresh = page?.getElementById("live");
  if (!fresh) return;
  if (list) {
    arrived.clear();
    list.replaceChildren(...fresh.querySelectorAll("#alerts > li"));
    live.querySelector(".empty")?.remove();
    const empty = fresh.querySelector(".empty");
    if (empty) list.after(empty);
    live.dataset.newest = fresh.dataset.newest;
    const stories = page.getElementById("stories");
    if (stories) $("stories").replaceWith(stories);
  } else {
    swap(fresh);
  }
  showAges();
  connect();
}

function swap(fresh) {
  const open = new Map([...live.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  const typing = live.contains(document.activeElement) && document.activeElement.matches("input, textarea");
  if (typing) return;
  const focused = document.activeElement?.closest?.("#live a, #live summary")?.getAttribute("href");
  for (const one of fresh.querySelectorAll("details[id]")) if (open.has(one.id)) one.open = open.get(one.id);
  live.replaceWith(fresh);
  live = fresh;
  if (focused) live.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

let refreshing = null;

function refreshSoon(after = 800) {
  if (!live || live.dataset.refresh === undefined || refreshing) return;
  refreshing = setTimeout(async () => {
    refreshing = null;
    const fresh = (await fetchPage().catch(() => null))?.getElementById("live");
    if (fresh) swap(fresh);
    showAges();
  }, after);
}

// Keys -----------------------------------------------------------------------------------------------------------------

function step(by) {
  const all = [...document.querySelectorAll(".alert, .story-list li, .timeline > li")];
  const at = all.indexOf(document.activeElement?.closest(".alert, .story-list li, .timeline > li"));
  const next = all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))];
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  "/": () => search(),
  p: () => $("pause") && setPaused(!paused),
  s: () => follow((here) => here.dataset.story),
  Enter: () => follow((here) => here.querySelector("a.open")?.href),
  "?": () => $("help").showModal(),
  1: () => location.assign("/"),
  2: () => location.assign("/story"),
  3: () => location.assign("/flow"),
  4: () => location.assign("/sources"),
};

function follow(address) {
  const here = document.activeElement;
  const target = here?.matches(".alert, .story-list li, .timeline > li") && address(here);
  if (target) location.assign(target);
  return Boolean(target);
}

function search() {
  if (!$("q")) return location.assign("/");
  $("filter-box").open = true;
  $("q").focus();
  $("q").select();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target.matches("input, textarea, select")) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = KEYS[event.key];
  if (act && act() !== false) event.preventDefault();
});

// Beginning --------------------------------------------------------------------------------------------------------------

$("help-open").hidden = false;
$("help-open").addEventListener("click", () => $("help").showModal());
if ($("pause")) {
  $("pause").hidden = false;
  $("pause").addEventListener("click", () => setPaused(!paused));
  $("waiting").addEventListener("click", () => setPaused(false));
  setInterval(draw, DRAW_EVERY);
  setInterval(speak, SPEAK_EVERY);
}
if ($("filter")) {
  if (matchMedia("(max-width: 48rem)").matches && !location.search) $("filter-box").open = false;
  $("filter").addEventListener("change", (event) => {
    if (event.target.matches("select, [type=checkbox]")) $("filter").requestSubmit();
  });
  $("filter").addEventListener("submit", () => {
    for (const field of $("filter").elements) if (field.value === "") field.disabled = true; // an address without empty fields
  });
}
if (Number(live?.dataset.refresh) > 0) setInterval(() => refreshSoon(0), Number(live.dataset.refresh) * 1000);
setInterval(showAges, 1000);
showAges();
connect();
