import { latin1, Reader } from '@messlatte/bytes'
import { ENTRY } from './volume.ts'

/** A record of a directory. */
export interface DirectoryRecord {
  /** Byte string: a long name in UTF-8, a short one as it is stored. */
  readonly name: string
  readonly kind: 'file' | 'directory' | 'label'
  readonly cluster: number
  /** Bytes. */
  readonly size: number
  /** Seconds since 1970, as if the clock had shown UTC; undefined where no date is told. */
  readonly mtime: number | undefined
}

const ATTRIBUTE = { label: 0x08, directory: 0x10, longName: 0x0f } as const
const DELETED = 0xe5
/** Stands for 0xe5 as the first byte of a name. */
const NOT_DELETED = 0x05
const LAST_PART = 0x40
const PARTS = 20
const UNITS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30] as const

/** Puts long names together while the records of a directory go by. */
export class DirectoryReader {
  #parts: string[] = []
  #sum = -1
  #missing = 0

  /** Undefined for what is deleted or a part of a name; `end` behind the last record. */
  next(view: Uint8Array, at: number, isFat32: boolean): DirectoryRecord | 'end' | undefined {
    const first = view[at] as number
    if (first === 0) return 'end'
    const attributes = view[at + 11] as number
    if (first === DELETED) {
      this.#forget()
      return undefined
    }
    if ((attributes & 0x3f) === ATTRIBUTE.longName) {
      this.#part(view.subarray(at, at + ENTRY))
      return undefined
    }
    const record = view.subarray(at, at + ENTRY)
    const long = this.#missing === 0 && this.#sum === shortNameSum(record) ? this.#parts.join('') : undefined
    this.#forget()
    const isLabel = (attributes & ATTRIBUTE.label) !== 0
    const reader = new Reader(record, 'little', 20)
    const high = reader.u16()
    const [time, date] = [reader.u16(), reader.u16()]
    return {
      name: isLabel ? latin1(record.subarray(0, 11)).trimEnd() : long ? utf8(long) : shortName(record),
      kind: isLabel ? 'label' : (attributes & ATTRIBUTE.directory) !== 0 ? 'directory' : 'file',
      cluster: reader.u16() + (isFat32 ? high * 0x1_0000 : 0),
      size: reader.u32(),
      mtime: secondsOf(date, time),
    }
  }

  #forget(): void {
    this.#parts = []
    this.#sum = -1
    this.#missing = 0
  }

  /** Parts come with the last one first. */
  #part(record: Uint8Array): void {
    const number = (record[0] as number) & (LAST_PART - 1)
    const sum = record[13] as number
    if (((record[0] as number) & LAST_PART) !== 0) {
      this.#parts = []
      this.#sum = number >= 1 && number <= PARTS ? sum : -1
      this.#missing = number
    }
    if (number !== this.#missing || sum !== this.#sum || number === 0) {
      this.#forget()
      return
    }
    this.#missing = number - 1
    let text = ''
    for (const offset of UNITS) {
      const unit = (record[offset] as number) + (record[offset + 1] as number) * 256
      if (unit === 0) break
      text += String.fromCharCode(unit)
    }
    this.#parts.unshift(text)
  }
}

/** What ties a long name to its short one. */
export function shortNameSum(record: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < 11; i++) sum = (((sum & 1) << 7) + (sum >>> 1) + (record[i] as number)) & 0xff
  return sum
}

function shortName(record: Uint8Array): string {
  const bytes = Buffer.from(record.subarray(0, 11))
  if (bytes[0] === NOT_DELETED) bytes[0] = DELETED
  const cases = record[12] as number
  const part = (from: number, to: number, isLower: boolean) => {
    const text = bytes.toString('latin1', from, to).replace(/ +$/, '')
    // Letters of the code page keep their case: it is not told which page.
    return isLower ? text.replace(/[A-Z]/g, (letter) => letter.toLowerCase()) : text
  }
  const [base, extension] = [part(0, 8, (cases & 0x08) !== 0), part(8, 11, (cases & 0x10) !== 0)]
  return extension === '' ? base : `${base}.${extension}`
}

function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function secondsOf(date: number, time: number): number | undefined {
  const [year, month, day] = [1980 + (date >>> 9), (date >>> 5) & 15, date & 31]
  if (month < 1 || month > 12 || day < 1) return undefined
  return Date.UTC(year, month - 1, day, time >>> 11, (time >>> 5) & 63, (time & 31) * 2) / 1000
}
