import { type Bytes, latin1 } from '@messlatte/bytes'

const MOST_SCRIPT = 64 * 1024
const MOST_PARTS = 4096
const LOAD = 'filepartload '
/** The most that names and numbers behind a command can be together, after variables are put in. */
const MOST_LINE = 4096

/** What one command loads, and what the next one that writes does with it. */
export interface MstarPart {
  /** Bytes from the start of the image. */
  readonly offset: number
  readonly length: number
  /** Of the partition, where one is told. */
  readonly name?: string
  /** How it is written: packed by lzop, or behind what was written to that partition before. */
  readonly packed: boolean
  readonly continued: boolean
}

export interface MstarScript {
  /** Bytes. */
  readonly length: number
  readonly parts: readonly MstarPart[]
}

/** The commands at `at`, as MBoot runs them, or undefined for what is no such script. Its end is a byte 0xff or 0. */
export function parseMstarScript(bytes: Bytes, at: number): MstarScript | undefined {
  const start = latin1(bytes.view(at, Math.min(MOST_SCRIPT, bytes.size - at)))
  const end = start.search(/[\0\xff]/)
  const text = start.slice(0, Math.max(end, 0))
  if (!text.includes(LOAD) || !/^[\t\n\r\x20-\x7e]*$/.test(text)) return undefined
  const variables = new Map<string, string>()
  const parts: MstarPart[] = []
  for (const line of text.split(/\r?\n/)) {
    const words = withVariables(line.slice(0, MOST_LINE), variables)
      .trim()
      .split(/[\t ]+/)
    const [command = '', name = '', ...rest] = words
    if (command === 'setenv' && name) variables.set(name, rest.join(' '))
    else if (command === 'filepartload') {
      const part = partOf(words)
      if (!part || parts.length >= MOST_PARTS) return undefined
      parts.push(part)
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

/** `filepartload ADDRESS FILE OFFSET SIZE`, numbers in hexadecimal. */
function partOf([, , , offset, size]: readonly string[]): MstarPart | undefined {
  const [from, length] = [hex(offset), hex(size)]
  if (from === undefined || length === undefined || length === 0) return undefined
  return { offset: from, length, packed: false, continued: false }
}

/** What a command writes of the part that was loaded before it; only the first one counts. */
function writtenBy(part: MstarPart, words: readonly string[]): MstarPart {
  const written = part.name === undefined ? writeOf(words) : undefined
  return written && /^\w[\w.-]{0,63}$/.test(written.name) ? { ...part, ...written } : part
}

function writeOf(
  words: readonly string[],
): { readonly name: string; readonly packed: boolean; readonly continued: boolean } | undefined {
  const [command, action = '', third = '', fourth = '', fifth = ''] = words
  if (command === 'store_secure_info' || command === 'store_nuttx_config')
    return { name: action, packed: false, continued: false }
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
