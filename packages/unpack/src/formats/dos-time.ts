/** Seconds since 1970 of a date of MS-DOS (years since 1980, months, days; hours, minutes, two seconds), as if in UTC. */
export function dosSeconds(value: number): number | undefined {
  const [date, time] = [value >>> 16, value & 0xffff]
  const [day, month, year] = [date & 31, (date >>> 5) & 15, 1980 + (date >>> 9)]
  if (day === 0 || month === 0 || month > 12) return undefined
  return Date.UTC(year, month - 1, day, time >>> 11, (time >>> 5) & 63, (time & 31) * 2) / 1000
}
