import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Sink } from '../../contract.ts'
import { announced, asProgram, jsonText, type StoredMember, showStored, showText } from '../members.ts'
import { type Gbl4, MAGIC, parseGbl4, TAG } from './parse.ts'
import { summaryOf } from './summary.ts'

const SUMMARY = 'gbl.json'
/** What is shown, by its tag; all else is told, or padding. */
const NAMES: ReadonlyMap<number, string> = new Map([
  [TAG.certificate, 'certificate'],
  [TAG.signature, 'signature'],
  [TAG.contentHash, 'content-hash'],
  [TAG.seBlob, 'se-upgrade'],
  [TAG.sectionBlob, 'section'],
])

export const gbl4: ContainerFormat<null> = {
  kind: 'container',
  name: 'gbl4',
  title: 'Silicon Labs GBL version 4 (bootloader of Series 3)',
  references: [
    "Silicon Labs' SDK for Series 3, platform/bootloader/parser (btl_gbl_format.h)",
    'pygbl 1.2.0',
  ],
  limits: [
    'signatures, certificates and hashes are shown, not verified',
    'sections that are encrypted or compressed are shown as they are',
  ],
  magic: [{ bytes: MAGIC, at: 0 }],
  carve: true,

  recognise(bytes, at) {
    const file = parseGbl4(bytes, at)
    return file && { start: at, end: file.end }
  },

  *open(bytes, { start, end }, problem) {
    const file = parseGbl4(bytes, start) as Gbl4
    if (!file.whole) problem('truncated', 'the file ends within its tags', SUMMARY)
    const members = [...membersOf(bytes, file, problem)]
    yield { cost: end - start, entries: members.length + 1, plan: null }
  },

  read(bytes, { start }, _plan, sink) {
    const file = parseGbl4(bytes, start) as Gbl4
    showText(SUMMARY, jsonText(summaryOf(bytes, file)), sink)
    // What is wrong with them was told when they were listed.
    for (const member of membersOf(bytes, file, () => {})) showStored(member, sink)
  },
}

function* membersOf(bytes: Bytes, { tags }: Gbl4, problem: Sink['problem']): Generator<StoredMember> {
  const counts = new Map<string, number>()
  for (const { id, at, length } of tags) {
    const name = NAMES.get(id) ?? (isTold(id) ? undefined : `tag-0x${id.toString(16)}`)
    if (name === undefined) continue
    const count = counts.get(name) ?? 0
    counts.set(name, count + 1)
    const isNumbered = id === TAG.sectionBlob || count > 0
    const member = announced(bytes, isNumbered ? `${name}-${count}` : name, { at, length }, problem)
    yield id === TAG.sectionBlob ? asProgram(member) : member
  }
}

function isTold(id: number): boolean {
  return (Object.values(TAG) as readonly number[]).includes(id)
}
