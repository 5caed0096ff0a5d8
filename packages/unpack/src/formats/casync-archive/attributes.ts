import { type Bytes, latin1 } from '@messlatte/bytes'
import { type CaRecord, RECORD, RECORDS } from '../caformat.ts'

/** Content of a record: a name with its end and what Linux takes for a value. */
const MOST_CONTENT = 256 + 64 * 1024

/** An extended attribute: its name (byte string) and its value (hex). */
export interface Attribute {
  readonly name: string
  readonly value: string
}

/**
 * What the record at `at` says of its entry where that is an extended attribute: one itself, or a capability or a label of
 * SELinux, which have records of their own. Undefined for others.
 */
export function attributeAt(bytes: Bytes, at: number, { size, type }: CaRecord): Attribute | undefined {
  if (size > RECORD + MOST_CONTENT) return undefined
  const content = () => Buffer.from(bytes.view(at + RECORD, size - RECORD))
  switch (type) {
    case RECORDS.xattr: {
      const named = content()
      const end = named.indexOf(0)
      return end > 0
        ? { name: latin1(named.subarray(0, end)), value: named.toString('hex', end + 1) }
        : undefined
    }
    case RECORDS.fcaps:
      return { name: 'security.capability', value: content().toString('hex') }
    case RECORDS.selinux:
      return { name: 'security.selinux', value: content().toString('hex') }
    default:
      return undefined
  }
}
