// Builds elements. Texts are only ever set as text, so nothing in a document can become markup.

/** Creates an element. Properties that start with "on" are listeners, "data-" and "aria-" ones are attributes. */
export function el(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name.includes('-') || name === 'role' || name === 'for' || name === 'list') {
      element.setAttribute(name, value === true ? 'true' : value);
    } else {
      element[name === 'class' ? 'className' : name] = value;
    }
  }
  element.append(...children.flat().filter(child => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = id => document.getElementById(id);

const integers = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

export const formatInteger = value => integers.format(value);

/** Formats a score: products of impacts have no decimals, scores of BM25 and the hybrid have two. */
export const formatScore = (value, engine) => engine === 'lsr' ? formatInteger(value) : value.toFixed(2);

export const formatTime = milliseconds =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;

export const engineNames = { bm25: 'BM25', lsr: 'LSR', hybrid: 'Hybrid' };
