/** The password that all demo sign-ins share. Throws without one: demo data never come with a password that everybody knows. */
export function demoPassword(): string {
  const password = process.env.DEMO_PASSWORD;
  if (!password) throw new Error("DEMO_PASSWORD is missing: the demo sign-ins need one.");
  return password;
}
