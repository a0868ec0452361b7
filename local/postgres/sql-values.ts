import pg from "pg";

const { BOOL, INT2, INT4, FLOAT4, FLOAT8, JSON: JSON_TEXT, JSONB } = pg.types.builtins;

/**
 * A value as JSON, where JSON can hold it exactly; everything else (bigint, numeric, times, infinities) stays text. Only
 * for clients that do not send Neon-Raw-Text-Output; the driver always does, and reads the text itself.
 */
export function readableValue(text: string | null, dataTypeId: number | undefined): unknown {
  if (text === null) return null;
  switch (dataTypeId) {
    case BOOL:
      return text === "t";
    case INT2:
    case INT4:
    case FLOAT4:
    case FLOAT8:
      return Number.isFinite(Number(text)) ? Number(text) : text;
    case JSON_TEXT:
    case JSONB:
      return JSON.parse(text);
    default:
      return text;
  }
}
