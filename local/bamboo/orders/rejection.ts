import type { ReasonCode } from "../faults/acts";

/** A checkout that is refused: the listed reason, and the sentence that production sends for some of them. */
export interface Rejection {
  code: ReasonCode;
  sentence: string;
}

/** Reasons that production is known to give as a sentence and not as a code. */
const sentenceByDefault: ReadonlySet<ReasonCode> = new Set(["InsufficientBalance", "ProductIsOutOfStock"]);

const sentences: Record<ReasonCode, string> = {
  WrongAccount: "The account is not valid for this client.",
  InsufficientBalance: "Account doesn't have enough funds available to buy the card(s) requested.",
  InvalidProductIds: "One or more products were not found.",
  InvalidProduct: "The product cannot be ordered.",
  InvalidDenomination: "The value does not match the minimum or maximum face value of the product.",
  NoProducts: "The order has no products.",
  OrderAlreadyExists: "An order with this RequestId already exists.",
  ClientCatalogNotExist: "The client has no catalogue.",
  OrderNotFound: "The order was not found.",
  CardsLimitExceeded: "An order may have 500 cards at most.",
  ProductIsOutOfStock: "Not enough stock.",
  ClientPriceInvalid: "The price of the client is not set up properly. Please contact your account manager.",
  UserNotEnabled: "The API user is not enabled.",
};

export function rejection(code: ReasonCode, sentence = sentences[code]): Rejection {
  return { code, sentence };
}

/** The body of the 400, in the form the mode asks for. */
export function rejectionBody(
  { code, sentence }: Rejection,
  form: "default" | "code" | "sentence" | "reason",
): Record<string, string> {
  if (form === "reason") return { reason: code, message: sentence };
  const asSentence = form === "sentence" || (form === "default" && sentenceByDefault.has(code));
  return { message: asSentence ? sentence : code };
}
