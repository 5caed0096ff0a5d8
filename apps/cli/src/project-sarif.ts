import { existsSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { writeProjectSarif } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import type { Project } from './project.ts'
import { readTextFile } from './text-file.ts'
import { TOOL } from './tool.ts'

const NAMES = ['ics.json', 'ixit.json', 'self-assessment.json', 'dut.json', 'documents.json']
const MOST_FILE = 16 * 1024 * 1024

/**
 * The findings of a folder as SARIF; addresses are relative to where this runs, and tell nothing of what lies above.
 * @param home the folder's address, where it is to be another one
 */
export function projectSarif(folder: string, project: Project, language: Language, home?: string): string {
  const addressOf = (path: string) => {
    if (home !== undefined && !above(folder, path)) return `${home}/${uriFrom(folder, path)}`
    return home === undefined ? uriFrom(process.cwd(), path) : uriFrom(folder, path)
  }
  const present = NAMES.filter((name) => existsSync(join(folder, name)))
  const texts = present.map((name) => [
    name,
    {
      uri:
        home === undefined && above(process.cwd(), folder)
          ? uriFrom(dirname(resolve(folder)), join(folder, name))
          : addressOf(join(folder, name)),
      text: readTextFile(join(folder, name), MOST_FILE),
    },
  ])
  const uriOf = (file: string) => addressOf(resolve(folder, file))
  return writeProjectSarif({ ...project, tool: TOOL, texts: Object.fromEntries(texts), uriOf }, language)
}

/** Relative where it lies below, else its name alone. */
function uriFrom(base: string, path: string): string {
  const parts = above(base, path) ? [basename(path)] : relative(base, path).split(sep)
  return parts.map((part) => encodeURIComponent(part.toWellFormed())).join('/')
}

function above(base: string, path: string): boolean {
  const from = relative(base, path)
  return from.startsWith('..') || isAbsolute(from)
}
