import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { inBatches, wrapped } from '../members.ts'
import { addCrc16, showPacked, type Unpack } from '../packed-member.ts'
import { type ArcMember, memberAt } from './parse.ts'
import { METHODS, unpackArc } from './unpack.ts'

const MOST_MEMBERS = 1_000_000
const MAGICS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((method) => `\x1a${String.fromCharCode(method)}`)

export const arc: ContainerFormat<readonly ArcMember[]> = {
  kind: 'container',
  name: 'arc',
  title: 'ARC archive (SEA ARC, PKARC; stored, packed, squeezed, crunched, squashed)',
  references: ['Arc.info of arc 5.21', 'nomarch 1.4, readarc.c and readrle.c'],
  limits: [
    'what ARC before version 5 crunched (methods 5 to 7), and the methods of PAK, are named and not undone',
    'encrypted members come out as noise: nothing in the archive tells them apart',
    'found at the start of a file or member only: the magic is two bytes',
    'times of MS-DOS are taken for UTC; there are no rights',
  ],
  magic: MAGICS.map((bytes) => ({ bytes, at: 0 })),
  carve: false,

  recognise(bytes, at) {
    const { end, members, isWhole, isCut } = walk(bytes, at)
    // A weak magic: all of it has to hold up to its mark, or one member at least where the bytes end within one.
    return members.length > 0 && (isWhole || (isCut && members.length > 1)) ? { start: at, end } : undefined
  },

  *open(bytes, { start }, problem) {
    const { members, isWhole } = walk(bytes, start)
    if (!isWhole) problem('truncated', 'the archive has no end')
    yield* inBatches(members, ({ size }) => size)
  },

  read(bytes, _region, plan, sink) {
    for (const member of plan) show(bytes, member, sink)
  },
}

function walk(bytes: Bytes, start: number) {
  const members: ArcMember[] = []
  let at = start
  for (;;) {
    const member = members.length < MOST_MEMBERS ? memberAt(bytes, at) : undefined
    if (member === 'end') return { members, end: at + 2, isWhole: true, isCut: false }
    if (!member)
      return { members, end: Math.min(at, bytes.size), isWhole: false, isCut: at + 29 > bytes.size }
    members.push(member)
    at = member.at + member.packed
  }
}

function show(bytes: Bytes, member: ArcMember, sink: Sink): void {
  const { path, method, mtime, crc } = member
  const unpack: Unpack | undefined = METHODS.has(method)
    ? (input, _size, write) => unpackArc(input, method, write)
    : undefined
  const meta = { ...wrapped(path), ...(mtime !== undefined && { mtime }) }
  const unread = `its compression (method ${method}) is not read`
  showPacked(bytes, meta, member, unpack, { told: crc, add: addCrc16 }, sink, unread)
}
