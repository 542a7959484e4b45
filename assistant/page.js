// The page's only script: brings what the server drew into the page without replacing what stays the same, sends what
// is pressed, and keeps conversations, theme and language in this browser. `element`, `props`, `trigger` and `watch`
// are Gradio's (gr.HTML, js_on_load).
const ROOTS = ['head', 'talk', 'foot', 'panel'];
const TALK = 'shop.talk.';
let shown = {n: -1};
let held = null;
let asked = 0;
let opener = null;
let handled = 0;

const root = (name) => document.querySelector(`#${name} .root`);
const live = document.createElement('div');
live.className = 'unseen';
live.setAttribute('role', 'status');
live.setAttribute('aria-live', 'polite');
document.body.append(live);
function say(text) {
  live.textContent = '';
  if (text) setTimeout(() => { live.textContent = text; }, 60);
}

// what the browser keeps

function stored(name) { try { return localStorage.getItem(name); } catch { return null; } }
function store(name, text) {
  for (let tries = 0; tries < 20; tries += 1) {
    try { localStorage.setItem(name, text); return; } catch {
      const oldest = kept().filter((one) => TALK + one.key !== name).pop();
      if (!oldest) return;
      localStorage.removeItem(TALK + oldest.key);
    }
  }
}
function kept() {
  const found = [];
  try {
    for (let i = 0; i < localStorage.length; i += 1) {
      const name = localStorage.key(i);
      if (!name.startsWith(TALK)) continue;
      try {
        const {key, title, changed, turns} = JSON.parse(localStorage.getItem(name));
        if (typeof key === 'string') found.push({key, title, changed, turns});
      } catch { /* a broken one is not listed and harms no other */ }
    }
  } catch { /* no storage in this browser */ }
  return found.sort((a, b) => String(b.changed).localeCompare(String(a.changed)));
}
function keptTalk(key) { try { return JSON.parse(stored(TALK + key)).talk; } catch { return null; } }
function download(name, text) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], {type: 'application/json'}));
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

// drawing: nodes that stay the same keep their place, focus, scroll and what is opened in them

const nameOf = (node) => (node.nodeType === 1 && (node.id || node.dataset.id || node.dataset.card)) || '';
function fits(node, next) {
  return node.nodeType === next.nodeType && node.nodeName === next.nodeName && nameOf(node) === nameOf(next);
}
function morph(parent, fresh) {
  const named = new Map();
  for (const node of parent.childNodes) if (nameOf(node)) named.set(nameOf(node), node);
  let here = parent.firstChild;
  for (const next of [...fresh.childNodes]) {
    const known = nameOf(next) ? named.get(nameOf(next)) : null;
    if (known && fits(known, next)) {
      if (known !== here) parent.insertBefore(known, here); else here = here.nextSibling;
      become(known, next);
    } else if (!nameOf(next) && here && fits(here, next)) {
      const node = here;
      here = here.nextSibling;
      become(node, next);
    } else {
      parent.insertBefore(next, here);
    }
  }
  while (here) { const gone = here; here = here.nextSibling; gone.remove(); }
}
function become(node, next) {
  if (node.nodeType !== 1) {
    if (node.nodeValue !== next.nodeValue) node.nodeValue = next.nodeValue;
    return;
  }
  if (node.isEqualNode(next)) return;
  const opened = node.nodeName === 'DETAILS' ? node.open : null;
  for (const {name} of [...node.attributes]) if (!next.hasAttribute(name)) node.removeAttribute(name);
  for (const {name, value} of next.attributes) if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  if (opened !== null) node.open = opened;
  morph(node, next);
  if (node.nodeName === 'SELECT') {
    const chosen = [...node.options].find((one) => one.hasAttribute('selected'));
    if (chosen && node.value !== chosen.value) node.value = chosen.value;
  }
}
const marks = (node) => ['act', 'product', 'key', 'turn'].map((name) => node.dataset?.[name] ?? '').join('\n');
function draw(name, html) {
  const place = root(name);
  if (!place || place.drawn === html) return;
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const mark = focused && marks(focused);
  const from = focused && focused.closest('[data-id], [data-card], li, .exchange, .panel');
  const sheet = document.createElement('template');
  sheet.innerHTML = html;
  morph(place, sheet.content);
  place.drawn = html;
  if (focused && document.activeElement !== focused) {
    const same = focused.isConnected ? focused
      : [...place.querySelectorAll('[data-act]')].find((one) => marks(one) === mark)
      || (from && from.isConnected && from.querySelector('[data-act]:not([disabled])'))
      || place.querySelector('[tabindex="-1"]');
    same?.focus({preventScroll: true});
  }
}

