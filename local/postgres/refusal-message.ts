/**
 * An ErrorResponse of the PostgreSQL protocol, severity FATAL, as a server sends it that will not serve.
 *
 * Shape: 'E', length as int32 (itself included), then fields of one letter and a zero-ended text, then a zero.
 */
export function refusalMessage(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`, "utf8");
  const head = Buffer.alloc(5);
  head.write("E", 0, "latin1");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}
