/** An expression that this server does not understand; it is refused, never guessed at. */
export class ExpressionError extends Error {
  constructor(source: string, why: string) {
    super(
      `expression "${source}" is refused: ${why}. ` +
        "Understood are event.* and async.*, literals, == != < <= > >=, && || !, + -, a ? b : c, int() and string().",
    );
    this.name = "ExpressionError";
  }
}
