import { AceDecoder, type Bytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Sink } from '../../contract.ts'
import { inBatches } from '../members.ts'
import { isTooLarge, packedBytes, TOO_LARGE } from '../packed-member.ts'
import { showEmpty, showSolid } from '../solid.ts'
import { type AceMember, MAGIC, MAGIC_AT, mainAt, partAt } from './parse.ts'

const MOST_MEMBERS = 1_000_000

interface Plan {
  readonly members: readonly AceMember[]
  /** Whether matches of a member reach into those before. */
  readonly isSolid: boolean
}

export const ace: ContainerFormat<Plan> = {
  kind: 'container',
  name: 'ace',
  title: 'ACE archive (1.0: stored, LZ77; 2.0: blocked)',
  references: ['acefile 0.6.14 (Daniel Roethlisberger), acefile.py', 'Marcel Lemke, TECHINFO of WinACE'],
  limits: [
    'sound and pictures of ACE 2.0 are told and not undone; of x86 programs, an instruction that lies over the end of a stretch is left',
    'encrypted members, and those that go on in another volume, are told and not shown',
    'times of MS-DOS are taken for UTC; comments and data for recovery are not read',
  ],
  recognisedOnly:
    'no archive of WinACE itself could be had: it was tried on ones that a script made and acefile reads',
  magic: [{ bytes: MAGIC, at: MAGIC_AT }],
  carve: true,

  recognise(bytes, at) {
    const main = mainAt(bytes, at)
    if (!main) return undefined
    let { end } = main
    for (const part of partsOf(bytes, main.end)) ({ end } = part)
    return { start: at, end: Math.min(end, bytes.size) }
  },

  *open(bytes, { start }, _problem): Iterable<Batch<Plan>> {
    const main = mainAt(bytes, start)
    if (!main) return
    const members = membersOf(bytes, main.end)
    const { isSolid } = main
    if (isSolid) {
      const all = [...members]
      const cost = all.reduce((sum, { content }) => sum + content.size, 0)
      yield { cost, entries: all.length, plan: { members: all, isSolid } }
    } else
      for (const { plan, ...batch } of inBatches(members, ({ content }) => content.size))
        yield { ...batch, plan: { members: plan, isSolid } }
  },

  read(bytes, _region, { members, isSolid }, sink) {
    const readable: AceMember[] = []
    let isTorn = false
    for (const member of members) {
      const reason: string | undefined = isTorn
        ? 'what it is packed with cannot be read'
        : unreadable(bytes, member)
      if (reason !== undefined) sink.problem('unsupported', reason, member.meta.path)
      if (reason !== undefined) sink.entry(member.meta)
      else if (member.meta.type === 'directory') sink.entry(member.meta)
      else if (member.content.size === 0) showEmpty(member.meta, sink)
      else readable.push(member)
      isTorn ||= isSolid && reason !== undefined
    }
    for (const group of isSolid ? [readable] : readable.map((member) => [member])) show(bytes, group, sink)
  },
}

function unreadable(
  bytes: Bytes,
  { method, content, isEncrypted, isContinued }: AceMember,
): string | undefined {
  if (isEncrypted) return 'encrypted'
  if (isContinued) return 'a part of it lies in another volume'
  if (!method) return 'its compression method is not read'
  if (isTooLarge(content)) return TOO_LARGE
  if (content.at > bytes.size) return 'its packed content is not there'
  return undefined
}

/** Members that are packed together, or one. */
function show(bytes: Bytes, members: readonly AceMember[], sink: Sink): void {
  const window = Math.max(...members.map((member) => member.window))
  let at = 0
  const files = members.map(({ meta, content, crc }) => {
    const file = { meta, at, size: content.size, crc }
    at += content.size
    return file
  })
  if (files.length === 0) return
  showSolid(
    (write) => {
      const decoder = new AceDecoder(window)
      for (const { content, method } of members) {
        if (method) decoder.decode(packedBytes(bytes, content), method, content.size, write)
      }
    },
    files,
    sink,
  )
}

function* membersOf(bytes: Bytes, start: number): Generator<AceMember> {
  for (const { member } of partsOf(bytes, start)) if (member) yield member
}

function* partsOf(
  bytes: Bytes,
  start: number,
): Generator<{ readonly end: number; readonly member: AceMember | undefined }> {
  let at = start
  for (let count = 0; count < MOST_MEMBERS; count++) {
    const part = partAt(bytes, at)
    if (!part) return
    yield part
    at = part.end
  }
}
