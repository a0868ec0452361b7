/** An answer before it is sent. */
export interface Reply {
  status: number;
  contentType: string;
  body: Buffer | string;
  headers?: Record<string, string>;
}

export function json(status: number, value: unknown): Reply {
  return { status, contentType: "application/json; charset=utf-8", body: JSON.stringify(value) };
}

/** JSON that is written already. */
export function rawJson(status: number, body: Buffer): Reply {
  return { status, contentType: "application/json; charset=utf-8", body };
}

export function text(status: number, body: string): Reply {
  return { status, contentType: "text/plain; charset=utf-8", body };
}

export function html(status: number, body: string): Reply {
  return { status, contentType: "text/html; charset=utf-8", body };
}

/** As ASP.NET answers a body or a route that does not bind. */
export function problem(status: number, title: string, errors?: Record<string, string[]>): Reply {
  const body = {
    type: `https://tools.ietf.org/html/rfc9110#section-15.5.${status - 399}`,
    title,
    status,
    traceId: "00-0-0-00",
    errors,
  };
  return { status, contentType: "application/problem+json; charset=utf-8", body: JSON.stringify(body) };
}
