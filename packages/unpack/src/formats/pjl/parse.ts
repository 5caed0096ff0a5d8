import { type Bytes, latin1 } from '@messlatte/bytes'
import type { Region } from '../../contract.ts'
import type { Stored } from '../members.ts'
import { textPlaces } from '../places.ts'

/** Ends whatever language a printer is in: HP, PJL Technical Reference Manual, chapter 1, "Universal Exit Language". */
export const UEL = '\x1b%-12345X'
const COMMAND = '@PJL'
const MAX_LINE = 2048
const MAX_JOBS = 1000
const LINE_FEED = 10
const LINE_ENDS = new Set([10, 13])

/** What a printer is given, and the commands before it. */
export interface PjlJob {
  /** Of the command that announces it, or of the language that it switches to; `data` where nothing does. */
  readonly name: string
  /** None where it follows directly on the end of another one. */
  readonly commands: Stored | undefined
  readonly payload: Stored
  /** What is doubtful of its end. */
  readonly fault?: string
}

export interface PjlFile {
  readonly jobs: readonly PjlJob[]
  /** The text with which newer firmware of HP ends, with a signature over what lies before it. */
  readonly fingerprint: Stored | undefined
  /** Behind the last thing that belongs to it. */
  readonly end: number
}

/** Sizes are in bytes. */
type Announcement =
  | { readonly kind: 'language'; readonly name: string }
  | { readonly kind: 'sized'; readonly name: string; readonly size: number }

/** @returns undefined where no print job begins, and for commands that are followed by nothing. */
export function readPjl(bytes: Bytes, start: number): PjlFile | undefined {
  if (!standsAt(bytes, start, UEL + COMMAND)) return undefined
  const jobs: PjlJob[] = []
  let end = start
  while (jobs.length < MAX_JOBS && standsAt(bytes, end, UEL)) {
    const block = readCommands(bytes, end + UEL.length)
    const commands =
      block.end > block.start ? { at: block.start, length: block.end - block.start } : undefined
    const found = payloadBehind(bytes, block)
    if (found) jobs.push({ ...found, commands })
    end = found ? behindLineEnds(bytes, found.payload.at + found.payload.length) : block.next
    // Some printers are told more behind a payload whose size is known, and before the next exit.
    const rest = found && end < bytes.size && !standsAt(bytes, end, UEL) ? strictExit(bytes, end) : undefined
    if (rest !== undefined) {
      jobs.push({ name: 'data', commands: undefined, payload: { at: end, length: rest - end } })
      end = rest
    }
  }
  if (!jobs.some(({ payload }) => payload.length > 0)) return undefined
  const fingerprint = findFingerprint(bytes, end)
  return { jobs, fingerprint, end: fingerprint ? fingerprint.at + fingerprint.length : end }
}

interface Commands {
  readonly start: number
  /** Behind the last of them; as `start` where there are none. */
  readonly end: number
  /** Behind the line ends that follow. */
  readonly next: number
  readonly announced: Announcement | undefined
}

/** The lines from `start` on, up to one that announces something, or one that is no command. */
function readCommands(bytes: Bytes, start: number): Commands {
  const first = behindLineEnds(bytes, start)
  let end = first
  for (;;) {
    const line = commandAt(bytes, behindLineEnds(bytes, end))
    if (!line) return { start: first, end, next: behindLineEnds(bytes, end), announced: undefined }
    end = line.end
    const announced = announcementOf(line.text)
    if (announced) return { start: first, end, next: end, announced }
  }
}

function commandAt(bytes: Bytes, at: number): { readonly text: string; readonly end: number } | undefined {
  if (!standsAt(bytes, at, COMMAND)) return undefined
  const view = bytes.view(at, Math.min(MAX_LINE, bytes.size - at))
  const stop = view.indexOf(LINE_FEED)
  const text = latin1(view.subarray(0, Math.max(stop, 0))).replace(/\r$/, '')
  return stop >= 0 && /^@PJL(?:[ \t][\t\x20-\x7e\x80-\xff]*)?$/.test(text)
    ? { text, end: at + stop + 1 }
    : undefined
}

function announcementOf(text: string): Announcement | undefined {
  const language = /^@PJL[ \t]+ENTER[ \t]+LANGUAGE[ \t]*=[ \t]*(\w{1,40})/i.exec(text)?.[1]
  if (language !== undefined) return { kind: 'language', name: language.toLowerCase() }
  const command = /^@PJL[ \t]+(UPGRADE|FSDOWNLOAD|FSAPPEND)[ \t]/i.exec(text)?.[1]
  const size = /[ \t]SIZE[ \t]*=[ \t]*(\d{1,10})(?!\d)/i.exec(text)?.[1]
  return command !== undefined && size !== undefined
    ? { kind: 'sized', name: command.toLowerCase(), size: Number(size) }
    : undefined
}

