import type { Bytes } from '@messlatte/bytes'
import { type ContainerFormat, type EntryMeta, FormatError, type Region, type Sink } from '../../contract.ts'
import { copyStretch, inBatches } from '../members.ts'
import { gathered, type Piece, Pieces, showPieces, type Trouble } from '../pieces.ts'
import { rootOf, type Stored, storedIn } from './directory.ts'
import {
  Chains,
  type Compound,
  endOf,
  MAGIC,
  numbers,
  parseHeader,
  readTable,
  type Table,
} from './sectors.ts'

const SMALL = 4096
const MOST_DIRECTORY = 64 * 1024 * 1024

interface OleMember {
  readonly meta: EntryMeta
  readonly size: number
  readonly pieces: readonly Piece[]
}

export const ole: ContainerFormat<readonly OleMember[]> = {
  kind: 'container',
  name: 'ole',
  title: 'Compound file (OLE 2: Windows Installer packages, older Office documents)',
  references: [
    'Microsoft, [MS-CFB]: Compound File Binary File Format',
    'msitools (GNOME), libmsi/table.c (names of streams)',
  ],
  limits: [
    'tables of Windows Installer are shown as they lie there: files keep the names that their cabinets give them',
    'documents within (Word, Excel) are shown as the streams that they consist of',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const header = parseHeader(bytes, at)
    if (!header) return undefined
    const table = readTable(bytes, at, header)
    const isThere = at + (header.directory + 2) * 2 ** header.shift <= bytes.size
    if (!table || (isThere && !rootOf(firstOf(bytes, at, header)))) return undefined
    const end = table.isWhole ? at + Math.max(512, endOf(table.next, header)) : bytes.size
    return { start: at, end: Math.min(end, bytes.size) }
  },

  *open(bytes, region, problem) {
    yield* inBatches(membersOf(bytes, region, problem), ({ size }) => size)
  },

  read(_bytes, _region, plan, sink) {
    for (const { meta, size, pieces } of plan) {
      if (meta.type === 'file') showPieces(meta, size, pieces, sink)
      else sink.entry(meta)
    }
  },
}

function firstOf(bytes: Bytes, start: number, { directory, shift }: Compound): Uint8Array {
  return bytes.view(start + (directory + 1) * 2 ** shift, 2 ** shift)
}

function* membersOf(bytes: Bytes, region: Region, problem: Sink['problem']): Generator<OleMember> {
  const header = parseHeader(bytes, region.start) as Compound
  const size = 2 ** header.shift
  const { next: table, isWhole } = readTable(bytes, region.start, header) as Table
  const chains = new Chains(table)
  if (!isWhole) problem('truncated', 'the file ends before all of its table comes')
  const placeOf = (sector: number) => region.start + (sector + 1) * size
  const directory = readChain(header.directory, MOST_DIRECTORY, 'its directory')
  const root = rootOf(directory)
  if (!root) throw new FormatError('structure', 'its directory has no root')
  // Short streams lie in one that belongs to the root; where its parts lie, the short sectors do.
  const holder = [...chains.follow(root.first, Math.ceil(root.size / size))]
  const smallTable = readChain(header.small.first, header.small.count * size, 'its table of short sectors')
  const smallChains = new Chains(numbers(smallTable))
  const perSector = 2 ** (header.shift - header.smallShift)
  const placeOfSmall = (small: number) => {
    const sector = holder[Math.floor(small / perSector)]
    return sector === undefined ? undefined : placeOf(sector) + (small % perSector) * 2 ** header.smallShift
  }

  for (const stored of storedIn(directory, header.shift > 9)) {
    const { trouble, tell } = gathered()
    const pieces = stored.isStorage ? [] : piecesOf(stored, trouble)
    tell({ problem }, stored.path)
    yield { meta: metaOf(stored), size: stored.size, pieces }
  }

  function piecesOf({ first, size: length }: Stored, trouble: Trouble): readonly Piece[] {
    const pieces = new Pieces(region, length, trouble)
    const isSmall = length < SMALL
    const step = isSmall ? 2 ** header.smallShift : size
    const chain = (isSmall ? smallChains : chains).follow(first, Math.ceil(length / step))
    let at = 0
    let next = chain.next()
    for (; !next.done; next = chain.next()) {
      const from = isSmall ? placeOfSmall(next.value) : placeOf(next.value)
      if (from !== undefined) pieces.add(at, step, from)
      else trouble('structure', 'a part of it has no place that could be right; it is shown as zeros')
      at += step
    }
    if (!next.value || at < length)
      trouble('structure', 'its chain of sectors is torn; the rest is shown as zeros')
    return pieces.list
  }

  function readChain(first: number, most: number, name: string): Uint8Array {
    const sectors = [...chains.follow(first, Math.ceil(most / size))]
    const there = sectors.filter((sector) => placeOf(sector) + size <= bytes.size)
    if (there.length < sectors.length) problem('truncated', `the file ends before all of ${name} comes`)
    const content = new Uint8Array(sectors.length * size)
    for (const [index, sector] of sectors.entries())
      if (placeOf(sector) + size <= bytes.size)
        copyStretch(bytes, placeOf(sector), content.subarray(index * size, (index + 1) * size))
    return content
  }
}

function metaOf({ path, isStorage, mtime }: Stored): EntryMeta {
  return {
    path,
    type: isStorage ? 'directory' : 'file',
    ...(mtime !== undefined && { mtime }),
  }
}
