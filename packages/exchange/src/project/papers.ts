import { isPlaceholder } from '@messlatte/conformity'
import type { EnclosedFor, Papers } from '@messlatte/model'
import { type Field, readFields } from '../json/fields.ts'

const ENCLOSED = [
  'photographs',
  'design',
  'vulnerability-handling',
  'production',
  'risk-assessment',
  'support-period',
  'test-reports',
  'declaration',
] as const satisfies readonly EnclosedFor[]

/** Fields that are texts, by their group, in the order in which the file has them. */
const GROUPS = {
  maker: ['address', 'website', 'email', 'representative'],
  product: [
    'type',
    'identification',
    'purpose',
    'environment',
    'functions',
    'properties',
    'risks',
    'accessories',
  ],
  vulnerabilities: ['contact', 'policy', 'times', 'distribution', 'components'],
  signatory: ['name', 'role', 'place'],
} as const

const DECLARED = ['address', 'instructions', 'procedure', 'notifiedBody', 'certificate'] as const

/**
 * `papers.json`: what declarations and technical files say and no firmware shows. What is null, empty or a placeholder was
 * not stated. `documents` are the ids of `documents.json`. Throws FileProblems.
 */
export function readPapersFile(name: string, text: string, documents: readonly string[]): Papers {
  return readFields(name, text, (root) => {
    const field = root.object([
      'maker',
      'product',
      'support',
      'vulnerabilities',
      'declaration',
      'signatory',
      'enclosed',
    ])
    const support = field.support.object(['kind', 'until', 'reasons'])
    const declaration = field.declaration.object([...DECLARED, 'standards', 'otherActs'])
    const enclosed = field.enclosed.object(ENCLOSED)
    return {
      maker: texts(field.maker, GROUPS.maker),
      product: texts(field.product, GROUPS.product),
      support: {
        kind: stated(support.kind),
        until: support.until.exists ? support.until.day() : null,
        reasons: stated(support.reasons),
      },
      vulnerabilities: texts(field.vulnerabilities, GROUPS.vulnerabilities),
      declaration: {
        address: stated(declaration.address),
        instructions: stated(declaration.instructions),
        procedure: stated(declaration.procedure),
        notifiedBody: stated(declaration.notifiedBody),
        certificate: stated(declaration.certificate),
        standards: declaration.standards.list((one) => {
          const standard = one.object(['title', 'extent', 'citedIn', 'about'])
          return {
            title: standard.title.string(),
            extent: standard.extent.oneOf(['whole', 'part']),
            citedIn: stated(standard.citedIn),
            about: stated(standard.about),
          }
        }),
        otherActs: declaration.otherActs.list((one) => one.string()),
      },
      signatory: texts(field.signatory, GROUPS.signatory),
      enclosed: Object.fromEntries(
        ENCLOSED.map((use) => [use, enclosed[use].list((one) => knownDocument(one, documents))]),
      ) as Readonly<Record<EnclosedFor, readonly string[]>>,
    }
  })
}

function texts<Name extends string>(
  field: Field,
  names: readonly Name[],
): Readonly<Record<Name, string | null>> {
  const fields = field.object(names)
  return Object.fromEntries(names.map((name) => [name, stated(fields[name])])) as Record<Name, string | null>
}

function stated(field: Field): string | null {
  if (!field.exists) return null
  const value = field.plain().trim()
  return value === '' || isPlaceholder(value) ? null : value
}

function knownDocument(field: Field, documents: readonly string[]): string {
  const id = field.string()
  if (!documents.includes(id))
    field.problem({ en: 'is no id of documents.json', de: 'ist keine ID aus documents.json' })
  return id
}

function blank(names: readonly string[]): Readonly<Record<string, null>> {
  return Object.fromEntries(names.map((name) => [name, null]))
}

/** The file of a new project folder: everything is asked, nothing is answered. */
export const NEW_PAPERS = {
  maker: blank(GROUPS.maker),
  product: blank(GROUPS.product),
  support: blank(['kind', 'until', 'reasons']),
  vulnerabilities: blank(GROUPS.vulnerabilities),
  declaration: { ...blank(DECLARED), standards: [], otherActs: [] },
  signatory: blank(GROUPS.signatory),
  enclosed: Object.fromEntries(ENCLOSED.map((use) => [use, []])),
}
