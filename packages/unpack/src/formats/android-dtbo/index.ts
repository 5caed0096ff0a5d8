import type { Bytes } from '@messlatte/bytes'
import type { ContainerFormat, Region, Sink } from '../../contract.ts'
import { HEADER } from '../android-pages.ts'
import {
  announced,
  inBatches,
  jsonText,
  type StoredMember,
  showStored,
  showText,
  wrapped,
} from '../members.ts'
import { type DeviceTreeTable, MAGICS, parseTable } from './parse.ts'

/** What the table says, or a content. */
type TableMember = { readonly text: string } | StoredMember

export const androidDtbo: ContainerFormat<readonly TableMember[]> = {
  kind: 'container',
  name: 'android-dtbo',
  title: 'Android DTB/DTBO and ACPI table (mkdtboimg)',
  references: [
    'Android Open Source Project, DTB and DTBO partitions (source.android.com)',
    'AOSP, system/libufdt/utils/src/dt_table.h and mkdtboimg.py',
  ],
  limits: [
    'tables of Qualcomm (QCDT) and Samsung (DTBH) are not read: the trees in them are found all the same',
  ],
  magic: Object.values(MAGICS).map((bytes) => ({ bytes, at: 0 })),
  carve: true,

  recognise(bytes, at) {
    const table = parseTable(bytes, at)
    return table && { start: at, end: Math.min(table.end, bytes.size) }
  },

  open: (bytes, region, problem) =>
    inBatches(membersOf(bytes, region, problem), (member) =>
      'text' in member ? member.text.length : (member.content?.length ?? 0),
    ),

  read(_bytes, _region, plan, sink) {
    for (const member of plan) {
      if ('text' in member) showText(HEADER, member.text, sink)
      else showStored(member, sink)
    }
  },
}

function* membersOf(bytes: Bytes, { start }: Region, problem: Sink['problem']): Generator<TableMember> {
  const { kind, version, pageSize, entries } = parseTable(bytes, start) as DeviceTreeTable
  const told = entries.map(({ content, ...entry }) => ({ ...entry, size: content.length }))
  yield { text: jsonText({ kind, version, pageSize, entries: told }) }
  const first = new Map<string, string>()
  for (const { path, content } of entries) {
    const place = `${content.at} ${content.length}`
    const target = first.get(place)
    if (target === undefined) {
      first.set(place, path)
      yield announced(bytes, path, content, problem)
    } else yield { meta: { ...wrapped(path), type: 'hardlink', target } }
  }
}
