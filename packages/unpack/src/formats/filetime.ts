const SECONDS_TO_1970 = 11_644_473_600

/** Seconds since 1970 of a FILETIME, which counts 100 ns since 1601. */
export function filetimeSeconds(ticks: bigint): number {
  return Number(ticks / 10_000_000n) - SECONDS_TO_1970
}
