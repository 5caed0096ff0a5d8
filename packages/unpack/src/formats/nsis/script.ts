import { Reader } from '@messlatte/bytes'
import { FormatError } from '../../contract.ts'
import { filetimeSeconds } from '../filetime.ts'
import {
  leadingVariable,
  MOST_CHARACTERS,
  MOST_TEXT,
  type Strings,
  stringsOf,
  textAt,
  VARIABLE,
} from './strings.ts'

/** A file that the script writes. */
export interface ScriptFile {
  /** Byte string, `/`-separated; folders that only the running installer knows are variables, as `$PLUGINSDIR`. */
  readonly path: string
  /** Where its piece lies, from behind the header, in bytes. */
  readonly position: number
  /** Seconds since 1970. */
  readonly mtime?: number
  /** Of the program that uninstalls: a piece with changes to the installer's own program, and one with the archive for it. */
  readonly uninstaller?: true
}

/** Blocks of a header: pages, sections, entries, strings, tables of languages … */
const BLOCKS = { entries: 2, strings: 3, languages: 4 } as const
const ALL_BLOCKS = 8
const PARAMETERS = 6
const ENTRY = 4 * (1 + PARAMETERS)
/** Commands whose numbers are the same in all versions. */
const COMMAND = { jump: 2, createDirectory: 11, extract: 20, assign: 25 } as const
/** `WriteUninstaller`, and with as many commands more in front of it as the versions of Jim Park have. */
const UNINSTALLER = { first: 62, last: 66 } as const
/** `$_OUTDIR`, in which `File /r` keeps where it began: in NSIS 2.04 to 2.25, and since. */
const KEPT_DIRECTORY = new Set([29, 31])
const ABSOLUTE = new Set<number>([VARIABLE.INSTDIR, VARIABLE.EXEDIR, VARIABLE.TEMP, VARIABLE.PLUGINSDIR])
/** A macro that installs libraries puts the name into $R4, so many commands before it writes the file. */
const LIBRARY = { back: 28, backWithoutJump: 26 } as const
/** FILETIMEs outside of these, in their upper 32 bits, are none. */
const TIMES = { first: 0x100_0000, last: 0xff00_0000 } as const
/** More files than any installer has. */
const MOST_FILES = 1_000_000

interface Command {
  readonly id: number
  readonly parameters: readonly number[]
}

interface Script {
  readonly strings: Strings
  readonly commands: { readonly at: (index: number) => Command | undefined; readonly length: number }
}

/**
 * The files of an installer by its header, in ascending order of their positions; of what is written twice under one name, one.
 * Source/exehead/fileform.h, `header` and `entry`.
 * @throws FormatError `structure`
 */
export function filesOf(header: Buffer): readonly ScriptFile[] {
  const { strings, commands } = scriptOf(header)
  const files: ScriptFile[] = []
  let directory = '$INSTDIR'
  let kept = ''
  let characters = 0
  for (let index = 0; index < commands.length; index++) {
    const command = commands.at(index) as Command
    const [first = 0, second = 0, third = 0, fourth = 0] = command.parameters
    if (command.id === COMMAND.createDirectory && second !== 0) {
      directory = outputDirectory(strings, first, directory, kept).slice(0, MOST_TEXT)
    } else if (command.id === COMMAND.assign && KEPT_DIRECTORY.has(first)) {
      const source = leadingVariable(strings, second)
      if (source?.variable === VARIABLE.OUTDIR && third === 0 && fourth === 0) kept = directory
    } else if (command.id === COMMAND.extract) {
      const file = extracted({ strings, commands }, index, command, directory)
      characters += file.path.length
      files.push(file)
    } else if (command.id >= UNINSTALLER.first && command.id <= UNINSTALLER.last) {
      const file = uninstallerOf(strings, command)
      if (file) files.push(file)
    }
    if (files.length > MOST_FILES) throw new FormatError('unsupported', `over ${MOST_FILES} files`)
    if (characters > MOST_CHARACTERS) throw new FormatError('unsupported', 'paths that are too long')
  }
  return distinct(files.sort((a, b) => a.position - b.position))
}

