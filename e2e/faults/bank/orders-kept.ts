/** What clients were told, kept beside the system, to be held against it at the end. */
export class OrdersKept {
  /** By key: the first answer. */
  readonly accepted = new Map<string, { partnerId: string; orderId: string; body: string }>();
  readonly wrong: string[] = [];
  counts = { placed: 0, lostAnswers: 0, replays: 0, cancelled: 0, overdraftsRefused: 0, reads: 0, otherRefusals: 0 };

  /** Keeps the first answer; a later one to the same key must be the same, byte for byte. */
  told(key: string, partnerId: string, body: string): void {
    const first = this.accepted.get(key);
    if (first && first.body !== body) this.wrong.push(`Key ${key} was answered by ${first.body} and then by ${body}`);
    if (first) return;
    const parsed: { id: string } = JSON.parse(body);
    this.accepted.set(key, { partnerId, orderId: parsed.id, body });
  }
}
