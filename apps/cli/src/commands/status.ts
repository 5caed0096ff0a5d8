import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { digestOf } from '@messlatte/conformity'
import { GTIN_PROBLEMS, openStatus, statusText, writeStatus } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import {
  assessFinding,
  mismatches,
  type PlanRow,
  type ReleaseStatus,
  type RuleAnswer,
  readGtin,
} from '@messlatte/portfolio'
import { productName, qrSvg, qrTerminal, renderStatus } from '@messlatte/report'
import { CliError, cannotBeRead } from '../errors.ts'
import { parseDay, today } from '../options.ts'
import { output } from '../output.ts'
import { type Loaded, loadPlan, type PortfolioFlags } from '../portfolio/load.ts'
import { readSigningKey, readTrustedKeys } from '../signing-key.ts'
import { terminalOptions } from '../terminal.ts'
import { readTextFile, refuseProblems } from '../text-file.ts'

const MOST_STATUS = 1024 * 1024

export interface StatusSignFlags extends PortfolioFlags {
  readonly product: string
  readonly batch?: string
  readonly by: string
  readonly key: string
  readonly from?: string
  readonly until: string
  readonly output: string
  readonly text?: string
  readonly qr?: string
  readonly show: boolean
}

/** Signs the status of one batch as the plan has it, for whoever buys it. */
export function statusSignCommand(path: string, flags: StatusSignFlags): number {
  const key = readSigningKey(flags.key)
  const loaded = loadPlan(path, flags)
  const row = rowOf(loaded, flags)
  const validFrom = flags.from === undefined ? loaded.plan.asOf : parseDay('--from', flags.from)
  const validUntil = parseDay('--until', flags.until)
  if (validUntil < validFrom)
    throw new CliError('bad-option', {
      en: `--until ${validUntil}: lies before ${validFrom}, from which it is valid`,
      de: `--until ${validUntil}: liegt vor ${validFrom}, ab dem er gilt`,
    })
  const status = statusOf(row, loaded, flags.by, validFrom, validUntil)
  const envelope = writeStatus(status, key)
  const text = statusText(envelope)
  output(flags.output, envelope)
  if (flags.text !== undefined) output(flags.text, `${text}\n`)
  if (flags.qr !== undefined)
    output(
      flags.qr,
      qrOf(text, () => qrSvg(text, status.product)),
    )
  if (flags.show) {
    const { colour } = terminalOptions(flags.lang)
    process.stdout.write(qrOf(text, () => qrTerminal(text, colour)))
  }
  return 0
}

/** A QR code of the largest version holds 2,331 bytes at the level of correction that we use (ISO/IEC 18004, table 7). */
const MOST_QR = 2331

function qrOf(text: string, draw: () => string): string {
  if (text.length > MOST_QR)
    throw new CliError('bad-option', {
      en: `the status has ${text.length} characters, and a QR code holds ${MOST_QR}; hand over the file or the text`,
      de: `der Status hat ${text.length} Zeichen, und ein QR-Code fasst ${MOST_QR}; die Datei oder den Text weitergeben`,
    })
  return draw()
}

function rowOf({ plan }: Loaded, { product, batch }: StatusSignFlags): PlanRow {
  const rows = plan.rows.filter(
    ({ sku, variant, supply }) =>
      (sku.id === product || sku.gtin === product || variant.model === product) &&
      (batch === undefined || supply.batch === batch),
  )
  const [row] = rows
  if (row && rows.length === 1) return row
  throw new CliError('bad-option', {
    en:
      rows.length === 0
        ? `--product ${product}${batch === undefined ? '' : ` --batch ${batch}`}: no row is about it`
        : `--product ${product}: rows ${rows.map(({ supply }) => supply.row).join(', ')} are about it; name one with --batch (${rows.map(({ supply }) => supply.batch ?? '-').join(', ')})`,
    de:
      rows.length === 0
        ? `--product ${product}${batch === undefined ? '' : ` --batch ${batch}`}: keine Zeile betrifft es`
        : `--product ${product}: die Zeilen ${rows.map(({ supply }) => supply.row).join(', ')} betreffen es; eine mit --batch nennen (${rows.map(({ supply }) => supply.batch ?? '-').join(', ')})`,
  })
}

