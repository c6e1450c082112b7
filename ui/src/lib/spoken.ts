/** Arguments of a reason, with the numbers among them written as people of the language write them. */
export function spoken(args: Record<string, string>): Record<string, string | number> {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, /^\d+(\.\d+)?$/.test(value) ? Number(value) : value]));
}
