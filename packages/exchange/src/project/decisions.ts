import type { Decision, Waiver } from '@messlatte/model'
import { type Field, readFields } from '../json/fields.ts'

const optional = (field: Field) => (field.exists ? field.string() : undefined)

/** `decisions.json`; `rule` is `baseline` or a profile's id. Throws FileProblems. */
export function readDecisionsFile(name: string, text: string): readonly Decision[] {
  return readFields(name, text, (root) =>
    root.list((one) => {
      const field = one.object([
        'id',
        'provision',
        'case',
        'unit',
        'rule',
        'verdict',
        'by',
        'on',
        'reason',
        'method',
        'attachments',
        'until',
        'evidence',
      ])
      const [testCase, method] = [optional(field.case), optional(field.method)]
      const unit = field.unit.exists
        ? field.unit.matching(/^[a-z]$/, { en: 'a letter such as a', de: 'ein Buchstabe wie a' })
        : undefined
      if (unit !== undefined && testCase === undefined)
        field.unit.problem({
          en: 'needs the case that it is a unit of',
          de: 'braucht den Prüffall, dessen Schritt es ist',
        })
      const attachments = field.attachments.list((item) => {
        const { document, sha256 } = item.object(['document', 'sha256'])
        return {
          document: document.string(),
          sha256: sha256.matching(SHA256, {
            en: 'a SHA-256 in lower-case hex',
            de: 'eine SHA-256 in kleingeschriebenem Hex',
          }),
        }
      })
      return {
        id: field.id.string(),
        provision: field.provision.string(),
        ...(testCase !== undefined && { case: testCase }),
        ...(unit !== undefined && { unit }),
        rule: field.rule.string(),
        verdict: field.verdict.oneOf(['pass', 'fail', 'inconclusive']),
        by: field.by.string(),
        ...days(field),
        reason: field.reason.string(),
        ...(method !== undefined && { method }),
        ...(attachments.length > 0 && { attachments }),
        evidence: field.evidence.list((id) =>
          id.matching(SHA256, { en: 'the id of a piece of evidence', de: 'die ID eines Befundes' }),
        ),
      }
    }),
  )
}

/** `waivers.json`. Throws FileProblems. */
export function readWaiversFile(name: string, text: string): readonly Waiver[] {
  return readFields(name, text, (root) =>
    root.list((one) => {
      const field = one.object(['id', 'provision', 'rule', 'scope', 'by', 'on', 'until', 'reason'])
      const scope = field.scope.object(['model', 'hardware', 'firmware'])
      return {
        id: field.id.string(),
        provision: field.provision.string(),
        rule: field.rule.string(),
        scope: {
          model: optional(scope.model) ?? null,
          hardware: optional(scope.hardware) ?? null,
          firmware: optional(scope.firmware) ?? null,
        },
        by: field.by.string(),
        ...days(field),
        reason: field.reason.string(),
      }
    }),
  )
}

const SHA256 = /^[0-9a-f]{64}$/

function days({ on, until }: Readonly<Record<'on' | 'until', Field>>): {
  readonly on: string
  readonly until: string
} {
  const [first, last] = [on.day(), until.day()]
  if (last < first)
    until.problem({ en: 'lies before the day of the decision', de: 'liegt vor dem Tag der Entscheidung' })
  return { on: first, until: last }
}
