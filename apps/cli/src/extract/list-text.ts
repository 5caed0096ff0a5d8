import type { Language, Text, Unpacked } from '@messlatte/model'
import { damageText, pick, visible } from '@messlatte/report'
import type { ListedEntry } from '@messlatte/unpack'
import type { SkippedEntry } from './extraction.ts'

const LETTERS: Readonly<Record<ListedEntry['type'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  character: 'c',
  block: 'b',
  fifo: 'p',
  socket: 's',
  region: '@',
  unknown: '?',
}

interface Told {
  readonly entries: readonly ListedEntry[]
  readonly skipped?: readonly SkippedEntry[]
  readonly unpacked: Unpacked
}

const WORDS = {
  file: { en: 'file', de: 'Datei' },
  files: { en: 'files', de: 'Dateien' },
  inside: { en: 'bytes inside', de: 'Bytes darin' },
  unclaimed: { en: 'bytes that no format claims', de: 'Bytes, die zu keinem Format gehören' },
  damaged: { en: 'damaged', de: 'beschädigt' },
  limit: { en: 'limit', de: 'Grenze' },
  more: { en: 'more that are not listed', de: 'weitere, die nicht aufgeführt sind' },
  written: { en: 'written to', de: 'geschrieben nach' },
} as const satisfies Readonly<Record<string, Text>>

/** What is inside, a line each; or, when it was written, what was not written as the image has it. */
export function listText(told: Told, folder: string | undefined, language: Language): string {
  const word = (name: keyof typeof WORDS) => pick(WORDS[name], language)
  const lines =
    folder === undefined
      ? told.entries.map(entryLine)
      : (told.skipped ?? []).map((entry) => skippedLine(entry, language))
  const { files, bytes, unknownBytes, damage, limits, omitted } = told.unpacked
  const counted = `${files} ${word(files === 1 ? 'file' : 'files')}`
  lines.push(`${counted}, ${bytes} ${word('inside')}, ${unknownBytes} ${word('unclaimed')}`)
  for (const { path, message } of damage)
    lines.push(`${word('damaged')}: ${shortened(path)}: ${visible(damageText(message, language))}`)
  if (omitted?.damage) lines.push(`${word('damaged')}: ${omitted.damage} ${word('more')}`)
  for (const hit of limits)
    lines.push(
      `${word('limit')}: ${hit.path === '' ? '' : `${shortened(hit.path)}: `}${pick(hit.text, language)}`,
    )
  if (omitted?.limits) lines.push(`${word('limit')}: ${omitted.limits} ${word('more')}`)
  if (folder !== undefined) lines.push(`${word('written')} ${folder}`)
  return `${lines.join('\n')}\n`
}

/** Characters of a path in a line: of longer ones both ends are shown, and --json has them whole. */
const LONGEST_PATH = 240
const CUT = ' … '

/** What steers a terminal is shown, and the middle of a long path is left out. */
function shortened(path: string): string {
  const shown = [...visible(path)]
  if (shown.length <= LONGEST_PATH) return shown.join('')
  const left = LONGEST_PATH - CUT.length
  const before = Math.floor(left / 3)
  return `${shown.slice(0, before).join('')}${CUT}${shown.slice(before - left).join('')}`
}

function entryLine(entry: ListedEntry): string {
  const owner = entry.uid === null ? '-' : `${entry.uid}/${entry.gid}`
  const link = entry.target === null ? '' : ` -> ${shortened(entry.target)}`
  const format = entry.format === null ? '' : ` [${entry.format}]`
  return `${LETTERS[entry.type]}${modeText(entry.mode)} ${owner.padStart(11)} ${String(entry.size).padStart(11)} ${shortened(entry.path)}${link}${format}`
}

/** `rwxr-sr-t`, as ls writes it. */
function modeText(mode: number | null): string {
  if (mode === null) return '---------'
  const letters = [...'rwxrwxrwx'].map((letter, index) => (mode & (0o400 >> index) ? letter : '-'))
  const special: readonly [number, number, string][] = [
    [0o4000, 2, 's'],
    [0o2000, 5, 's'],
    [0o1000, 8, 't'],
  ]
  for (const [bit, at, letter] of special) {
    if (mode & bit) letters[at] = letters[at] === '-' ? letter.toUpperCase() : letter
  }
  return letters.join('')
}

const REASONS: Readonly<Record<SkippedEntry['reason'], Text>> = {
  device: {
    en: 'left out, a device, pipe or socket',
    de: 'ausgelassen, ein Gerät, eine Pipe oder ein Socket',
  },
  'link-leads-outside': {
    en: 'left out, a link that leads out of the folder',
    de: 'ausgelassen, ein Link, der aus dem Ordner hinausführt',
  },
  'link-made-relative': { en: 'written as a relative link', de: 'als relativer Link geschrieben' },
  'name-taken': {
    en: 'left out, its name was taken by an entry before it',
    de: 'ausgelassen, der Name war durch einen Eintrag davor vergeben',
  },
  'name-not-possible': {
    en: 'left out, a name that this file system does not take',
    de: 'ausgelassen, ein Name, den dieses Dateisystem nicht annimmt',
  },
  'name-changed': {
    en: 'written under another name, its own leads elsewhere or is too long',
    de: 'unter anderem Namen geschrieben, der eigene führt anderswohin oder ist zu lang',
  },
  'hard-link-target-missing': {
    en: 'left out, a hard link to something that is not there',
    de: 'ausgelassen, ein harter Link auf etwas, das es nicht gibt',
  },
  'disk-full': { en: 'left out, the disk is full', de: 'ausgelassen, der Datenträger ist voll' },
}

function skippedLine(entry: SkippedEntry, language: Language): string {
  return `${pick(REASONS[entry.reason], language)}: ${shortened(entry.path)}`
}
