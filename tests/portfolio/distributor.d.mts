export function distributor(
  count: number,
  breaks?: boolean,
): { readonly csv: string; readonly expected: readonly string[]; readonly told: readonly string[] }
