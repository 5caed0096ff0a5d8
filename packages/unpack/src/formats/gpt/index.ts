import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { partsOfDisk } from '../disk-parts.ts'
import { partsAsTheyAre, type StoredMember } from '../members.ts'
import {
  findHeader,
  type GptEntries,
  type GptHeader,
  MAGIC,
  parseHeader,
  readEntries,
  SECTORS,
} from './parse.ts'

export const gpt: ContainerFormat<readonly StoredMember[]> = {
  kind: 'container',
  name: 'gpt',
  title: 'Disk with a GPT',
  references: ['UEFI Specification 2.10, section 5.3'],
  limits: [],
  magic: [
    ...SECTORS.map((sector) => ({ bytes: MAGIC, at: sector })),
    // Where the header in front is damaged, the one at the end still speaks.
    { bytes: '\0\x02\0\xee', at: 447 },
  ],
  carve: true,

  recognise(bytes, at) {
    const header = findHeader(bytes, at)
    return header && { start: at, end: Math.min(at + diskBytes(header), bytes.size) }
  },

  ...partsAsTheyAre(membersOf),
}

/** Up to the later one of both headers. */
function diskBytes({ own, other, sector }: GptHeader): number {
  return Math.max(own, other) + sector
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<StoredMember> {
  const { start } = region
  const header = findHeader(bytes, start) as GptHeader
  const isBackup = header.own > header.other
  if (start + diskBytes(header) > bytes.size)
    problem('truncated', `${diskBytes(header)} bytes are announced, ${bytes.size - start} are there`)
  if (isBackup) problem('checksum', 'the header in front is damaged; the one at the end is taken')
  const other = parseHeader(bytes, start, header.other, header.sector)
  if (!isBackup && !other && start + diskBytes(header) <= bytes.size)
    problem('checksum', 'the header at the end is damaged')
  const entries = soundEntries(bytes, start, header, other, problem)
  const reserved = [header, other].flatMap((it) =>
    it
      ? [
          { start: it.own, end: it.own + it.sector },
          { start: it.entriesAt, end: it.entriesAt + Math.max(it.count * it.entryBytes, 1) },
        ]
      : [],
  )
  yield* partsOfDisk(bytes, region, header.sector, entries?.parts ?? [], reserved, problem)
}

/** The first table whose checksum holds, or the first that is there. */
function soundEntries(
  bytes: Bytes,
  start: number,
  header: GptHeader,
  other: GptHeader | undefined,
  problem: Sink['problem'],
): GptEntries | undefined {
  const first = readEntries(bytes, start, header)
  if (first?.sound) return first
  const second = other && readEntries(bytes, start, other)
  problem(first ? 'checksum' : 'truncated', 'the table of partitions is damaged')
  return second?.sound ? second : (first ?? second)
}
