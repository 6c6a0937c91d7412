// The state of the page. All of it is in the address, so that a link reproduces it.

const allTerms = 41; // the end of the slider, beyond the largest number, stands for all of them

/** The dials. Each search sends all of them, so that these defaults hold, whatever those of the server are. */
export const dials = [
  { key: 'n', field: 'count', label: 'Results', min: 5, max: 50, step: 5, value: 10, group: 'Results' },
  { key: 't', field: 'queryTerms', label: 'Query terms', min: 1, max: allTerms, step: 1, value: allTerms, all: allTerms, group: 'Query' },
  { key: 'r', field: 'minRatio', label: 'Min. ratio to the heaviest', min: 0, max: 1, step: 0.05, value: 0, group: 'Query' },
  { key: 'h', field: 'hybridWeight', label: 'Weight of LSR', min: 0, max: 1, step: 0.05, value: 0.5, group: 'Hybrid' },
  { key: 'fd', field: 'feedbackDocuments', label: 'Documents', min: 0, max: 20, step: 1, value: 0, group: 'Feedback' },
  { key: 'ft', field: 'feedbackTerms', label: 'Terms to add', min: 0, max: 50, step: 1, value: 20, group: 'Feedback' },
  { key: 'fw', field: 'feedbackWeight', label: 'Weight', min: 0, max: 2, step: 0.1, value: 0.5, group: 'Feedback' },
  { key: 'k1', field: 'k1', label: 'k1, term saturation', min: 0, max: 3, step: 0.1, value: 0.9, group: 'BM25' },
  { key: 'b', field: 'b', label: 'b, length normalization', min: 0, max: 1, step: 0.05, value: 0.4, group: 'BM25' },
];

/** The state: query, weights by term that the user changed, dials that are not at their defaults, and what is open. */
export const state = { query: '', weights: new Map(), dials: new Map(), column: 'lsr', open: '' };

const columns = ['bm25', 'lsr', 'hybrid'];
const samePeriod = 1200; // ms in which changes of one kind are one step of the history
let last = { kind: '', time: 0 };

export function read() {
  const parameters = new URLSearchParams(location.search);
  state.query = (parameters.get('q') ?? '').slice(0, 2000);
  state.weights = new Map(parameters.getAll('w').map(parseWeight).filter(entry => entry !== null).slice(0, 500));
  state.dials = new Map(dials
    .map(dial => [dial.key, Number(parameters.get(dial.key) ?? NaN)])
    .filter(([key, value]) => isWithin(dials.find(dial => dial.key === key), value)));
  state.column = columns.includes(parameters.get('c')) ? parameters.get('c') : 'lsr';
  state.open = parameters.get('open') ?? '';
}

/** Writes the state to the address. Changes of one kind in quick succession are one step back. */
export function write(kind) {
  const url = toUrl();
  if (url === location.pathname + location.search) {
    return;
  }
  const isSame = kind === last.kind && performance.now() - last.time < samePeriod;
  last = { kind, time: performance.now() };
  history[isSame ? 'replaceState' : 'pushState'](null, '', url);
}

export const getDial = dial => state.dials.get(dial.key) ?? dial.value;

export function setDial(dial, value) {
  if (value === dial.value) {
    state.dials.delete(dial.key);
  } else {
    state.dials.set(dial.key, value);
  }
}

/** The body of a search, without terms. */
export function toRequest() {
  const request = { text: state.query };
  for (const dial of dials) {
    const value = getDial(dial);
    if (value !== dial.all) {
      request[dial.field] = value;
    }
  }
  return request;
}

function toUrl() {
  const parameters = new URLSearchParams();
  if (state.query) {
    parameters.set('q', state.query);
  }
  for (const [term, weight] of state.weights) {
    parameters.append('w', `${weight}:${term}`);
  }
  for (const [key, value] of state.dials) {
    parameters.set(key, value);
  }
  if (state.column !== 'lsr') {
    parameters.set('c', state.column);
  }
  if (state.open) {
    parameters.set('open', state.open);
  }
  const search = parameters.toString();
  return location.pathname + (search ? `?${search}` : '');
}

function parseWeight(text) {
  const colon = text.indexOf(':');
  const weight = Number(text.slice(0, colon));
  const term = text.slice(colon + 1);
  const isValid = colon > 0 && Number.isInteger(weight) && weight >= 0 && weight <= 65535;
  return isValid && term.length > 0 && term.length <= 200
    ? [term, weight]
    : null;
}

const isWithin = (dial, value) => Number.isFinite(value) && value >= dial.min && value <= dial.max
  && (dial.step < 1 || Number.isInteger(value));
