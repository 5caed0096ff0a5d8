import { closeSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import type { ReleaseImage } from '@messlatte/model'
import { encodePath, type ReleaseFile, type ReleaseMember } from '@messlatte/unpack'
import { CliError } from '../errors.ts'
import {
  type DirectoryEntry,
  listDirectory,
  looksLikeRootFileSystem,
  STREAMED,
  streamMembers,
} from './directory.ts'
import { flasherFiles } from './flasher-args.ts'
import { openForReading, openRegularFile } from './open.ts'

/** A release as the sandbox takes it: open files, and streamed members of directories. */
export interface Release {
  readonly files: readonly Omit<ReleaseFile, 'descriptor'>[]
  readonly descriptors: readonly number[]
  readonly members: (() => Iterable<ReleaseMember>) | undefined
  /** What was handed in, once the sandbox has told the digests of the files. */
  readonly images: (digests: readonly string[]) => readonly ReleaseImage[]
  readonly close: () => void
}

/** Open descriptors that a release may need; more files than that are streamed. */
const MOST_OPEN = 128

interface Collecting {
  readonly files: { file: Omit<ReleaseFile, 'descriptor'>; descriptor: number; shown: string }[]
  readonly trees: { name: string; size: number; stream: ReturnType<typeof streamMembers> }[]
  readonly names: Map<string, number>
}

/** @throws CliError that names the file */
export function collectRelease(paths: readonly string[]): Release {
  const collecting: Collecting = { files: [], trees: [], names: new Map() }
  for (const path of paths) collectPath(collecting, path)
  const { files, trees } = collecting
  return {
    files: files.map((one) => one.file),
    descriptors: files.map((one) => one.descriptor),
    members: trees.length === 0 ? undefined : () => trees.values().flatMap((tree) => tree.stream.members()),
    images: (digests) => [
      ...files.map(({ file, shown }, index) => ({
        name: shown,
        size: file.size,
        sha256: digests[index] ?? '',
      })),
      ...trees.map(({ name, size, stream }) => ({ name, size, sha256: stream.digest() })),
    ],
    close: () => {
      for (const { descriptor } of files) closeSync(descriptor)
    },
  }
}

function collectPath(collecting: Collecting, path: string): void {
  const { descriptor, stats } = openForReading(path)
  closeSync(descriptor)
  if (stats.isDirectory()) {
    collectDirectory(collecting, path)
    return
  }
  const flasher = stats.isFile() ? flasherFiles(path) : undefined
  for (const file of flasher ?? [{ path, name: basename(path) }])
    addFile(collecting, file.path, file.name, '')
}

function collectDirectory(collecting: Collecting, path: string): void {
  const directory = unusedName(collecting, nameOf(basename(resolve(path))))
  const entries = listDirectory(path)
  const regular = entries.filter(({ stats }) => stats.isFile() && stats.size > 0)
  if (regular.length === 0)
    throw new CliError('empty', {
      en: `${path}: holds no file, so there is nothing to check`,
      de: `${path}: enthält keine Datei, also gibt es nichts zu prüfen`,
    })
  const tree = looksLikeRootFileSystem(entries)
  const opened = (entry: DirectoryEntry) =>
    entry.stats.isFile() &&
    (entry.stats.size > STREAMED || (!tree && entry.stats.size > 0 && regular.length <= MOST_OPEN))
  for (const entry of entries.filter(opened)) {
    addFile(collecting, entry.path, Buffer.from(entry.name, 'latin1').toString('utf8'), directory)
  }
  const streamed = entries.filter((entry) => !opened(entry))
  if (!tree && !streamed.some(({ stats }) => stats.isFile() && stats.size > 0)) return
  const size = streamed.reduce((sum, { stats }) => sum + (stats.isFile() ? stats.size : 0), 0)
  collecting.trees.push({ name: `${directory}/`, size, stream: streamMembers(directory, streamed) })
}

function addFile(collecting: Collecting, path: string, byteName: string, directory: string): void {
  const { descriptor, size } = openRegularFile(path)
  const name = directory === '' ? unusedName(collecting, nameOf(byteName)) : nameOf(byteName)
  const shown = directory === '' ? name : `${directory}/${name}`
  collecting.files.push({ file: { name, directory, size }, descriptor, shown })
}

function nameOf(name: string): string {
  return encodePath(Buffer.from(name, 'utf8').toString('latin1')) || 'release'
}

/** Two files of one base name must not share a nest path. */
function unusedName(collecting: Collecting, name: string): string {
  const count = (collecting.names.get(name) ?? 0) + 1
  collecting.names.set(name, count)
  return count === 1 ? name : `${name}#${count}`
}
