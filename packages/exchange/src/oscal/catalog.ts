import { type CatalogueRule, casesOf, digestOf, type ProfileRule } from '@messlatte/conformity'
import type { Condition, Language, Provision, Requirement } from '@messlatte/model'
import { uuidOf } from '../result/uuid.ts'
import { metadata, prop, resourceId, resources, token } from './common.ts'

/**
 * An edition of the standard as an OSCAL catalog: a group for each clause, a control for each provision in our own words, an
 * assessment objective for each test case of TS 103 701.
 */
export function writeOscalCatalog(rule: CatalogueRule, language: Language): string {
  const { edition, version, title, provisions, sources } = rule
  const seed = `${digestOf(rule)} catalog ${language}`
  const clauses = [...new Set(provisions.map(({ id }) => clauseOf(id)))]
  return catalogText({
    uuid: uuidOf(seed),
    metadata: metadata(title[language], version, sources),
    groups: clauses.map((clause) => ({
      id: `clause-${clause}`,
      class: 'clause',
      title: clause,
      controls: provisions
        .filter(({ id }) => clauseOf(id) === clause)
        .map((provision) => provisionControl(provision, edition, seed, language)),
    })),
    'back-matter': resources(seed, sources, language),
  })
}

/** What a rule asks in its own numbering as an OSCAL catalog; undefined for a rule that has none. */
export function writeOscalRequirements(rule: ProfileRule, language: Language): string | undefined {
  const { version, title, requirements, sources } = rule
  if (requirements.length === 0) return undefined
  const seed = `${digestOf(rule)} requirements ${language}`
  const places = [...new Set(requirements.map(({ where }) => where))]
  return catalogText({
    uuid: uuidOf(seed),
    metadata: metadata(title[language], version, sources),
    groups: places.map((where, at) => ({
      id: `part-${at + 1}`,
      class: 'part',
      title: where,
      controls: requirements
        .filter((one) => one.where === where)
        .map((one) => requirementControl(one, seed, language)),
    })),
    'back-matter': resources(seed, sources, language),
  })
}

function catalogText(catalog: object): string {
  return `${JSON.stringify({ catalog }, null, 2)}\n`
}

function clauseOf(id: string): string {
  return id.slice(0, id.lastIndexOf('-'))
}

function provisionControl(
  { id, status, title, condition, source }: Provision,
  edition: CatalogueRule['edition'],
  seed: string,
  language: Language,
) {
  return {
    id: token(id),
    class: 'provision',
    title: title[language],
    props: [
      { name: 'label', value: id },
      prop('status', status),
      ...(condition ? [prop('condition', conditionText(condition))] : []),
    ],
    links: [{ href: `#${resourceId(seed, source)}`, rel: 'reference' }],
    parts: [
      statement(id, title[language]),
      ...casesOf(edition, id).map((test) => ({
        id: `${token(id)}_case-${test.id}`,
        name: 'assessment-objective',
        props: [
          { name: 'label', value: test.id },
          prop('case-kind', test.kind),
          ...(test.units === null ? [] : [prop('test-units', String(test.units))]),
          ...test.ixit.map((table) => prop('ixit-table', table)),
        ],
        prose: test.purpose[language],
      })),
    ],
  }
}

function requirementControl(
  { id, title, condition, note, source, sourceStatus, lines }: Requirement,
  seed: string,
  language: Language,
) {
  return {
    id: token(id),
    class: 'requirement',
    title: title[language],
    props: [
      { name: 'label', value: id },
      prop('source-status', sourceStatus),
      ...(condition ? [prop('condition', conditionText(condition))] : []),
      ...lines.map(({ provision, relation, author, confidence }) => ({
        ...prop('mapped-provision', provision),
        class: relation,
        remarks: `${author}, ${confidence}`,
      })),
    ],
    links: [{ href: `#${resourceId(seed, source)}`, rel: 'reference' }],
    parts: [
      statement(id, title[language]),
      ...(note ? [{ id: `${token(id)}_note`, name: 'guidance', prose: note[language] }] : []),
    ],
  }
}

function statement(id: string, prose: string) {
  return { id: `${token(id)}_smt`, name: 'statement', prose }
}

/** `a and (b or not c)`, of trait ids. */
function conditionText(condition: Condition): string {
  if ('trait' in condition) return condition.trait
  if ('not' in condition) return `not ${nested(condition.not)}`
  return 'all' in condition ? condition.all.map(nested).join(' and ') : condition.any.map(nested).join(' or ')
}

function nested(condition: Condition): string {
  return 'all' in condition || 'any' in condition ? `(${conditionText(condition)})` : conditionText(condition)
}