const narrow = () => matchMedia('(max-width: 820px)').matches;
const calm = () => matchMedia('(prefers-reduced-motion: reduce)').matches;
function show() {
  const next = props.value;
  if (!next || typeof next !== 'object' || !(next.n > shown.n)) return;
  const before = shown;
  shown = {...next};
  document.documentElement.lang = next.code;
  document.title = next.title;
  const tiles = document.querySelector('.gradio-container');
  if (tiles) tiles.dataset.view = next.view;
  for (const name of ROOTS) if (typeof next[name] === 'string') draw(name, next[name]);
  if (next.keep && !next.signed) store(TALK + next.keep.key, JSON.stringify(next.keep));
  if (next.key !== before.key) { asked = 0; held = null; }
  const exchanges = document.querySelectorAll('#talk .exchange');
  if (next.goto !== undefined && next.goto !== null && next.n && next.goto !== before.goto) {
    document.getElementById(`turn-${next.goto}`)?.scrollIntoView({block: 'start'});
    asked = exchanges.length;
  } else {
    // A new question is brought to the top and held there while its answer grows, until the reader scrolls.
    if (exchanges.length !== asked) held = exchanges.length > asked ? exchanges[exchanges.length - 1] : null;
    asked = exchanges.length;
    if (held && held.isConnected) held.scrollIntoView({block: 'start'});
  }
  if (next.view !== before.view || next.place !== before.place || exchanges.length !== before.count) rise();
  shown.count = exchanges.length;
  if (before.n >= 0 && next.view !== before.view) viewed(before.view, next.view);
  if (next.notice && next.notice !== before.notice && narrow()) {
    document.querySelector('.panel-notice')?.scrollIntoView({block: 'center'});
  }
  if (next.say && (next.say !== before.say || next.said !== before.said)) say(next.say);
  if (next.download && next.download.n > handled) {
    handled = next.download.n;
    download(next.download.name, next.download.text);
  }
  if (before.n < 0) opened();
  answered(next.ack);
}
function rise() {
  // What is new in the panel is read from its top.
  for (let pane = root('panel'); pane && pane !== document.body; pane = pane.parentElement) {
    if (pane.scrollTop && pane.id !== 'layout' && !narrow()) pane.scrollTop = 0;
  }
}
function viewed(before, view) {
  const panel = document.querySelector('#panel .panel');
  if (!panel) return;
  if (view === 'products' && opener) {
    const back = [...document.querySelectorAll('[data-act]')].find((one) => marks(one) === opener);
    opener = null;
    if (back) { back.focus({preventScroll: true}); if (narrow()) back.scrollIntoView({block: 'nearest'}); return; }
  }
  if (view === 'products' && held) return;
  if (view === 'talks' || view === 'about') panel.focus({preventScroll: true});
  if (narrow()) panel.scrollIntoView({block: 'start', behavior: calm() ? 'auto' : 'smooth'});
}
function opened() {
  const wanted = new URLSearchParams(location.search).get('ask');
  if (wanted && wanted.trim() && !document.querySelector('#talk .exchange')) {
    send('submit', {act: 'quick', key: wanted.slice(0, 4000)});
  }
}
watch('value', show);

// what is pressed: one act after the other, since each builds on what the one before left

