import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import type { BundleFile } from '@messlatte/exchange'
import { CliError } from './errors.ts'

/** Files of a project folder by name; whatever else lies there (a signing key, say) is never taken along. */
const NAMES = [
  'README.md',
  'project.json',
  'ics.json',
  'ixit.json',
  'dut.json',
  'self-assessment.json',
  'documents.json',
  'decisions.json',
  'origins.json',
  'waivers.json',
  'papers.json',
] as const

/**
 * What a project folder holds, below `project/`: its own files, the documents, the stored results and the profiles of its user
 * that `project.json` names. Links are not followed: what they lead to may be anything.
 */
export function projectFiles(
  folder: string,
  profiles: readonly string[],
  mostBytes: number,
): readonly BundleFile[] {
  const names = [
    ...NAMES.filter((name) => existsSync(join(folder, name))),
    ...profiles.filter((name) => name.endsWith('.json')).map((name) => inside(folder, name)),
    ...below(folder, 'documents'),
    ...below(folder, 'results').filter((name) => name.endsWith('.json')),
  ]
  let room = mostBytes
  return [...new Set(names)].map((name) => {
    const path = join(folder, name)
    const about = lstatSync(path)
    if (!about.isFile())
      throw new CliError('bad-file', {
        en: `${path}: is no regular file, so it is not bundled`,
        de: `${path}: ist keine gewöhnliche Datei und wird nicht gebündelt`,
      })
    room -= about.size
    if (room < 0)
      throw new CliError('bad-file', {
        en: `${folder}: holds more than ${mostBytes} bytes`,
        de: `${folder}: enthält mehr als ${mostBytes} Byte`,
      })
    return { name: `project/${name}`, content: readFileSync(path) }
  })
}

function inside(folder: string, name: string): string {
  const path = normalize(name).replaceAll('\\', '/')
  if (path.startsWith('../') || path.startsWith('/') || !existsSync(join(folder, path)))
    throw new CliError('bad-file', {
      en: `${name}: is not inside of ${folder}, so it cannot be bundled`,
      de: `${name}: liegt nicht in ${folder} und kann nicht gebündelt werden`,
    })
  return path
}

function below(folder: string, name: string): readonly string[] {
  if (!existsSync(join(folder, name))) return []
  return readdirSync(join(folder, name), { withFileTypes: true })
    .filter((entry) => !entry.name.startsWith('.'))
    .flatMap((entry) =>
      entry.isDirectory() ? below(folder, `${name}/${entry.name}`) : [`${name}/${entry.name}`],
    )
}
