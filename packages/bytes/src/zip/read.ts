import { crc32, inflateRawSync } from 'node:zlib'
import { CENTRAL, DEFLATED, END, LOCAL, NAME_IS_UTF8, STORED } from './layout.ts'
import { faultOfName, keyOfName } from './names.ts'

export interface ZipLimits {
  /** Members at most. */
  readonly members: number
  /** Bytes that all members have together when they are unpacked, at most. */
  readonly bytes: number
}

/** What is wrong with an archive. The message says it for people. */
export type ZipFaultCode = 'not-a-zip' | 'layout' | 'name' | 'duplicate' | 'too-large' | 'damaged'

export class ZipFault extends Error {
  override readonly name = 'ZipFault'
  readonly code: ZipFaultCode
  constructor(code: ZipFaultCode, message: string) {
    super(message)
    this.code = code
  }
}

interface Central extends StatedContent {
  readonly packed: number
  /** The record without its signature, its maker's version and what only the central directory has. */
  readonly shared: Buffer
  readonly next: number
}

/** Version 2.0, on no system in particular. */
const MADE_BY = 20

/**
 * The members of an archive in which every byte is accounted for: the members one after the other from the first byte
 * on, their directory, its end record, and nothing else. No comment, extra field, data descriptor, encryption or ZIP64;
 * both headers of a member say the same; names are safe in every file system and differ in more than their case. So the
 * same archive cannot be read in two ways. Throws `ZipFault` for anything else.
 */
export function readStrictZip(archive: Uint8Array, limits: ZipLimits): ReadonlyMap<string, Uint8Array> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const { members, directory } = endOf(bytes)
  if (members > limits.members) throw new ZipFault('too-large', `it has more than ${limits.members} members`)
  const found = new Map<string, Uint8Array>()
  const taken = new Map<string, string>()
  let at = 0
  let record = directory
  let room = limits.bytes
  for (let left = members; left > 0; left--) {
    const central = centralAt(bytes, record)
    claimName(central.name, taken)
    room -= central.size
    if (room < 0)
      throw new ZipFault('too-large', `its members are larger than ${limits.bytes} bytes together`)
    const end = at + LOCAL + Buffer.byteLength(central.name) + central.packed
    if (end > directory) throw new ZipFault('layout', `${central.name} reaches beyond the members`)
    sameLocal(bytes, at, central)
    found.set(central.name, contentOf(central, bytes.subarray(end - central.packed, end)))
    at = end
    record = central.next
  }
  if (at !== directory) throw new ZipFault('layout', 'there are bytes that belong to no member')
  if (record !== bytes.length - END) throw new ZipFault('layout', 'there are bytes between directory and end')
  refuseFilesAsFolders(taken)
  return found
}

function endOf(bytes: Buffer): { readonly members: number; readonly directory: number } {
  const at = bytes.length - END
  if (at < 0 || bytes.toString('latin1', 0, 2) !== 'PK')
    throw new ZipFault('not-a-zip', 'it is no ZIP archive')
  if (bytes.toString('latin1', at, at + 4) !== 'PK\x05\x06' || bytes.readUInt16LE(at + 20) !== 0) {
    throw new ZipFault(
      'layout',
      'it does not end with the record that ends an archive: cut, or something was added',
    )
  }
  const members = bytes.readUInt16LE(at + 10)
  const [size, directory] = [bytes.readUInt32LE(at + 12), bytes.readUInt32LE(at + 16)]
  if (bytes.readUInt32LE(at + 4) !== 0 || bytes.readUInt16LE(at + 8) !== members) {
    throw new ZipFault('layout', 'it is one part of several')
  }
  if (directory + size !== at) throw new ZipFault('layout', 'its directory is not where it says')
  return { members, directory }
}