const MISSING = { fault: 'the end of it is missing' }
const GUESSED = { fault: 'no exit holds behind it: where it ends is a guess' }

function payloadBehind(bytes: Bytes, { announced, next }: Commands): Omit<PjlJob, 'commands'> | undefined {
  if (announced?.kind === 'sized') {
    // Newer updates leave the language before the payload, without counting that.
    const exit = announced.name === 'upgrade' && standsAt(bytes, next, UEL)
    const at = exit ? behindLineEnds(bytes, next + UEL.length) : next
    const length = Math.min(announced.size, bytes.size - at)
    return { name: announced.name, payload: { at, length }, ...(length < announced.size && MISSING) }
  }
  if (!announced && standsAt(bytes, next, UEL)) return undefined
  const exit = strictExit(bytes, next)
  if (announced) {
    const broken = exit === undefined ? brokenExit(bytes, next) : undefined
    const end = exit ?? broken ?? lastExit(bytes, next)
    const payload = { at: next, length: (end ?? bytes.size) - next }
    const missing = end === undefined || broken !== undefined
    const fault = exit !== undefined ? undefined : missing ? MISSING : GUESSED
    return { name: announced.name, payload, ...fault }
  }
  return exit !== undefined && exit > next
    ? { name: 'data', payload: { at: next, length: exit - next } }
    : undefined
}

/** Firmware of printers has the exit among its own texts: it counts where another exit, commands or the end follow on it. */
function strictExit(bytes: Bytes, from: number): number | undefined {
  for (const place of textPlaces(bytes, { start: from, end: bytes.size }, UEL)) {
    const { announced, next } = readCommands(bytes, place + UEL.length)
    if (announced || standsAt(bytes, next, UEL) || endsWithin(bytes, next)) return place
  }
  return undefined
}

/** The bytes end here, or within an exit or a command. */
function endsWithin(bytes: Bytes, at: number): boolean {
  if (bytes.size - at >= MAX_LINE) return false
  const rest = latin1(bytes.view(at, bytes.size - at))
  return (
    UEL.startsWith(rest) || COMMAND.startsWith(rest) || (rest.startsWith(COMMAND) && !/[\0\n]/.test(rest))
  )
}

/** Where an exit begins that the end of the bytes cuts off. */
function brokenExit(bytes: Bytes, from: number): number | undefined {
  const tail = latin1(
    bytes.view(Math.max(from, bytes.size - UEL.length), Math.min(UEL.length, bytes.size - from)),
  )
  for (let length = UEL.length - 1; length > 0; length--) {
    if (tail.endsWith(UEL.slice(0, length))) return bytes.size - length
  }
  return undefined
}

function lastExit(bytes: Bytes, from: number): number | undefined {
  let last: number | undefined
  for (const place of textPlaces(bytes, { start: from, end: bytes.size }, UEL)) last = place
  return last
}

const FINGERPRINT_BEGIN = '--=</Begin HP Signed File Fingerprint\\>=--'
const FINGERPRINT_END = '--=</End HP Signed File Fingerprint\\>=--'
/** Bytes: a checksum lies between the payload and the text. */
const BEFORE_FINGERPRINT = 64
const MAX_FINGERPRINT = 8192

function findFingerprint(bytes: Bytes, from: number): Stored | undefined {
  const near = (at: number, length: number): Region => ({ start: at, end: Math.min(at + length, bytes.size) })
  const [at] = textPlaces(bytes, near(from, BEFORE_FINGERPRINT + FINGERPRINT_BEGIN.length), FINGERPRINT_BEGIN)
  if (at === undefined) return undefined
  const [last] = textPlaces(bytes, near(at, MAX_FINGERPRINT), FINGERPRINT_END)
  return last === undefined
    ? undefined
    : { at, length: behindLineEnds(bytes, last + FINGERPRINT_END.length) - at }
}

const MOST_LINE_ENDS = 16

function behindLineEnds(bytes: Bytes, at: number): number {
  const view = bytes.view(at, Math.min(MOST_LINE_ENDS, bytes.size - at))
  const length = view.findIndex((byte) => !LINE_ENDS.has(byte))
  return at + (length < 0 ? view.length : length)
}

function standsAt(bytes: Bytes, at: number, text: string): boolean {
  return at + text.length <= bytes.size && latin1(bytes.view(at, text.length)) === text
}
