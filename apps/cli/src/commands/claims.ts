import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { basename, isAbsolute, join, relative, sep } from 'node:path'
import {
  CellTooLong,
  type ClaimChange,
  type ClaimOrigins,
  problemText,
  readProjectFile,
  updateClaims,
  writeClaimsJson,
  writeClaimsMarkdown,
  writeClaimsWorkbook,
} from '@messlatte/exchange'
import type { ClaimSet, Edition, Language } from '@messlatte/model'
import { readProjectClaims, readProjectOrigins, writeProjectClaims } from '../claims/project-claims.ts'
import { readClaims } from '../claims/read.ts'
import { CliError, cannotBeWritten, notEmpty } from '../errors.ts'
import { output } from '../output.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'

export interface ClaimsImportFlags {
  readonly into: string
  readonly edition?: Edition
  readonly dryRun: boolean
  readonly lang: Language
}

export interface ClaimsExportFlags {
  readonly xlsx?: string
  readonly json?: string
  readonly markdown?: string
  readonly edition?: Edition
}

/** Takes claims of a supplier into a project folder, or says what is wrong with them; never half of them. */
export function claimsImportCommand(paths: readonly string[], flags: ClaimsImportFlags): number {
  const { into, dryRun, lang } = flags
  if (!existsSync(join(into, 'project.json')))
    throw new CliError('not-found', {
      en: `${into}: holds no project.json; messlatte init ${into} makes one`,
      de: `${into}: enthält keine project.json; messlatte init ${into} legt eine an`,
    })
  refuseProblems(() =>
    readProjectFile(join(into, 'project.json'), readTextFile(join(into, 'project.json'), 16_000_000)),
  )
  const before = readProjectClaims(into)
  const filled = before.ics.length + before.groups.length + Object.values(before.tables).flat().length > 0
  const read = readClaims(paths, flags.edition ?? null, before.edition)
  for (const problem of read.problems) process.stderr.write(`messlatte: ${problemText(problem, lang)}\n`)
  if (!read.claims)
    throw new CliError('bad-file', {
      en: `nothing was taken over; ${read.problems.length} to mend first`,
      de: `nichts wurde übernommen; zuerst ${read.problems.length} beheben`,
    })
  if (filled && before.edition !== read.claims.edition)
    throw new CliError('bad-file', {
      en: `${into} has claims about ${before.edition}, and these are about ${read.claims.edition}; take them into a folder of their own`,
      de: `${into} enthält Angaben zu ${before.edition}, diese sind zu ${read.claims.edition}; in einen eigenen Ordner übernehmen`,
    })
  const { claims, changes } = updateClaims({ ...before, edition: read.claims.edition }, read.claims)
  process.stdout.write(changesText(read.files.length, read.others, changes, dryRun, lang))
  if (!dryRun) {
    const origins = { ...readProjectOrigins(into, before), ...seenFrom(into, read.origins) }
    writeProjectClaims(into, claims, origins, lang)
  }
  return 0
}

/** Files as the folder sees them: it may be moved together with them, and on another machine lie elsewhere. */
function seenFrom(folder: string, origins: ClaimOrigins): ClaimOrigins {
  return Object.fromEntries(
    Object.entries(origins).map(([key, { file, ...place }]) => {
      const path = relative(folder, file)
      return [key, { file: isAbsolute(path) ? basename(file) : path.split(sep).join('/'), ...place }]
    }),
  )
}

/** Writes claims of a project folder, or of files, in the forms that others read. */
export function claimsExportCommand(paths: readonly string[], flags: ClaimsExportFlags): number {
  const claims = claimsOf(paths, flags.edition ?? null)
  if (flags.xlsx === undefined && flags.json === undefined && flags.markdown === undefined)
    throw new CliError('bad-option', {
      en: 'say where to: --xlsx FILE, --markdown DIR or --json FILE',
      de: 'sagen, wohin: --xlsx DATEI, --markdown ORDNER oder --json DATEI',
    })
  if (flags.xlsx !== undefined) output(flags.xlsx, workbook(claims))
  if (flags.json !== undefined) output(flags.json, writeClaimsJson(claims))
  if (flags.markdown !== undefined) writeMarkdown(flags.markdown, claims)
  return 0
}

