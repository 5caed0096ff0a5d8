import type { Edition, MappingLine, Requirement, Source } from '@messlatte/model'
import { EN303645_V3 } from '../catalogues/en303645-v3/index.ts'
import type { ProfileRule } from '../rules.ts'

/** Profiles over the edition of 2020, and over V3.1.3: the lines go to what the provisions of 2020 became. */
export function overBothEditions(profile: ProfileRule): readonly ProfileRule[] {
  return [profile, { ...profile, edition: 'en303645-v3.1.3', requirements: profile.requirements.map(inV3) }]
}

function inV3(requirement: Requirement): Requirement {
  return { ...requirement, lines: requirement.lines.flatMap(successors) }
}

/** How far evidence still tells of a successor, the edition's own table says; a new provision is nobody's successor. */
function successors(line: MappingLine): readonly MappingLine[] {
  const edition: Edition = 'en303645-2020'
  return (EN303645_V3.origins ?? [])
    .filter((origin) => origin.edition === edition && origin.from === line.provision)
    .map(({ id }) => ({ ...line, provision: id }))
}

export type LineWriter = (
  relation: MappingLine['relation'],
  confidence: MappingLine['confidence'],
  ...provisions: readonly string[]
) => readonly MappingLine[]

/** Writes lines of one author that rest on one source. */
export function linesBy(author: string, source: Source['id']): LineWriter {
  return (relation, confidence, ...provisions) =>
    provisions.map((provision) => ({ provision, relation, author, confidence, source }))
}
