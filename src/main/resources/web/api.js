// The REST API of the server that served this page.

const KEY = 'api-key';
const TIMEOUT = 10_000;

/** A failed call; its status is 0 if there was no response. */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Keeps the key for this tab. */
export function keepKey(key) {
  sessionStorage.setItem(KEY, key);
}

export const get = (path) => call('GET', path);

export const post = (path, body) => call('POST', path, body);

export const put = (path, body) => call('PUT', path, body);

/** Downloads all that a call gives in another format, as a file. */
export async function download(path, type, name) {
  const answer = await send('GET', path, undefined, { Accept: type }, null);
  if (!answer.ok) {
    throw await refusal(answer);
  }
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await answer.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // not before the browser has begun
}

async function call(method, path, body) {
  const answer = await send(method, path, body);
  if (!answer.ok) {
    throw await refusal(answer);
  }
  return answer.json().catch(() => {
    throw new ApiError(answer.status, 'its response could not be read');
  });
}

async function refusal(answer) {
  const json = await answer.json().catch(() => null);
  return new ApiError(answer.status, json?.message ?? `the server responded with ${answer.status}`);
}

async function send(method, path, body, headers = {}, signal = AbortSignal.timeout(TIMEOUT)) {
  const key = sessionStorage.getItem(KEY);
  if (key) {
    headers['X-API-Key'] = key;
  }
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    return await fetch(path, {
      method,
      headers,
      body: body && JSON.stringify(body),
      signal,
    });
  } catch {
    throw new ApiError(0, 'the server does not respond');
  }
}
