import { z } from "zod";
import { open, seal } from "@/lib/seal";

/** What is sealed of a card: everything that makes it worth money. */
const secret = z.object({ code: z.string(), pin: z.string().nullable(), serialNumber: z.string().nullable() });
export type CardSecret = z.infer<typeof secret>;

interface CardPlace {
  partnerId: string;
  orderId: string;
  cardId: string;
}

/** Bound to its place: a box copied to another partner, order or card does not open. */
const boundTo = ({ partnerId, orderId, cardId }: CardPlace) => `card:${partnerId}:${orderId}:${cardId}`;

export function sealCard(key: Buffer, card: CardSecret, place: CardPlace): Buffer {
  return seal(key, Buffer.from(JSON.stringify(secret.parse(card))), boundTo(place));
}

export function openCard(key: Buffer, box: Buffer, place: CardPlace): CardSecret {
  return secret.parse(JSON.parse(open(key, box, boundTo(place)).toString()));
}