function centralAt(bytes: Buffer, at: number): Central {
  if (at + CENTRAL > bytes.length - END || bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02') {
    throw new ZipFault('layout', 'its directory has fewer entries than it says')
  }
  const shared = bytes.subarray(at + 6, at + 32)
  const [flags, method, named] = [shared.readUInt16LE(2), shared.readUInt16LE(4), shared.readUInt16LE(22)]
  const extra = shared.readUInt16LE(24) + bytes.readUInt16LE(at + 32)
  const next = at + CENTRAL + named
  const raw = bytes.subarray(at + CENTRAL, next)
  const name = raw.toString('utf8')
  if (next > bytes.length - END || !Buffer.from(name, 'utf8').equals(raw)) {
    throw new ZipFault('name', 'a name is not UTF-8, or is cut')
  }
  // Who made it, and the attributes of a file: what we write has none, and what nobody reads could hide something.
  const silent =
    bytes.readUInt16LE(at + 4) === MADE_BY && bytes.subarray(at + 34, at + 42).every((it) => it === 0)
  if (!silent || (flags & ~NAME_IS_UTF8) !== 0 || extra !== 0 || (method !== STORED && method !== DEFLATED)) {
    throw new ZipFault(
      'layout',
      `${JSON.stringify(name)} is encrypted, or was packed in another way than by Messlatte`,
    )
  }
  return {
    name,
    method,
    crc: shared.readUInt32LE(10),
    packed: shared.readUInt32LE(14),
    size: shared.readUInt32LE(18),
    shared,
    next,
  }
}

function claimName(name: string, taken: Map<string, string>): void {
  const fault = faultOfName(name)
  if (fault !== undefined) throw new ZipFault('name', `the name ${JSON.stringify(name)} ${fault}`)
  const key = keyOfName(name)
  const other = taken.get(key)
  if (other === name) throw new ZipFault('duplicate', `${JSON.stringify(name)} is in it twice`)
  if (other !== undefined) {
    throw new ZipFault(
      'duplicate',
      `${JSON.stringify(other)} and ${JSON.stringify(name)} are one file elsewhere`,
    )
  }
  taken.set(key, name)
}

function refuseFilesAsFolders(taken: ReadonlyMap<string, string>): void {
  for (const [key, name] of taken) {
    const steps = key.split('/')
    for (let depth = 1; depth < steps.length; depth++) {
      const file = taken.get(steps.slice(0, depth).join('/'))
      if (file !== undefined)
        throw new ZipFault(
          'duplicate',
          `${JSON.stringify(file)} is a file and a folder of ${JSON.stringify(name)}`,
        )
    }
  }
}

function sameLocal(bytes: Buffer, at: number, { name, shared }: Central): void {
  const head = bytes.subarray(at, at + LOCAL)
  const named = bytes.subarray(at + LOCAL, at + LOCAL + Buffer.byteLength(name))
  const same =
    head.toString('latin1', 0, 4) === 'PK\x03\x04' &&
    head.subarray(4).equals(shared) &&
    named.equals(Buffer.from(name, 'utf8'))
  if (!same) throw new ZipFault('layout', `${JSON.stringify(name)}: its own header and the directory differ`)
}

/** What a member says of its content. */
export interface StatedContent {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly size: number
}

/** The content, of just the size and CRC that are stated. Throws ZipFault. */
export function contentOf({ name, method, crc, size }: StatedContent, packed: Buffer): Uint8Array {
  const content = method === STORED ? packed : inflated(name, packed, size)
  if (content.length !== size || crc32(content) !== crc) {
    throw new ZipFault('damaged', `${JSON.stringify(name)} is not what its header says`)
  }
  return content
}

/** Never more than `size` bytes, whatever the stream would give. */
function inflated(name: string, packed: Buffer, size: number): Uint8Array {
  try {
    const { buffer, engine } = inflateRawSync(packed, {
      maxOutputLength: Math.max(1, size),
      info: true,
    }) as unknown as {
      readonly buffer: Buffer
      readonly engine: { readonly bytesWritten: number }
    }
    if (engine.bytesWritten === packed.length) return buffer
  } catch {
    throw new ZipFault('damaged', `${JSON.stringify(name)} cannot be unpacked to the size that it says`)
  }
  throw new ZipFault('layout', `${JSON.stringify(name)} has bytes behind its end`)
}
