import type { Bytes } from '@messlatte/bytes'
import type { Batch, ContainerFormat, Region, Sink } from '../contract.ts'
import {
  announced,
  asProgram,
  inBatches,
  jsonText,
  type Stored,
  type StoredMember,
  showStored,
  showText,
} from './members.ts'

/** A content of an Android image, which begins at a page. */
export interface Section extends Stored {
  readonly path: string
}

/** Contents one behind the other, each from a page boundary on; offsets and sizes in bytes, empty ones take no page. */
export function inPages(
  from: number,
  page: number,
  sizes: readonly (readonly [path: string, length: number])[],
): { readonly sections: readonly Section[]; readonly end: number } {
  const sections: Section[] = []
  let end = from
  for (const [path, length] of sizes) {
    if (length > 0) sections.push({ path, at: end, length })
    end += upTo(page, length)
  }
  return { sections, end }
}

/** Rounded up to whole pages. */
export function upTo(page: number, length: number): number {
  return Math.ceil(length / page) * page
}

/** Sizes that mkbootimg and its relatives write, in bytes. */
export function isPageSize(size: number): boolean {
  return size >= 2048 && size <= 131_072 && Number.isInteger(Math.log2(size))
}

/** `11.0.0` and `2021-05` out of the word that has both: 7 bits each for A, B, C and the year from 2000 on, 4 for the month. */
export function releaseOf(word: number): { readonly osVersion?: string; readonly patchLevel?: string } {
  const version = [word >>> 25, (word >>> 18) & 0x7f, (word >>> 11) & 0x7f]
  const [year, month] = [2000 + ((word >>> 4) & 0x7f), word & 0xf]
  return {
    ...(version.some((part) => part > 0) && { osVersion: version.join('.') }),
    ...(month > 0 && { patchLevel: `${year}-${String(month).padStart(2, '0')}` }),
  }
}

export function hexAddress(address: number | bigint): string {
  return `0x${address.toString(16).padStart(8, '0')}`
}

/** The member that has what the header says, as JSON. */
export const HEADER = 'header.json'

/** What the header says, or a content. */
export type ImageMember = { readonly header: string } | StoredMember

export function* imageBatches(
  bytes: Bytes,
  header: unknown,
  sections: readonly Section[],
  problem: Sink['problem'],
): Generator<Batch<readonly ImageMember[]>> {
  const stored = sections.map((section) => {
    const member = announced(bytes, section.path, section, problem)
    return section.path === 'kernel' ? asProgram(member) : member
  })
  yield* inBatches<ImageMember>([{ header: jsonText(header) }, ...stored], (member) =>
    'header' in member ? member.header.length : (member.content?.length ?? 0),
  )
}

export const readImageMembers: ContainerFormat<readonly ImageMember[]>['read'] = (
  _bytes: Bytes,
  _region: Region,
  plan,
  sink,
) => {
  for (const member of plan) {
    if ('header' in member) showText(HEADER, member.header, sink)
    else showStored(member, sink)
  }
}
