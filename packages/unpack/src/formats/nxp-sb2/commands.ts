import { type Bytes, Reader } from '@messlatte/bytes'
import { crc32High } from '../cksum.ts'
import type { Stored } from '../members.ts'
import { decipherSb2, type Sb2Keys, sb2Mac } from './keys.ts'
import { BLOCK, type Sb2 } from './parse.ts'

const MAC = 32
const TAG = 1
const LOAD = 2
const MAX_MACS = 1024
const MAX_COMMANDS = 100_000
const NAMES: Readonly<Record<number, string>> = {
  0: 'nop',
  2: 'load',
  3: 'fill',
  4: 'jump',
  5: 'call',
  7: 'erase',
  8: 'reset',
  9: 'enable-memory',
  10: 'program-fuses',
  11: 'check-version',
  12: 'key-store-to-memory',
  13: 'key-store-from-memory',
}

/** spsdk, sbfile/sb2/commands.py. What the words mean differs from command to command. */
export interface Sb2Command {
  readonly section: number
  readonly name: string
  readonly flags: number
  readonly address: number
  readonly count: number
  readonly data: number
  /** Of a load: what is there of its content, enciphered; `data` is the CRC-32/MPEG-2 of all of it. */
  readonly content: Stored | undefined
}

export interface Sb2Commands {
  readonly commands: readonly Sb2Command[]
  /** What is wrong where they stop too early: `content` is that of the last one, which is cut off. */
  readonly problem: 'truncated' | 'content' | 'mac' | 'command' | 'many' | undefined
}

/** The commands of all sections. */
export function sb2Commands(bytes: Bytes, start: number, file: Sb2, keys: Sb2Keys): Sb2Commands {
  const commands: Sb2Command[] = []
  const cipher = { start, nonce: file.nonce, keys }
  let at = file.sectionsAt
  while (at < file.end) {
    if (at + BLOCK + MAC > bytes.size) return { commands, problem: 'truncated' }
    if (!sb2Mac(keys, bytes.view(at, BLOCK)).equals(bytes.view(at + BLOCK, MAC)))
      return { commands, problem: 'mac' }
    const section = headAt(bytes, cipher, at)
    if (section?.tag !== TAG || section.data > MAX_MACS) return { commands, problem: 'command' }
    at += BLOCK + MAC * (1 + section.data)
    const end = at + section.count * BLOCK
    if (end > file.end) return { commands, problem: 'command' }
    while (at < end) {
      if (at + BLOCK > bytes.size) return { commands, problem: 'truncated' }
      if (commands.length >= MAX_COMMANDS) return { commands, problem: 'many' }
      const head = headAt(bytes, cipher, at)
      const name = head && NAMES[head.tag]
      if (!head || name === undefined) return { commands, problem: 'command' }
      at += BLOCK
      const length = head.tag === LOAD ? Math.ceil(head.count / BLOCK) * BLOCK : 0
      if (at + length > end) return { commands, problem: 'command' }
      const { flags, address, count, data } = head
      const there = head.tag === LOAD ? Math.min(count, Math.floor((bytes.size - at) / BLOCK) * BLOCK) : 0
      const content = head.tag === LOAD ? { at, length: there } : undefined
      commands.push({ section: section.address, name, flags, address, count, data, content })
      if (content && there < count) return { commands, problem: 'content' }
      at += length
    }
  }
  return { commands, problem: undefined }
}

interface Head {
  readonly tag: number
  readonly flags: number
  readonly address: number
  readonly count: number
  readonly data: number
}

/** A header in clear, whose first byte sums up the others; undefined where it does not. */
function headAt(bytes: Bytes, cipher: Parameters<typeof decipherSb2>[1], at: number): Head | undefined {
  const plain = new Uint8Array(BLOCK)
  decipherSb2(bytes, cipher, at, plain)
  const sum = plain.subarray(1).reduce((total, byte) => total + byte, 0x5a) & 0xff
  if (sum !== plain[0]) return undefined
  const reader = new Reader(plain, 'little', 1)
  return {
    tag: reader.u8(),
    flags: reader.u16(),
    address: reader.u32(),
    count: reader.u32(),
    data: reader.u32(),
  }
}

export function sb2LoadCrc(content: Uint8Array): number {
  return crc32High(content, 0xffffffff)
}
