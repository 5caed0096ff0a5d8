import type { ReleaseImage, Unpacked } from '@messlatte/model'
import { visible } from '@messlatte/report'
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
  readonly files: readonly ReleaseImage[]
  readonly entries: readonly ListedEntry[]
  readonly skipped?: readonly SkippedEntry[]
  readonly unpacked: Unpacked
}

/** What is inside, a line each; or, when it was written, what was not written as the image has it. */
export function listText(told: Told, folder: string | undefined): string {
  const lines = folder === undefined ? told.entries.map(entryLine) : (told.skipped ?? []).map(skippedLine)
  const { files, bytes, unknownBytes, damage, limits } = told.unpacked
  lines.push(
    `${files} ${files === 1 ? 'file' : 'files'}, ${bytes} bytes inside, ${unknownBytes} bytes that no format claims`,
  )
  for (const note of damage) lines.push(`damaged: ${visible(note.path)}: ${note.message}`)
  for (const hit of limits)
    lines.push(`limit: ${hit.path === '' ? '' : `${visible(hit.path)}: `}${hit.text.en}`)
  if (folder !== undefined) lines.push(`written to ${folder}`)
  return `${lines.join('\n')}\n`
}

function entryLine(entry: ListedEntry): string {
  const owner = entry.uid === null ? '-' : `${entry.uid}/${entry.gid}`
  const link = entry.target === null ? '' : ` -> ${visible(entry.target)}`
  const format = entry.format === null ? '' : ` [${entry.format}]`
  return `${LETTERS[entry.type]}${modeText(entry.mode)} ${owner.padStart(11)} ${String(entry.size).padStart(11)} ${visible(entry.path)}${link}${format}`
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

const REASONS: Readonly<Record<SkippedEntry['reason'], string>> = {
  device: 'left out, a device, pipe or socket',
  'link-leads-outside': 'left out, a link that leads out of the folder',
  'link-made-relative': 'written as a relative link',
  'name-taken': 'left out, its name was taken by an entry before it',
  'name-not-possible': 'left out, a name that this file system does not take',
  'name-changed': 'written under another name, its own leads elsewhere or is too long',
  'hard-link-target-missing': 'left out, a hard link to something that is not there',
  'disk-full': 'left out, the disk is full',
}

function skippedLine(entry: SkippedEntry): string {
  return `${REASONS[entry.reason]}: ${visible(entry.path)}`
}
