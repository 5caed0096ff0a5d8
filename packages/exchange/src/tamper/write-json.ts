import type { TamperSet } from '@messlatte/model'

export const TAMPER_SCHEMA_ID = 'urn:messlatte:tamper:1'

/** A set of forged updates as one object; `schema/tamper-1.schema.json` says what it holds. Texts are in both languages. */
export function writeTamperJson(set: TamperSet): string {
  return `${JSON.stringify({ schema: TAMPER_SCHEMA_ID, ...set }, null, 2)}\n`
}
