const YEAR_2000 = 946684800
/** Seconds: what a date can tell at most. */
const LAST = 8.64e12

/** What stands for a time of NXP's tools, in seconds since 2000; undefined where it is none. */
export function nxpTime(seconds: bigint): string | undefined {
  const since1970 = YEAR_2000 + Number(seconds)
  return since1970 <= LAST ? new Date(since1970 * 1000).toISOString() : undefined
}