function scriptOf(header: Buffer): Script {
  const wide = hasWideBlocks(header)
  const size = wide ? 12 : 8
  if (header.length < 4 + ALL_BLOCKS * size) throw new FormatError('structure', 'the header is too short')
  const block = (index: number) => {
    const at = 4 + index * size
    return { at: header.readUInt32LE(at), count: header.readUInt32LE(at + size - 4) }
  }
  const [entries, texts, languages] = [block(BLOCKS.entries), block(BLOCKS.strings), block(BLOCKS.languages)]
  const end = entries.at + entries.count * ENTRY
  if (texts.at > languages.at || languages.at > header.length || end > header.length)
    throw new FormatError('structure', 'the blocks of the header do not lie in it')
  const strings = stringsOf(header.subarray(texts.at, languages.at))
  const at = (index: number): Command | undefined => {
    if (index < 0 || index >= entries.count) return undefined
    const reader = new Reader(header, 'little', entries.at + index * ENTRY)
    return { id: reader.u32(), parameters: Array.from({ length: PARAMETERS }, () => reader.u32()) }
  }
  return { strings, commands: { at, length: entries.count } }
}

/** Of installers for 64 bits: places take eight bytes, of which the upper four are zero. */
function hasWideBlocks(header: Buffer): boolean {
  if (header.length < 4 + ALL_BLOCKS * 12) return false
  for (let index = 0; index < ALL_BLOCKS; index++)
    if (header.readUInt32LE(4 + index * 12 + 4) !== 0) return false
  return true
}

function outputDirectory(strings: Strings, index: number, directory: string, kept: string): string {
  const leading = leadingVariable(strings, index)
  if (leading && KEPT_DIRECTORY.has(leading.variable)) return kept + textAt(strings, leading.rest)
  if (leading?.variable === VARIABLE.OUTDIR) return directory + textAt(strings, leading.rest)
  return textAt(strings, index | 0)
}

function extracted(
  { strings, commands }: Script,
  index: number,
  { parameters }: Command,
  directory: string,
): ScriptFile {
  const [, name = 0, position = 0, low = 0, high = 0] = parameters
  const source = leadingVariable(strings, name)
  const library = source?.variable === VARIABLE.R0 ? libraryName(commands, index) : undefined
  const hasTime = high > TIMES.first && high < TIMES.last
  return {
    path: pathOf(strings, (library ?? name) | 0, directory),
    position,
    ...(hasTime && { mtime: filetimeSeconds((BigInt(high) << 32n) | BigInt(low)) }),
  }
}

function libraryName(commands: Script['commands'], index: number): number | undefined {
  const back = commands.at(index - 1)?.id === COMMAND.jump ? LIBRARY.backWithoutJump : LIBRARY.back
  if (index <= back) return undefined
  const command = commands.at(index - back)
  const [variable, name, third, fourth] = command?.parameters ?? []
  const assigns = command?.id === COMMAND.assign && variable === VARIABLE.R4 && third === 0 && fourth === 0
  return assigns ? name : undefined
}

/** Where it is told relative to the folder of installation, that is what counts; versions before 2.29 do not tell. */
function uninstallerOf(strings: Strings, { id, parameters }: Command): ScriptFile | undefined {
  const [name = 0, position = 0, changes = 0, full = 0, fifth, sixth] = parameters
  const relative = textAt(strings, name | 0)
  if (name === 0 || fifth !== 0 || sixth !== 0 || relative === '') return undefined
  const told = full !== 0 && textAt(strings, full | 0) === `$INSTDIR\\${relative}`
  if (!told && id !== UNINSTALLER.first) return undefined
  return { path: pathOf(strings, name | 0, ''), position, ...(changes > 0 && { uninstaller: true as const }) }
}

function pathOf(strings: Strings, index: number, directory: string): string {
  const name = textAt(strings, index)
  const leading = leadingVariable(strings, index)
  const isAbsolute = (leading && ABSOLUTE.has(leading.variable)) || /^(\\\\|[A-Za-z]:)/.test(name)
  const whole = isAbsolute || directory === '' ? name : `${directory}\\${name || 'file'}`
  return whole.replace(/^\$INSTDIR\\+/i, '').replace(/\\+/g, '/') || 'file'
}

function distinct(files: readonly ScriptFile[]): readonly ScriptFile[] {
  const seen = new Set<string>()
  return files.filter(({ path, position }) => {
    const key = `${position} ${path}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
