// Talks to the server. A failure is an Error whose message says what to do.

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new Error('The server does not answer. Check that lsr-search serve is still running, then try again.');
  }
  if (response.ok) {
    return response.status === 204 ? null : response.json();
  }
  const problem = await response.json().catch(() => ({}));
  const error = new Error(problem.detail ?? problem.title ?? `The server answered ${response.status}.`);
  error.status = response.status;
  throw error;
}

export const get = (path, signal) => request(path, { signal });

export const post = (path, body, signal) => request(path, {
  method: 'POST', signal, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
});
