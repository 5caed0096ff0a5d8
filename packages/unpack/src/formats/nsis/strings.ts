import { FormatError } from '../../contract.ts'

/** The table of strings of a script: how its texts name variables, folders of the system and texts of a language. */
export interface Strings {
  readonly table: Buffer
  readonly unicode: boolean
  readonly codes: Codes
  /** Characters that may still be read: a script can use a long text very often. */
  readonly room: { left: number }
}

/** Which characters stand for a variable and so on; the one behind `skip` stands for itself. */
interface Codes {
  readonly skip: number
  readonly variable: number
  readonly shell: number
  readonly language: number
}

const NSIS2: Codes = { skip: 252, variable: 253, shell: 254, language: 255 }
const NSIS3: Codes = { skip: 4, variable: 3, shell: 2, language: 1 }
/** Of Jim Park, who made NSIS 2 speak Unicode. */
const PARK: Codes = { skip: 0xe000, variable: 0xe001, shell: 0xe002, language: 0xe003 }

/** More characters than any path has. */
export const MOST_TEXT = 8192
/** More characters than the paths of all files of an installer have. */
export const MOST_CHARACTERS = 16 * 1024 * 1024

export const VARIABLE = {
  R0: 10,
  R4: 14,
  INSTDIR: 21,
  OUTDIR: 22,
  EXEDIR: 23,
  TEMP: 25,
  PLUGINSDIR: 26,
} as const
/** Behind $0 to $9 and $R0 to $R9; since NSIS 2.26. */
const VARIABLES = [
  ...['CMDLINE', 'INSTDIR', 'OUTDIR', 'EXEDIR', 'LANGUAGE', 'TEMP', 'PLUGINSDIR', 'EXEPATH', 'EXEFILE'],
  ...['HWNDPARENT', '_CLICK', '_OUTDIR'],
]
/** By CSIDL, as scripts name them. */
const SHELL = [
  ...['DESKTOP', 'INTERNET', 'SMPROGRAMS', 'CONTROLS', 'PRINTERS', 'DOCUMENTS', 'FAVORITES', 'SMSTARTUP'],
  ...[
    'RECENT',
    'SENDTO',
    'BITBUCKET',
    'STARTMENU',
    '',
    'MUSIC',
    'VIDEOS',
    '',
    'DESKTOP',
    'DRIVES',
    'NETWORK',
  ],
  ...['NETHOOD', 'FONTS', 'TEMPLATES', 'STARTMENU', 'SMPROGRAMS', 'SMSTARTUP', 'DESKTOP', 'APPDATA'],
  ...['PRINTHOOD', 'LOCALAPPDATA', 'ALTSTARTUP', 'ALTSTARTUP', 'FAVORITES', 'INTERNET_CACHE', 'COOKIES'],
  ...['HISTORY', 'APPDATA', 'WINDIR', 'SYSDIR', 'PROGRAM_FILES', 'PICTURES', 'PROFILE', 'SYSTEMX86'],
  ...['PROGRAM_FILESX86', 'PROGRAM_FILES_COMMON', 'PROGRAM_FILES_COMMONX8', 'TEMPLATES', 'DOCUMENTS'],
  ...['ADMINTOOLS', 'ADMINTOOLS', 'CONNECTIONS', '', '', '', 'MUSIC', 'PICTURES', 'VIDEOS', 'RESOURCES'],
  ...['RESOURCES_LOCALIZED', 'COMMON_OEM_LINKS', 'CDBURN_AREA', '', 'COMPUTERSNEARME'],
]
const REGISTRY: Readonly<Record<string, string>> = {
  ProgramFilesDir: '$PROGRAMFILES',
  CommonFilesDir: '$COMMONFILES',
}

/** @param table all texts, each with a zero behind it; the first one is empty */
export function stringsOf(table: Buffer): Strings {
  const unicode = table.length >= 2 && table.readUInt16LE(0) === 0
  const room = { left: MOST_CHARACTERS }
  if (unicode) return { table, unicode, codes: namesVariable16(table) ? NSIS3 : PARK, room }
  return { table, unicode, codes: namesVariable8(table) ? NSIS3 : NSIS2, room }
}

