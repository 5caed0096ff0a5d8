import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, extname, join } from 'node:path'
import { EN303645_2020, PROFILE_IDS } from '@messlatte/conformity'
import { csvTable, newProject, type ReturnedAnswer, readAnswers, sheetTable } from '@messlatte/exchange'
import type { Language, Text } from '@messlatte/model'
import type { Module, RequestLine } from '@messlatte/portfolio'
import type { TakenAnswers } from '@messlatte/report'
import { readWorkbookInSandbox } from '../claims/sandboxed-workbook.ts'
import { CliError, noSuchPath, tooLarge } from '../errors.ts'
import { isPack } from '../portfolio/pack.ts'

const MOST_FILES = 1000
const MOST_DEPTH = 4
const MOST_FILE = 256 * 1024 * 1024
const MOST_TABLE = 32 * 1024 * 1024
const EDITION = 'en303645-2020'

/**
 * Takes a returned workbook, or a folder with it and with files, into conformity folders below `results`, one for each module.
 * Claims become rows of the ICS table, files become documents; nothing of a stranger is run, and only names of files that lie there
 * are followed.
 */
export function takeAnswers(
  returned: string,
  lines: readonly RequestLine[],
  results: string,
  sourceOf: (module: Module) => string | undefined,
  language: Language,
): TakenAnswers {
  const files = filesOf(returned, 0)
  const { answers, problems } = readAll(files)
  const byKey = new Map(lines.map((line) => [line.key, line] as const))
  const taken = { claims: 0, documents: 0 }
  const releases: TakenAnswers['releases'][number][] = []
  const shown = new Set<string>()
  for (const answer of answers) {
    const line = byKey.get(answer.key)
    if (!line) {
      problems.push({
        en: `row ${answer.row}: ${answer.key} is no line of what is missing now`,
        de: `Zeile ${answer.row}: ${answer.key} ist keine Zeile dessen, was jetzt fehlt`,
      })
      continue
    }
    const folder = folderOf(results, line, lines, sourceOf, language)
    if (answer.answer !== null && isProvision(line)) {
      writeClaim(folder, line, answer)
      taken.claims++
    } else if (saysMore(line, answer)) problems.push(notTaken(line, answer))
    if (answer.file === null) continue
    const file = fileNamed(files, answer.file)
    if (file === undefined) {
      problems.push({
        en: `row ${answer.row}: the file ${answer.file} did not come along`,
        de: `Zeile ${answer.row}: Die Datei ${answer.file} liegt nicht bei`,
      })
      continue
    }
    shown.add(line.key)
    if (line.rule === null && !isPack(file)) {
      const result = join(folder, 'results', `${basename(file, extname(file))}.json`)
      if (!releases.some((one) => one.file === file)) releases.push({ file, module: line.module, result })
      continue
    }
    writeDocument(folder, line, answer, file)
    taken.documents++
  }
  const told = new Set(answers.map(({ key }) => key))
  return {
    ...taken,
    releases,
    problems,
    silent: lines.filter(({ key }) => !told.has(key)),
    bare: lines.filter(({ key }) => told.has(key) && !shown.has(key)),
  }
}

/** The ICS table holds Y, N or N/A on provisions of EN 303 645 alone: whoever wrote anything else must not think that it is stored. */
function notTaken(line: RequestLine, { row }: ReturnedAnswer): Text {
  if (line.rule === null)
    return {
      en: `row ${row}: what was written in place of the firmware was not taken over; a release or an evidence pack is asked for`,
      de: `Zeile ${row}: Was anstelle der Firmware geschrieben wurde, ist nicht übernommen; gefragt ist ein Firmwarestand oder ein Evidenzpaket`,
    }
  const number = `${line.rule} ${line.id}`
  if (isProvision(line))
    return {
      en: `row ${row}: what was written on ${number} was not taken over, since Y, N or N/A is missing beside it`,
      de: `Zeile ${row}: Was zu ${number} geschrieben wurde, ist nicht übernommen, weil Y, N oder N/A daneben fehlt`,
    }
  return {
    en: `row ${row}: the answer to ${number} was not taken over as a claim: the ICS table has rows of EN 303 645 only; what counts is a document with it, or what an assessor decides`,
    de: `Zeile ${row}: Die Antwort zu ${number} ist nicht als Angabe übernommen: Die ICS-Tabelle hat nur Zeilen der EN 303 645; es zählt ein Dokument dazu oder was ein Prüfer entscheidet`,
  }
}

/** A word beside the firmware itself, such as its version, is none that anybody would look for. */
function saysMore({ rule }: RequestLine, { answer, detail, file }: ReturnedAnswer): boolean {
  return rule === null ? file === null : answer !== null || detail !== ''
}

/** By its name; in whichever case it was typed, where no other file could be meant. */
function fileNamed(files: readonly string[], name: string): string | undefined {
  const alike = files.filter((one) => basename(one).toLowerCase() === name.toLowerCase())
  return alike.find((one) => basename(one) === name) ?? (alike.length === 1 ? alike[0] : undefined)
}

