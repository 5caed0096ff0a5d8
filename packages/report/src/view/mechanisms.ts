import type { CheckResult, Language, MechanismPart, UpdateMechanism } from '@messlatte/model'
import { whole } from '../figures.ts'
import { MECHANISM_WORDS } from '../mechanism-words.ts'
import { fill } from '../text.ts'

/** Ways of updating; what belongs to the device as a whole is none by itself. */
export function clientsIn({ mechanisms }: CheckResult): readonly UpdateMechanism[] {
  return mechanisms.filter(({ client }) => client !== 'device')
}

/** That nothing was recognised, with how much of the release could be looked into. */
export function noMechanism({ unpacked }: CheckResult, language: Language): string {
  const { bytes, unknownBytes } = unpacked
  return fill(MECHANISM_WORDS.none, language, {
    seen: whole(bytes - unknownBytes, language),
    all: whole(bytes, language),
  })
}

/** A path within the system that the heading names; whole where it lies elsewhere. */
export function pathWithin(root: string, path: string): string {
  return root !== '' && path.startsWith(`${root}/`) ? path.slice(root.length) : path
}

/** Line where there are lines, else the offset. */
export function positionOf({ line, offset }: MechanismPart, language: Language): string {
  return line === null
    ? fill(MECHANISM_WORDS.offset, language, { offset: whole(offset, language) })
    : fill(MECHANISM_WORDS.line, language, { line })
}