/** NSIS 3 writes variables as 3 and two times seven bits with the eighth set, and texts begin with them. */
function namesVariable16(table: Buffer): boolean {
  for (let at = 0; at + 6 <= table.length; at += 2) {
    const begins = table.readUInt16LE(at) === 0 && table.readUInt16LE(at + 2) === NSIS3.variable
    if (begins && (table.readUInt16LE(at + 4) & 0x8080) === 0x8080) return true
  }
  return false
}

function namesVariable8(table: Buffer): boolean {
  for (let at = 0; at + 3 <= table.length; at++)
    if (table[at] === 0 && table[at + 1] === NSIS3.variable && (table[at + 2] as number) >= 0x80) return true
  return false
}

/** One character, or what a code stands for. */
interface Token {
  readonly code: 'character' | 'variable' | 'shell' | 'language'
  /** The character, or the number that follows the code. */
  readonly value: number
  /** Of the two bytes behind a code, for `shell`. */
  readonly bytes: readonly [number, number]
}

function* tokens({ table, unicode, codes, room }: Strings, index: number): Generator<Token> {
  const width = unicode ? 2 : 1
  let at = index * width
  const next = () => {
    const value = at + width > table.length ? 0 : unicode ? table.readUInt16LE(at) : (table[at] as number)
    at += width
    return value
  }
  for (let count = 0; count < MOST_TEXT; count++) {
    if (room.left-- <= 0) throw new FormatError('unsupported', `texts of over ${MOST_CHARACTERS} characters`)
    const value = next()
    if (value === 0) return
    const code = codeOf(codes, value)
    if (code === 'character') {
      yield { code, value, bytes: [0, 0] }
      continue
    }
    const low = next()
    if (low === 0) return
    if (code === 'skip') {
      yield { code: 'character', value: low, bytes: [0, 0] }
      continue
    }
    const high = unicode ? low >> 8 : next()
    if (!unicode && high === 0) return
    const number = codes === PARK ? low & 0x7fff : (low & 0x7f) | ((high & 0x7f) << 7)
    yield { code, value: number, bytes: [low & 0xff, high] }
  }
}

function codeOf(codes: Codes, value: number): Token['code'] | 'skip' {
  switch (value) {
    case codes.skip:
      return 'skip'
    case codes.variable:
      return 'variable'
    case codes.shell:
      return 'shell'
    case codes.language:
      return 'language'
    default:
      return 'character'
  }
}

/** A text as a script would have it, as a byte string in UTF-8 where it is Unicode, and as it lies there where it is not. */
export function textAt(strings: Strings, index: number): string {
  if (index < 0) return `$(LSTR_${-index - 1})`
  let text = ''
  for (const { code, value, bytes } of tokens(strings, index)) {
    if (code === 'character') text += String.fromCharCode(value)
    else if (code === 'variable') text += `$${variableName(value)}`
    else if (code === 'language') text += `$(LSTR_${value})`
    else text += shellName(strings, ...bytes)
  }
  return strings.unicode ? Buffer.from(text).toString('latin1') : text
}

/** The variable with which a text begins, and the index behind it. */
export function leadingVariable(
  strings: Strings,
  index: number,
): { readonly variable: number; readonly rest: number } | undefined {
  if (index < 0) return undefined
  const { value: first } = tokens(strings, index).next()
  if (first?.code !== 'variable') return undefined
  return { variable: first.value, rest: index + (strings.unicode ? 2 : 3) }
}

function variableName(index: number): string {
  if (index < 10) return String(index)
  if (index < 20) return `R${index - 10}`
  return VARIABLES[index - 20] ?? `_${index - 20 - VARIABLES.length}_`
}

/** A folder of the system: by two CSIDLs, of which one may be empty, or by a value of the registry. */
function shellName(strings: Strings, first: number, second: number): string {
  if (first >= 0x80) {
    let value = ''
    for (const token of tokens(strings, first & 0x3f)) value += String.fromCharCode(token.value)
    return `${REGISTRY[value] ?? '$_REGISTRY_'}${(first & 0x40) === 0 ? '' : '64'}`
  }
  return `$${SHELL[first] || SHELL[second] || `_SHELL_${first}_${second}`}`
}
