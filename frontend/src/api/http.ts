/** The few calls that islands make to the server's API. */

export interface Problem {
  code: string;
  message: string;
  fields: Record<string, string>;
}

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: Problem };

const UNREACHABLE: Problem = {
  code: "network.unreachable",
  message: "The server could not be reached. What you chose is kept here; try again in a moment.",
  fields: {},
};

/** POSTs JSON with the page's CSRF token; problems come back as the server worded them. */
export async function post<T>(url: string, body: unknown, csrf: string, get: typeof fetch = fetch): Promise<Answer<T>> {
  return answered<T>(
    get(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(body),
    }),
  );
}

/** Sends a form of the page as it stands and takes the answer as JSON. */
export async function sendForm<T>(form: HTMLFormElement, get: typeof fetch = fetch): Promise<Answer<T>> {
  return answered<T>(get(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new FormData(form) }));
}

/** Sends values as a form would. */
export async function sendFields<T>(url: string, values: Record<string, string>, get: typeof fetch = fetch): Promise<Answer<T>> {
  const body = new FormData();
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return answered<T>(get(url, { method: "POST", headers: { Accept: "application/json" }, body }));
}

async function answered<T>(asked: Promise<Response>): Promise<Answer<T>> {
  let answer: Response;
  try {
    answer = await asked;
  } catch {
    return { ok: false, problem: UNREACHABLE };
  }
  const value: unknown = await answer.json().catch(() => ({}));
  return answer.ok ? { ok: true, value: value as T } : { ok: false, problem: asProblem(value) };
}

/** RFC 9457 as the API writes it: `code`, `detail`, `fields`. */
function asProblem(value: unknown): Problem {
  const said = (value ?? {}) as { code?: string; detail?: string; fields?: Record<string, string> };
  return {
    code: said.code ?? "server.failed",
    message: said.detail ?? "The server did not answer as expected. What you chose is kept here; try again in a moment.",
    fields: said.fields ?? {},
  };
}
