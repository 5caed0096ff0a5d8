import { type ClaimFinding, originText } from '@messlatte/conformity'
import type { Claim, Edition, Text } from '@messlatte/model'
import { Sheet, type TerminalOptions } from '../terminal/sheet.ts'
import { LABEL, SAY_PAPERS } from './layout.ts'

export interface ClaimsReport {
  readonly edition: Edition
  readonly files: number
  readonly claims: readonly Claim[]
  readonly findings: readonly ClaimFinding[]
}

const MOST_FINDINGS = 500

const SAY = {
  edition: { en: 'Edition', de: 'Ausgabe' },
  files: { en: 'Files', de: 'Dateien' },
  claims: { en: 'Claims', de: 'Angaben' },
  fine: {
    en: 'Nothing in them contradicts itself, is missing or is still to come. That says nothing about the product.',
    de: 'Nichts darin widerspricht sich, fehlt oder steht noch aus. Über das Produkt sagt das nichts.',
  },
  last: {
    en: 'These findings are about papers, not about the product.',
    de: 'Diese Befunde betreffen Papiere, nicht das Produkt.',
  },
} as const satisfies Readonly<Record<string, Text>>

/** What does not hold together in claims, for a terminal. */
export function renderClaims(
  { edition, files, claims, findings }: ClaimsReport,
  options: TerminalOptions,
): string {
  const sheet = new Sheet(options)
  const support = (['Y', 'N', 'N/A'] as const)
    .map((word) => `${word} ${claims.filter((one) => one.support === word).length}`)
    .join(' · ')
  sheet.field(sheet.say(SAY.edition), edition, 0, LABEL)
  sheet.field(sheet.say(SAY.files), String(files), 0, LABEL)
  sheet.field(sheet.say(SAY.claims), support, 0, LABEL)
  if (findings.length > 0) sheet.heading(`${sheet.say(SAY_PAPERS)} (${findings.length})`)
  sheet.list(findings, MOST_FINDINGS, 2, (finding) => writeFinding(sheet, finding))
  sheet.blank()
  sheet.paragraph(sheet.say(findings.length === 0 ? SAY.fine : SAY.last), 0, '', 'strong')
  return sheet.text()
}

/** What is wrong, and where it stands in the supplier's own file. */
export function writeFinding(sheet: Sheet, { about, text, origin }: ClaimFinding): void {
  const place = origin === undefined ? '' : ` [${originText(origin)[sheet.language]}]`
  sheet.field(about, `${text[sheet.language]}${place}`, 2, LABEL)
}
