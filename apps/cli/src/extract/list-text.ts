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

/** What is inside, a line each; or, when it was written, what was not written as it is. */
export function listText(told: Told, folder: string | undefined): string {
  const lines = folder === undefined ? told.entries.map(entryLine) : (told.skipped ?? []).map(skippedLine)
  const { files, bytes, unknownBytes, damage, limits } = told.unpacked
  lines.push(`${files} files, ${bytes} bytes inside, ${unknownBytes} bytes that no format claims`)
  for (const note of damage) lines.push(`damaged: ${visible(note.path)}: ${note.message}`)
  for (const hit of limits) lines.push(`limit: ${visible(hit.path)}: ${hit.text.en}`)
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

function skippedLine(entry: SkippedEntry): string {
  return `not written as it is (${entry.reason}): ${visible(entry.path)}`
}
