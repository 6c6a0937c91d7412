// Ties the parts of the page together: state, search, rankings.

import { get, post } from './api.js';
import * as dials from './dials.js';
import { byId, el, formatInteger } from './dom.js';
import * as passages from './passages.js';
import * as rankings from './rankings.js';
import * as rules from './rules.js';
import * as shortcuts from './shortcuts.js';
import { read, state, write } from './state.js';
import * as terms from './terms.js';
import * as theme from './theme.js';

const typingPause = 160; // ms without a key before a search
let current = new AbortController();
let baseOf = null; // the text whose terms are known
let timer = 0;
let info = { hasPassages: false };

async function search() {
  clearTimeout(timer);
  current.abort();
  const mine = current = new AbortController();
  showStart(state.query.trim() === '');
  if (state.query.trim() === '') {
    rankings.clear();
    setBusy(false);
    byId('terms-section').hidden = true;
    byId('error').hidden = true;
    return;
  }
  setBusy(true);
  try {
    const answer = await ask(mine.signal);
    if (mine.signal.aborted) {
      return;
    }
    byId('error').hidden = true;
    terms.draw(answer);
    rankings.draw(answer);
    announce(answer);
    if (info.hasPassages) {
      passages.load(answer, mine.signal).catch(ignoreAbort);
    }
  } catch (error) {
    if (error.name === 'AbortError') {
      return;
    }
    showError(error);
  }
  if (mine === current) {
    setBusy(false);
  }
}

// Changed weights are sent as explicit terms, so the text is encoded once.
async function ask(signal) {
  if (state.weights.size > 0 && baseOf !== state.query) {
    setBase(await post('api/expand', { text: state.query }, signal), signal);
  }
  const answer = await post('api/search', terms.createSearch(), signal);
  if (state.weights.size === 0) {
    setBase(answer, signal);
  }
  return answer;
}

function setBase(answer, signal) {
  if (!signal.aborted) {
    terms.setBase(answer.terms);
    baseOf = answer.text;
  }
}

function ignoreAbort(error) {
  if (error.name !== 'AbortError') {
    showError(error);
  }
}

function setBusy(isBusy) {
  byId('progress').hidden = !isBusy;
  byId('results').setAttribute('aria-busy', String(isBusy));
}

function showStart(isEmpty) {
  byId('start').hidden = !isEmpty;
}

function showError(error) {
  byId('error').replaceChildren(
    el('p', {}, error.message), el('button', { type: 'button', onclick: search }, 'Try again'));
  byId('error').hidden = false;
}

function announce(answer) {
  byId('status').textContent = answer.rankings.filter(ranking => ranking.found !== null)
    .map(ranking => `${ranking.engine} ${formatInteger(ranking.found)} found`).join(', ');
}

function setQuery(text, kind) {
  if (text !== state.query) {
    state.query = text;
    state.weights.clear();
    state.open = '';
    write(kind);
  }
}

function showState() {
  byId('query').value = state.query;
  byId('judged-query').value = '';
  dials.show();
}

function startQueries(queries) {
  byId('judged').hidden = queries.length === 0;
  byId('judged-query').append(...queries.map(query => el('option', { value: query.text }, query.text)));
  byId('judged-query').addEventListener('change', event => choose(event.target.value));
  byId('samples-label').hidden = queries.length === 0;
  byId('samples').append(...queries.slice(0, 5).map(query => el('li', {},
    el('button', { type: 'button', class: 'sample', onclick: () => choose(query.text) }, query.text))));
}

function choose(text) {
  if (text) {
    setQuery(text, 'choose');
    showState();
    search();
  }
}

function startForm() {
  byId('query').addEventListener('input', event => {
    setQuery(event.target.value, 'type');
    clearTimeout(timer);
    timer = setTimeout(search, typingPause);
  });
  byId('search-form').addEventListener('submit', event => {
    event.preventDefault();
    search();
  });
  addEventListener('popstate', () => {
    read();
    showState();
    search();
  });
}

async function start() {
  read();
  theme.start();
  dials.start(search);
  terms.start(search);
  rankings.start();
  rules.start(() => {
    baseOf = null;
    search();
  });
  shortcuts.start();
  startForm();
  showState();
  try {
    const [index, queries] = await Promise.all([get('api/info'), get('api/queries')]);
    info = index;
    byId('index-info').textContent = `${formatInteger(info.documents)} documents`
      + (info.encoder === null ? '' : ` · encoder ${info.encoder}`);
    startQueries(queries);
    showState();
  } catch (error) {
    showError(error);
  }
  await search();
}

start();
