import type { Reader } from '@messlatte/bytes'

const NO_ZONE = -2047

/** Seconds since 1970 (ECMA-167, section 1/7.3); a zone that is not told is UTC. Undefined for no day. */
export function secondsOf(reader: Reader): number | undefined {
  const zone = reader.u16()
  const [year, month, day] = [reader.i16(), reader.u8(), reader.u8()]
  const [hour, minute, second] = [reader.u8(), reader.u8(), reader.u8()]
  reader.skip(3)
  const minutes = ((zone & 0xfff) << 20) >> 20
  if (month < 1 || month > 12 || day < 1) return undefined
  const seconds = Date.UTC(year, month - 1, day, hour, minute, second) / 1000
  return seconds - (minutes === NO_ZONE ? 0 : minutes * 60)
}
