import type {
  Language,
  MechanismChange,
  ReleaseSide,
  ReleaseStatement,
  ReleasesResult,
} from '@messlatte/model'
import { escapeInvisible } from '../result/visible-json.ts'
import { RELEASES_SCHEMA_ID } from './schema-id.ts'

/**
 * The one object of `messlatte compare-releases --json`, as `schema/releases-1.schema.json` describes it: two spaces of indent and a
 * final newline. The same result and language give the same bytes. Parts that hold no sentences are written as they are.
 */
export function writeReleasesJson(result: ReleasesResult, language: Language): string {
  return `${escapeInvisible(JSON.stringify(releasesJson(result, language), null, 2))}\n`
}

function releasesJson(result: ReleasesResult, language: Language) {
  return {
    schema: RELEASES_SCHEMA_ID,
    tool: { name: result.tool.name, version: result.tool.version },
    options: { failOn: result.failOn, language },
    old: sideJson(result.old),
    new: sideJson(result.new),
    notes: result.notes.map((note) => note[language]),
    worse: result.worse.map(({ id, text }) => ({ id, text: text[language] })),
    update: result.update.map((one) => statementJson(one, language)),
    secrets: result.secrets,
    files: result.files,
    components: result.components,
    services: result.services,
    accounts: result.accounts,
    keys: result.keys,
    findings: result.findings.map(({ change, kind, title, path }) => ({
      change,
      kind,
      title: title[language],
      path,
    })),
    verdicts: result.verdicts,
    chains: result.chains,
    mechanisms: result.mechanisms.map((one) => mechanismJson(one, language)),
  }
}

function mechanismJson(one: MechanismChange, language: Language) {
  const said = (parts: MechanismChange['old']) =>
    parts.map(({ statement, polarity, path }) => ({ statement: statement[language], polarity, path }))
  return {
    client: one.client,
    title: one.title[language],
    part: one.part,
    change: one.change,
    old: said(one.old),
    new: said(one.new),
    weaker: one.weaker,
  }
}

function sideJson({ source, tool, options, product, images, unpacked }: ReleaseSide) {
  return {
    source,
    tool: { version: tool.version, checksDigest: tool.checksDigest },
    options: { profiles: options.profiles, asOf: options.asOf, language: options.language },
    product,
    images,
    unpacked,
  }
}

function statementJson(one: ReleaseStatement, language: Language) {
  return {
    question: one.question,
    subject: one.subject,
    answer: one.answer,
    text: one.text[language],
    basis: one.basis[language],
    old: one.old,
    new: one.new,
    places: one.places,
  }
}