function filesOf(path: string, depth: number): readonly string[] {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (!stat) throw new CliError('not-found', noSuchPath(path))
  if (!stat.isDirectory()) return [path]
  if (depth >= MOST_DEPTH)
    throw new CliError('bad-file', { en: `${path}: lies too deep`, de: `${path}: liegt zu tief` })
  const found = readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isFile())
    .map(({ name }) => name)
    .sort()
    .flatMap((name) => filesOf(join(path, name), depth + 1))
  if (found.length > MOST_FILES)
    throw new CliError('bad-file', {
      en: `${path}: holds more than ${MOST_FILES} files`,
      de: `${path}: enthält mehr als ${MOST_FILES} Dateien`,
    })
  return found
}

function readAll(files: readonly string[]) {
  const answers: ReturnedAnswer[] = []
  const problems: Text[] = []
  let found = false
  for (const file of files) {
    const sheet = tableOf(file)
    const read = sheet && readAnswers(sheet)
    if (!read) continue
    found = true
    answers.push(...read.answers)
    for (const { row, text } of read.problems)
      problems.push({ en: `row ${row}: ${text.en}`, de: `Zeile ${row}: ${text.de}` })
  }
  if (!found)
    throw new CliError('bad-file', {
      en: 'none of what was returned is a workbook that messlatte request has written',
      de: 'nichts von dem, was zurückkam, ist eine Arbeitsmappe, die messlatte request geschrieben hat',
    })
  return { answers, problems }
}

function tableOf(file: string) {
  switch (extname(file).toLowerCase()) {
    case '.xlsx':
      return sheetTable(readWorkbookInSandbox(file))
    case '.csv':
      return statSync(file).size > MOST_TABLE ? undefined : csvTable(readFileSync(file))
    default:
      return undefined
  }
}

function isProvision({ rule, id }: RequestLine): boolean {
  return rule !== null && EN303645_2020.provisions.some((one) => one.id === id)
}

/** A folder for each module; a result that is known of its firmware is laid into a new one, so that it is found by its digest. */
function folderOf(
  results: string,
  { module }: RequestLine,
  lines: readonly RequestLine[],
  sourceOf: (module: Module) => string | undefined,
  language: Language,
): string {
  const known = sourceOf(module)
  if (known !== undefined && existsSync(join(known, 'project.json'))) return known
  const folder = join(results, slugOf(module))
  if (existsSync(join(folder, 'project.json'))) return folder
  mkdirSync(join(folder, 'documents'), { recursive: true })
  mkdirSync(join(folder, 'results'), { recursive: true })
  const rules = [...new Set(lines.flatMap(({ rule }) => rule ?? []))].filter((rule) =>
    PROFILE_IDS.includes(rule),
  )
  const profiles = rules.length > 0 ? rules : ['de-2027']
  for (const [name, text] of Object.entries(newProject(EDITION, profiles, language)))
    writeFileSync(join(folder, name), text)
  edit(folder, 'project.json', (project) => {
    project.product = {
      maker: module.supplier || null,
      model: module.name,
      hardware: null,
      firmware: module.release.version,
      batch: null,
    }
  })
  if (known !== undefined) copyFileSync(known, join(folder, 'results', 'known.json'))
  return folder
}

/** Letters and digits of the names, and a digest of the whole, so that no name leads anywhere else. */
function slugOf(module: Module): string {
  const plain = `${module.supplier}-${module.name}-${module.release.version ?? ''}`
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replaceAll(/^-|-$/g, '')
  return `${plain}-${createHash('sha256').update(module.id).digest('hex').slice(0, 8)}`
}

// biome-ignore lint/suspicious/noExplicitAny: a file of our own, checked when it is read for an assessment.
function edit(folder: string, name: string, change: (value: any) => void): void {
  const path = join(folder, name)
  const value = JSON.parse(readFileSync(path, 'utf8'))
  change(value)
  writeFileSync(path, `${JSON.stringify(value, null, 2)}\n`)
}

function writeClaim(folder: string, { id }: RequestLine, { answer, detail }: ReturnedAnswer): void {
  edit(folder, 'ics.json', (ics) => {
    ics.rows[id] = { ...ics.rows[id], support: answer, detail }
  })
}

function writeDocument(
  folder: string,
  { key, id, rule, module }: RequestLine,
  { file, issuer, until }: ReturnedAnswer,
  path: string,
): void {
  if (statSync(path).size > MOST_FILE) throw new CliError('bad-file', tooLarge(path, '256 MiB'))
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex')
  const stored = `${sha256.slice(0, 12)}-${(file ?? '').replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replaceAll('..', '_')}`
  mkdirSync(join(folder, 'documents'), { recursive: true })
  copyFileSync(path, join(folder, 'documents', stored))
  edit(folder, 'documents.json', (documents) => {
    const others = documents.filter((one: { id: string }) => one.id !== `request-${key}`)
    documents.splice(0, documents.length, ...others, {
      id: `request-${key}`,
      title: file,
      issuer: issuer ?? (module.supplier || '?'),
      file: stored,
      sha256,
      model: null,
      hardware: null,
      firmware: module.release.version,
      provisions: rule === null ? [] : [id],
      validFrom: null,
      validUntil: until,
    })
  })
}
