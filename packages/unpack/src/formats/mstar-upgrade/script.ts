import { type Bytes, latin1 } from '@messlatte/bytes'

export const MOST_SCRIPT = 128 * 1024
const MOST_PARTS = 4096
/** Of MBoot, and of U-Boot for cameras. */
const LOADS = ['filepartload ', 'fatload '] as const
/** What the makers' tool writes in front of the commands for a file. */
const HEADING = '# File Partition: '
/** The most that names and numbers behind a command can be together, after variables are put in. */
const MOST_LINE = 4096

/** What one command loads, and what the next one that writes does with it. */
export interface MstarPart {
  /** Bytes from the start of the image. */
  readonly offset: number
  readonly length: number
  /** Of the partition, where the command that writes it tells one. */
  readonly name?: string
  /** Where it does not: what was asked for or written above it. */
  readonly label?: string
  /** How it is written: packed by lzop, or behind what was written to that partition before. */
  readonly packed: boolean
  readonly continued: boolean
}

export interface MstarScript {
  /** Bytes. */
  readonly length: number
  readonly parts: readonly MstarPart[]
}

/** Bytes behind a script. */
const ENDS = [0, 0xff]

/** The commands at `at`, as MBoot runs them, or undefined for what is no such script. */
export function parseMstarScript(bytes: Bytes, at: number): MstarScript | undefined {
  const start = bytes.view(at, Math.min(MOST_SCRIPT, bytes.size - at))
  const ends = ENDS.map((byte) => start.indexOf(byte)).filter((end) => end >= 0)
  const text = latin1(start.subarray(0, ends.length > 0 ? Math.min(...ends) : 0))
  if (!LOADS.some((load) => text.includes(load)) || !/^[\t\n\r\x20-\x7e]*$/.test(text)) return undefined
  const variables = new Map<string, string>()
  const parts: MstarPart[] = []
  let label: string | undefined
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith(HEADING)) label = named(line.slice(HEADING.length).replace(/\.es$/, ''))
    const words = withVariables(line.slice(0, MOST_LINE), variables)
      .trim()
      .split(/[\t ]+/)
    const [command = '', name = '', ...rest] = words
    if (command === 'setenv' && name) variables.set(name, rest.join(' '))
    else if (command === 'mxp' && name === 'r.info') label = named(rest[0])
    else if (command === 'filepartload' || (command === 'fatload' && rest.length >= 5)) {
      const [offset, size] = command === 'fatload' ? [rest[4], rest[3]] : [rest[1], rest[2]]
      const part = partOf(offset, size)
      if (!part || parts.length >= MOST_PARTS) return undefined
      parts.push(label === undefined ? part : { ...part, label })
    } else if (parts.length > 0) {
      const last = parts.length - 1
      parts[last] = writtenBy(parts[last] as MstarPart, words)
    }
  }
  return parts.length === 0 ? undefined : { length: text.length, parts }
}

/** `$(name)` of what was set before; what was not set stays. */
function withVariables(line: string, variables: ReadonlyMap<string, string>): string {
  return line.replace(/\$\(([\w.-]{1,64})\)/g, (all, name) => variables.get(name) ?? all).slice(0, MOST_LINE)
}

/** `filepartload ADDRESS FILE OFFSET SIZE`, or `fatload DEVICE NUMBER ADDRESS FILE SIZE OFFSET`; numbers in hexadecimal. */
function partOf(offset: string | undefined, size: string | undefined): MstarPart | undefined {
  const [from, length] = [hex(offset), hex(size)]
  if (from === undefined || length === undefined || length === 0) return undefined
  return { offset: from, length, packed: false, continued: false }
}

/** What a command writes of the part that was loaded before it; only the first one counts. */
function writtenBy(part: MstarPart, words: readonly string[]): MstarPart {
  const written = part.name === undefined ? writeOf(words) : undefined
  return written && named(written.name) ? { ...part, ...written } : part
}

function named(name: string | undefined): string | undefined {
  return name !== undefined && /^\w[\w.-]{0,63}$/.test(name) ? name : undefined
}

function writeOf(
  words: readonly string[],
): { readonly name: string; readonly packed: boolean; readonly continued: boolean } | undefined {
  const [command, action = '', third = '', fourth = '', fifth = ''] = words
  if (command === 'store_secure_info' || command === 'store_nuttx_config')
    return { name: action, packed: false, continued: false }
  if (command === 'ubi' && action === 'write') return { name: fourth, packed: false, continued: false }
  if (command === 'nand' && /^write(\.e)?$/.test(action))
    return { name: fourth, packed: false, continued: false }
  if (command !== 'mmc') return undefined
  const continued = /\.cont(inue)?$/.test(action)
  switch (action.replace(/\.cont(inue)?$/, '')) {
    case 'write.p':
      return { name: fourth, packed: false, continued }
    case 'unlzo':
      return { name: fifth, packed: true, continued }
    case 'write.boot':
      return { name: `boot-${third}`, packed: false, continued: false }
    default:
      return undefined
  }
}

function hex(word: string | undefined): number | undefined {
  return word !== undefined && /^(0x)?[0-9a-f]{1,10}$/i.test(word) ? Number.parseInt(word, 16) : undefined
}
