import { CENTRAL, DEFLATED, END, LOCAL, NAME_IS_UTF8, STORED } from './layout.ts'
import { contentOf, ZipFault, type ZipLimits } from './read.ts'

const MOST_COMMENT = 0xffff
const ENCRYPTED = 1

interface Member {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly local: number
}

/**
 * Contents of an archive by name as other programs write them, office documents among them: with comments, extra fields and data
 * descriptors (PKWARE APPNOTE 6.3.10, 4.3.7, 4.3.12, 4.3.16; little-endian), by its directory alone. One disk, stored or deflated,
 * no encryption, no ZIP64, no member that shares bytes with another, nothing larger than stated. For contents that are looked at
 * and never written anywhere: names may be anything. Folders are left out.
 * @param wanted tells which members are unpacked; all where it is left out
 * @throws ZipFault
 */
export function readForeignZip(
  archive: Uint8Array,
  limits: ZipLimits,
  wanted: (name: string) => boolean = () => true,
): ReadonlyMap<string, Buffer> {
  const bytes = Buffer.from(archive.buffer, archive.byteOffset, archive.byteLength)
  const members = directory(bytes, limits)
  refuseOverlaps(members)
  const contents = new Map<string, Buffer>()
  let room = limits.bytes
  for (const member of members) {
    if (member.name.endsWith('/') || !wanted(member.name)) continue
    if (contents.has(member.name)) throw new ZipFault('duplicate', `${member.name} is in it twice`)
    room -= member.size
    if (room < 0)
      throw new ZipFault('too-large', `its members are larger than ${limits.bytes} bytes together`)
    contents.set(member.name, content(bytes, member))
  }
  return contents
}

function directory(bytes: Buffer, { members: most }: ZipLimits): readonly Member[] {
  const end = endOf(bytes)
  const [count, size] = [bytes.readUInt16LE(end + 10), bytes.readUInt32LE(end + 12)]
  let at = bytes.readUInt32LE(end + 16)
  if (at + size > end) throw new ZipFault('layout', 'its directory is cut off, or it is a ZIP64 archive')
  if (count > most) throw new ZipFault('too-large', `it has more than ${most} members`)
  const members: Member[] = []
  for (let left = count; left > 0; left--) {
    if (at + CENTRAL > end || bytes.toString('latin1', at, at + 4) !== 'PK\x01\x02')
      throw new ZipFault('layout', 'its directory has fewer entries than it says')
    const named = bytes.readUInt16LE(at + 28)
    const next = at + CENTRAL + named + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32)
    if (next > end) throw new ZipFault('layout', 'an entry of its directory is cut off')
    const flags = bytes.readUInt16LE(at + 8)
    const encoding = flags & NAME_IS_UTF8 ? 'utf8' : 'latin1'
    members.push({
      name: bytes.toString(encoding, at + CENTRAL, at + CENTRAL + named),
      flags,
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      local: bytes.readUInt32LE(at + 42),
    })
    at = next
  }
  return members
}

/** The last end record whose comment ends with the file. */
function endOf(bytes: Buffer): number {
  for (let at = bytes.length - END; at >= Math.max(0, bytes.length - END - MOST_COMMENT); at--)
    if (bytes.readUInt32BE(at) === 0x504b0506 && at + END + bytes.readUInt16LE(at + 20) === bytes.length)
      return at
  throw new ZipFault('not-a-zip', 'it is no ZIP archive')
}

/** Members that share bytes unpack to much more than they are. */
function refuseOverlaps(members: readonly Member[]): void {
  let end = 0
  for (const member of members.toSorted((a, b) => a.local - b.local)) {
    if (member.local < end) throw new ZipFault('layout', `${member.name} shares bytes with another member`)
    end = member.local + LOCAL + member.packed
  }
}

function content(bytes: Buffer, { local, packed, flags, ...stated }: Member): Buffer {
  const { name, method } = stated
  if (flags & ENCRYPTED || (method !== STORED && method !== DEFLATED))
    throw new ZipFault('layout', `${name} is encrypted, or packed by a method that is not read`)
  if (local + LOCAL > bytes.length || bytes.toString('latin1', local, local + 4) !== 'PK\x03\x04')
    throw new ZipFault('layout', `${name} is not where the directory says`)
  const at = local + LOCAL + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28)
  if (at + packed > bytes.length) throw new ZipFault('layout', `${name} is cut off`)
  return contentOf(stated, bytes.subarray(at, at + packed)) as Buffer
}
