import { type Bytes, type DecodeError, memoryBytes } from '@messlatte/bytes'
import { FormatError, type FormatErrorCode } from '../../contract.ts'
import { isFilled } from '../filled.ts'
import { utf16Name } from '../uefi-guid.ts'
import { crcDiffers, methodOf, undo } from './encapsulation.ts'
import { behindSection, parseSection, SECTION, type Section } from './sections.ts'

/** Sections in sections: edk2 writes three levels at most. */
const MOST_LEVELS = 16
/** Padding behind the last section that is not worth a member. */
const SMALL_PADDING = 4096
/** Longest name that a user interface section is believed to have, in bytes. */
const MOST_NAME = 512

/** A section that holds no others: where its content lies, in the source or in what came out of a section around it. */
export interface Leaf {
  readonly bytes: Bytes
  readonly at: number
  readonly length: number
  /** Undefined for bytes that are no section. */
  readonly section: Section | undefined
  readonly problem?: Problem
}

export interface Problem {
  readonly code: FormatErrorCode
  readonly message: string
}

type Tell = (problem: Problem) => void

/** All sections of a stretch, those in compressed sections too, that hold no others. */
export function leavesOf(bytes: Bytes, start: number, end: number, tell: Tell): readonly Leaf[] {
  const leaves: Leaf[] = []
  collect({ bytes, start, end, level: 0 }, leaves, tell)
  return leaves
}

interface Stretch {
  readonly bytes: Bytes
  readonly start: number
  readonly end: number
  readonly level: number
}

function collect({ bytes, start, end, level }: Stretch, leaves: Leaf[], tell: Tell): void {
  for (let at = start; at < end; ) {
    const section = parseSection(bytes, at, end)
    if (!section) {
      addRest(bytes, at, end, leaves, tell)
      return
    }
    if (isEncapsulation(section) && level < MOST_LEVELS) openSection(bytes, section, end, level, leaves, tell)
    else leaves.push(leafOf(bytes, section, end))
    at = behindSection(section, start)
  }
}

function isEncapsulation({ type }: Section): boolean {
  return type <= SECTION.disposable
}

function openSection(
  bytes: Bytes,
  section: Section,
  end: number,
  level: number,
  leaves: Leaf[],
  tell: Tell,
): void {
  const method = methodOf(section)
  const sectionEnd = Math.min(section.end, end)
  if (method === undefined) {
    const problem = { code: 'unsupported', message: whyNot(section) } as const
    leaves.push({ ...leafOf(bytes, section, end), problem })
    return
  }
  if (method === 'stored') {
    if (section.end > end) tell({ code: 'truncated', message: 'a section is cut off' })
    else if (crcDiffers(bytes, section)) tell({ code: 'checksum', message: 'the CRC of a section differs' })
    collect({ bytes, start: section.at, end: sectionEnd, level: level + 1 }, leaves, tell)
    return
  }
  try {
    const { content, error } = undo(method, bytes, section.at, sectionEnd)
    if (content.length === 0) leaves.push(leafOf(bytes, section, end))
    const inner = { bytes: memoryBytes(content), start: 0, end: content.length, level: level + 1 }
    collect(inner, leaves, tell)
    if (error) blameLast(leaves, { code: codeOf(error), message: error.message })
  } catch (error) {
    if (!(error instanceof FormatError)) throw error
    leaves.push({ ...leafOf(bytes, section, end), problem: error })
  }
}

/** What ended a content early damages the last section that came out of it. */
function blameLast(leaves: Leaf[], problem: Problem): void {
  const last = leaves.pop()
  if (last) leaves.push({ problem, ...last })
}

function whyNot({ guid, method }: Section): string {
  return guid === undefined
    ? `compressed with method ${method}, and left as it is`
    : `how to undo ${guid} is not known, and it is left as it is`
}

function codeOf({ code }: DecodeError): FormatErrorCode {
  return code === 'truncated' || code === 'unsupported' || code === 'checksum' ? code : 'structure'
}

function leafOf(bytes: Bytes, section: Section, end: number): Leaf {
  const { at, end: sectionEnd } = section
  const leaf = { bytes, at, length: Math.min(sectionEnd, end) - at, section }
  if (sectionEnd <= end) return leaf
  return { ...leaf, problem: { code: 'truncated', message: 'the sections end within this one' } }
}

/** What follows the last section: padding mostly, but all that is not, and much of it, is shown. */
function addRest(bytes: Bytes, at: number, end: number, leaves: Leaf[], tell: Tell): void {
  const isPadding = [0, 0xff].some((filler) => isFilled(bytes, at, end, filler))
  if (isPadding && end - at < SMALL_PADDING) return
  leaves.push({ bytes, at, length: end - at, section: undefined })
  if (!isPadding) tell({ code: 'structure', message: `${end - at} bytes are no section` })
}

/** The name for people, where a file has one that can be a file's name (byte string of UTF-8). */
export function nameOf(leaves: readonly Leaf[]): string | undefined {
  const leaf = leaves.find(({ section }) => section?.type === SECTION.userInterface)
  if (!leaf || leaf.length > MOST_NAME) return undefined
  const name = utf16Name(leaf.bytes.view(leaf.at, leaf.length))
  const isName = name !== '' && !/^\.\.?$/.test(name) && ![...name].some((sign) => sign < ' ' || sign === '/')
  return isName ? name : undefined
}