const waiting = [];
let sending = null;
let serial = 0;
let patience = 0;
function send(kind, sent) { waiting.push([kind, sent]); flow(); }
function flow() {
  if (sending !== null || !waiting.length) return;
  const [kind, sent] = waiting.shift();
  serial += 1;
  if (kind === 'click') {
    sending = serial;
    patience = setTimeout(() => { sending = null; say(shown.texts?.lost); flow(); }, 15000);
  }
  trigger(kind, {...sent, serial: String(serial)});
}
function answered(ack) {
  if (sending === null || !(ack >= sending)) return;
  clearTimeout(patience);
  sending = null;
  flow();
}

const ASKING = new Set(['quick', 'ask', 'chip', 'swap', 'retry']);
const LISTING = new Set(['talks', 'about']);
const PAGE = {
  theme() {
    const dark = document.body.classList.toggle('dark');
    store('shop.theme', dark ? 'dark' : 'light');
  },
  'copy-link'(sent) {
    const link = shown.links?.[Number(sent.turn)];
    if (!link) return;
    const url = location.origin + location.pathname + link;
    const done = () => say(shown.texts.copied);
    const ask = () => window.prompt(shown.texts.copy, url);
    if (navigator.clipboard) navigator.clipboard.writeText(url).then(done, ask); else ask();
  },
  export(sent) {
    if (shown.signed) return send('click', sent);
    const talk = keptTalk(sent.key);
    if (talk) download(`conversation-${sent.key}.json`, talk);
  },
  'export-all'(sent) {
    if (shown.signed) return send('click', sent);
    download('conversations.json', `[${kept().map((one) => keptTalk(one.key)).filter(Boolean).join(',\n')}]`);
  },
  open(sent) { send('click', shown.signed ? sent : {...sent, talk: keptTalk(sent.key) ?? ''}); },
  delete(sent) {
    if (!window.confirm(shown.texts.delete)) return;
    if (!shown.signed) localStorage.removeItem(TALK + sent.key);
    send('click', {...sent, listed: kept()});
  },
  'delete-all'(sent) {
    if (!window.confirm(shown.texts.delete_all)) return;
    if (!shown.signed) kept().forEach((one) => localStorage.removeItem(TALK + one.key));
    send('click', {...sent, listed: kept()});
  },
  view(sent) {
    if (LISTING.has(sent.key) && shown.view === sent.key) sent = {...sent, key: 'products'};
    if (LISTING.has(sent.key) || narrow()) opener = marksOf(sent);
    send('click', sent.key === 'talks' ? {...sent, listed: kept()} : sent);
  },
  language(sent) { store('shop.language', sent.key); send('click', sent); },
};
const marksOf = (sent) => ['act', 'product', 'key', 'turn'].map((name) => sent[name] ?? '').join('\n');
function act(control, value) {
  const sent = {act: control.dataset.act};
  for (const name of ['product', 'key', 'turn']) if (name in control.dataset) sent[name] = control.dataset[name];
  if (value !== undefined) sent.key = value;
  if (Object.hasOwn(PAGE, sent.act)) PAGE[sent.act](sent);
  else send(ASKING.has(sent.act) ? 'submit' : 'click', sent);
}
document.addEventListener('click', (event) => {
  const control = event.target.closest?.('button[data-act], a[data-act]');
  if (!control || control.disabled || control.getAttribute('aria-disabled') === 'true') return;
  if (control.tagName === 'A') event.preventDefault();
  act(control);
});
document.addEventListener('change', (event) => {
  if (event.target.matches?.('select[data-act]')) act(event.target, event.target.value);
});
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented) return;
  const details = document.activeElement?.closest?.('#panel details[open], #talk details[open]');
  if (details) { details.open = false; details.querySelector('summary')?.focus(); return; }
  if (shown.view && shown.view !== 'products') send('click', {act: 'view', key: 'products'});
});
for (const gesture of ['wheel', 'touchmove', 'keydown', 'pointerdown']) {
  document.addEventListener(gesture, () => { held = null; }, {passive: true});
}

const theme = stored('shop.theme');
if (theme && !new URLSearchParams(location.search).has('__theme')) {
  document.body.classList.toggle('dark', theme === 'dark');
}
