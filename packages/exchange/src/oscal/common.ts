import type { Language, Source } from '@messlatte/model'
import { uuidOf } from '../result/uuid.ts'

/** The version of NIST's models that is written. */
export const OSCAL = '1.2.1'

/** Of our own properties and parts: OSCAL's own names are a closed list. */
export const OURS = 'urn:messlatte:oscal'

/** A token of OSCAL begins with a letter and holds letters, digits, dots, dashes and underscores. */
export function token(id: string): string {
  return `p-${id.replace(/[^\p{L}\p{N}.\-_]+/gu, '_')}`
}

export function prop(name: string, value: string) {
  return { name, ns: OURS, value }
}

/** Its time is the day on which somebody last looked at one of the sources: the same rule gives the same bytes. */
export function metadata(title: string, version: string, sources: readonly Source[]) {
  const looked = sources.map(({ checked }) => checked).sort()
  return {
    title,
    'last-modified': `${looked.at(-1) ?? '1970-01-01'}T00:00:00Z`,
    version,
    'oscal-version': OSCAL,
  }
}

/** UUID of a source as a resource of one document. */
export function resourceId(document: string, source: string): string {
  return uuidOf(`${document} source ${source}`)
}

/** Sources with their status, so that a reader sees what is law, what a standard, and what was reported or concluded. */
export function resources(document: string, sources: readonly Source[], language: Language) {
  return {
    resources: sources.map(({ id, title, status, appliesFrom, checked, note }) => ({
      uuid: resourceId(document, id),
      title,
      description: note[language],
      props: [
        prop('source-status', status),
        ...(appliesFrom === undefined ? [] : [prop('applies-from', appliesFrom)]),
        prop('last-looked-at', checked),
      ],
    })),
  }
}
