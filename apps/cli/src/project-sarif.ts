import { existsSync } from 'node:fs'
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { writeProjectSarif } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import type { Project } from './project.ts'
import { readTextFile } from './text-file.ts'
import { TOOL } from './tool.ts'

const NAMES = ['ics.json', 'ixit.json', 'self-assessment.json', 'dut.json', 'documents.json']
const MOST_FILE = 16 * 1024 * 1024

/** The findings of a folder as SARIF; addresses are relative to where this runs, and tell nothing of what lies above. */
export function projectSarif(folder: string, project: Project, language: Language): string {
  const from = relative(process.cwd(), folder)
  const above = from.startsWith('..') || isAbsolute(from)
  const parts = above ? [basename(resolve(folder))] : from.split(sep).filter((part) => part !== '')
  const present = NAMES.filter((name) => existsSync(join(folder, name)))
  const texts = present.map((name) => [
    name,
    {
      uri: [...parts, name].map((part) => encodeURIComponent(part.toWellFormed())).join('/'),
      text: readTextFile(join(folder, name), MOST_FILE),
    },
  ])
  return writeProjectSarif({ ...project, tool: TOOL, texts: Object.fromEntries(texts) }, language)
}
