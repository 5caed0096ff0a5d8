import { latin1 } from '../reader.ts'
import type { DerElement } from './element.ts'
import { DerError } from './error.ts'

const UTC_TIME = 0x17
const GENERALIZED_TIME = 0x18

/**
 * UTCTime or GeneralizedTime as `2026-01-31T23:59:59Z`. Both with seconds and in UTC, as RFC 5280 (section 4.1.2.5) wants
 * them; two-digit years are those from 1950 to 2049. @throws DerError
 */
export function timeOf(element: DerElement): string {
  const { tag, content } = element
  if (tag !== UTC_TIME && tag !== GENERALIZED_TIME) throw new DerError('tag', 'no time')
  const match = /^((?:\d\d)?\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/.exec(
    latin1(content.subarray(0, 16)).slice(0, 16),
  )
  const [, digits = '', month, day, hour, minute, second] = match ?? []
  if (!match || content.length > 15 || (digits.length === 4) !== (tag === GENERALIZED_TIME))
    throw new DerError('value', 'no time in UTC with seconds')
  const year = digits.length === 4 ? digits : `${Number(digits) < 50 ? '20' : '19'}${digits}`
  const time = `${year}-${month}-${day}T${hour}:${minute}:${second}Z`
  const parsed = new Date(time)
  if (Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 19) !== time.slice(0, 19))
    throw new DerError('value', 'no such day or time')
  return time
}