function statusOf(
  row: PlanRow,
  { plan, rules, findingOf }: Loaded,
  by: string,
  validFrom: string,
  validUntil: string,
): ReleaseStatus {
  const { supply, sku, variant, eligibility, modules } = row
  const seen = modules.map((module) => ({ module, finding: findingOf(module, variant.model) }))
  const files = seen.flatMap(({ module, finding }) => {
    const digests = module.release.sha256 === null ? (finding?.digests ?? []) : [module.release.sha256]
    const name = [module.name, module.release.version].filter((part) => part !== null).join(' ')
    return [...new Set(digests)].map((sha256) => ({ name, sha256 }))
  })
  if (files.length === 0)
    throw new CliError('bad-option', {
      en: `row ${supply.row}: no release is known by its digest; a status is about files, so write their SHA-256 into the portfolio or check them`,
      de: `Zeile ${supply.row}: keine Firmware ist mit ihrer Prüfsumme bekannt; ein Status handelt von Dateien, also deren SHA-256 in das Portfolio schreiben oder sie prüfen`,
    })
  const passed = seen.map(({ finding }) =>
    assessFinding(finding, variant.traits, rules, plan.asOf)
      .provisions.filter(({ baseline }) => baseline.verdict === 'pass')
      .map(({ id }) => id),
  )
  const inAll = (passed[0] ?? []).filter((id) => passed.every((ids) => ids.includes(id)))
  return {
    by,
    product: productName(row),
    files,
    gtin: sku.gtin,
    batch: supply.batch,
    serials: supply.serials,
    market: supply.market,
    answer: eligibility.answer,
    rules: eligibility.rules.flatMap(({ rule, standing, answer }) => {
      const profile = plan.rules.find(({ id }) => id === rule)
      return profile
        ? [{ id: rule, version: profile.version, digest: digestOf(profile), standing, answer }]
        : []
    }),
    properties: [
      ...inAll.map((id) => `MESSLATTE_BASELINE_${id}_DECIDED_PASS`),
      ...eligibility.rules.flatMap(propertyOf),
    ],
    asOf: plan.asOf,
    validFrom,
    validUntil,
  }
}

/** Of a rule that only does not look at these units yet nothing is said: a buyer would take it for a clearance. */
function propertyOf({ rule, answer, reasons }: RuleAnswer): readonly string[] {
  if (answer === 'outside') return [`MESSLATTE_${rule}_OUTSIDE`.toUpperCase()]
  const looked = reasons.every(({ code }) => code !== 'far-before')
  return answer === 'no-obstacle' && looked ? [`MESSLATTE_${rule}_NO_OBSTACLE_FOUND`.toUpperCase()] : []
}

export interface StatusVerifyFlags {
  readonly trust: readonly string[]
  readonly on?: string
  readonly gtin?: string
  readonly batch?: string
  readonly file?: string
  readonly json: boolean
  readonly lang: Language
}

/** 0 signed by a trusted key, in its time and about what was named; 1 signed, and not about it; 2 not signed by a trusted key. */
export async function statusVerifyCommand(path: string, flags: StatusVerifyFlags): Promise<number> {
  if (flags.trust.length === 0)
    throw new CliError('bad-option', {
      en: 'status verify: name the public key of the maker with --trust KEY',
      de: 'status verify: den öffentlichen Schlüssel des Herstellers mit --trust SCHLÜSSEL nennen',
    })
  const trusted = readTrustedKeys(flags.trust)
  const text = path.startsWith('MESSLATTE-STATUS:') ? path : readTextFile(path, MOST_STATUS)
  const name = path.startsWith('MESSLATTE-STATUS:') ? 'MESSLATTE-STATUS' : path
  const { status, fingerprint } = refuseProblems(() => openStatus(name, text, trusted))
  const gtin = flags.gtin === undefined ? undefined : gtinOf(flags.gtin)
  const sha256 = flags.file === undefined ? undefined : await digestOfFile(flags.file)
  const doubts = mismatches(status, {
    on: flags.on === undefined ? today('Europe/Berlin') : parseDay('--on', flags.on),
    ...(gtin !== undefined && { gtin }),
    ...(flags.batch !== undefined && { batch: flags.batch }),
    ...(sha256 !== undefined && { sha256 }),
  })
  process.stdout.write(
    flags.json
      ? `${JSON.stringify({ holds: doubts.length === 0, doubts, fingerprint, status }, null, 2)}\n`
      : renderStatus(status, fingerprint, doubts, terminalOptions(flags.lang)),
  )
  return doubts.length === 0 ? 0 : 1
}

function gtinOf(written: string): string {
  const read = readGtin(written)
  if ('gtin' in read) return read.gtin
  const { en, de } = GTIN_PROBLEMS[read.problem]
  throw new CliError('bad-option', { en: `--gtin ${written}: ${en}`, de: `--gtin ${written}: ${de}` })
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
  } catch (cause) {
    throw new CliError('not-found', cannotBeRead(`--file ${path}`), cause)
  }
  return hash.digest('hex')
}