function claimsOf(paths: readonly string[], edition: Edition | null): ClaimSet {
  const [first] = paths
  if (paths.length === 1 && first !== undefined && existsSync(join(first, 'project.json')))
    return readProjectClaims(first)
  const { claims, problems } = readClaims(paths, edition)
  for (const problem of problems) process.stderr.write(`messlatte: ${problemText(problem, 'en')}\n`)
  if (!claims)
    throw new CliError('bad-file', {
      en: `nothing was written; ${problems.length} to mend first`,
      de: `nichts wurde geschrieben; zuerst ${problems.length} beheben`,
    })
  return claims
}

function workbook(claims: ClaimSet): Uint8Array {
  try {
    return writeClaimsWorkbook(claims)
  } catch (error) {
    if (error instanceof CellTooLong) throw new CliError('bad-file', error.text, error)
    throw error
  }
}

function writeMarkdown(folder: string, claims: ClaimSet): void {
  if (existsSync(folder) && (!statSync(folder).isDirectory() || readdirSync(folder).length > 0))
    throw new CliError('not-writable', notEmpty(folder))
  try {
    mkdirSync(folder, { recursive: true })
    for (const [name, text] of Object.entries(writeClaimsMarkdown(claims)))
      writeFileSync(join(folder, name), text)
  } catch (cause) {
    throw new CliError('not-writable', cannotBeWritten(folder), cause)
  }
}

const SAY = {
  parts: {
    identification: { en: 'DUT Identification', de: 'Angaben zum Produkt' },
    securityContext: { en: 'Security Context', de: 'Sicherheitsumfeld' },
    conditions: { en: 'Conditions', de: 'Bedingungen' },
    ics: { en: 'ICS rows', de: 'ICS-Zeilen' },
    tables: { en: 'IXIT tables', de: 'IXIT-Tabellen' },
    groups: { en: 'Test groups', de: 'Prüfgruppen' },
    summaries: { en: 'Summary rows', de: 'Übersichtszeilen' },
  },
  readOne: { en: 'file with claims', de: 'Datei mit Angaben' },
  read: { en: 'files with claims', de: 'Dateien mit Angaben' },
  others: { en: 'without any that are known', de: 'ohne solche, die bekannt sind' },
  added: { en: 'new', de: 'neu' },
  changed: { en: 'changed', de: 'geändert' },
  same: { en: 'as before', de: 'wie zuvor' },
  dry: { en: 'Nothing was written (--dry-run).', de: 'Nichts wurde geschrieben (--dry-run).' },
} as const

const MOST_NAMES = 12

function changesText(
  files: number,
  others: readonly string[],
  changes: readonly ClaimChange[],
  dryRun: boolean,
  lang: Language,
): string {
  const names = (list: readonly string[]) =>
    list.length === 0
      ? ''
      : ` (${list.slice(0, MOST_NAMES).join(', ')}${list.length > MOST_NAMES ? ', …' : ''})`
  return [
    `${files} ${(files === 1 ? SAY.readOne : SAY.read)[lang]}${others.length > 0 ? `, ${others.length} ${SAY.others[lang]}${names(others)}` : ''}`,
    ...changes
      .filter(({ added, changed, same }) => added.length + changed.length + same > 0)
      .map(({ part, added, changed, same }) =>
        [
          `${SAY.parts[part][lang]}: ${added.length} ${SAY.added[lang]}`,
          `${changed.length} ${SAY.changed[lang]}${names(changed)}`,
          `${same} ${SAY.same[lang]}`,
        ].join(', '),
      ),
    ...(dryRun ? [SAY.dry[lang]] : []),
    '',
  ].join('\n')
}
